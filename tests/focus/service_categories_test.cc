#include "focus/service_categories.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

namespace cloud_billing {
namespace {

using testing::HasSubstr;

constexpr std::array<std::string_view, 2> kProviders{"one", "two"};

std::string category(const ServiceCategories& categories, std::string_view provider,
                     std::string_view service) {
  const ServiceCategory& found = categories.of(provider, service);
  return found.category + "/" + found.subcategory;
}

ServiceCategories known() {
  ServiceCategories categories;
  categories.add("one", "EIP", {"Networking", "Network Connectivity"});
  return categories;
}

// The messages, a line each.
std::string errors_of(std::string_view text) {
  auto categories = known();
  const auto done = categories.extend(text, "services.csv", kProviders);
  return done ? "" : join_lines(done.error());
}

TEST(ServiceCategories, KnowAServiceByItsExactCodeAndProvider) {
  EXPECT_EQ(category(known(), "one", "EIP"), "Networking/Network Connectivity");
  EXPECT_EQ(category(known(), "one", "eip"), "Other/Other (Other)");
  EXPECT_EQ(category(known(), "two", "EIP"), "Other/Other (Other)");
  EXPECT_EQ(category(known(), "one", ""), "Other/Other (Other)");
}

TEST(ServiceCategories, AreExtendedByAUsersFileWhichWins) {
  auto categories = known();
  ASSERT_TRUE(
      categories.extend("\xEF\xBB\xBF# our own\r\n"
                        "one,EIP,Security\r\n"
                        "\n"
                        " two , my service , Compute , Containers \n"
                        "two,phone,Mobile\n"
                        "two,git,Developer Tools,Source Code Management",
                        "services.csv", kProviders));
  EXPECT_EQ(category(categories, "one", "EIP"), "Security/Other (Security)");
  EXPECT_EQ(category(categories, "two", "my service"), "Compute/Containers");
  EXPECT_EQ(category(categories, "two", "phone"), "Mobile/Other (Mobile)");
  EXPECT_EQ(category(categories, "two", "git"), "Developer Tools/Source Code Management");
}

TEST(ServiceCategories, NameEachMistakeWithItsLine) {
  EXPECT_THAT(errors_of("one,a"), HasSubstr("services.csv:1: write provider,service,category"));
  EXPECT_THAT(errors_of("one,,Compute"), HasSubstr("services.csv:1: the service is empty"));
  EXPECT_THAT(errors_of("\nthree,a,Compute"),
              HasSubstr("services.csv:2: \"three\" is no provider"));
  EXPECT_THAT(errors_of("one,a,Computee"),
              HasSubstr("is no ServiceCategory, did you mean \"Compute\"?"));
  EXPECT_THAT(errors_of("one,a,Compute,Container"),
              HasSubstr("is no subcategory of Compute, did you mean \"Containers\"?"));
  EXPECT_THAT(errors_of("one,a,Mobile,Phones"), HasSubstr("is no subcategory of Mobile"));
  EXPECT_THAT(errors_of("one,a,Web\none,a,Web"),
              HasSubstr("services.csv:2: this service stands above already"));
}

// As spreadsheet programs save it in China.
TEST(ServiceCategories, SayThatALineIsNotUtf8AndQuoteNothingOfIt) {
  EXPECT_EQ(errors_of("one,\xB7\xFE\xCE\xF1,Compute\n\xB7\xFE,BCC,Compute\n# \xB7\xFE\n"),
            "services.csv:1: this is not UTF-8; save the file as UTF-8\n"
            "services.csv:2: this is not UTF-8; save the file as UTF-8");
}

TEST(ServiceCategories, TakeNothingOfAFileWithAMistake) {
  auto categories = known();
  EXPECT_FALSE(categories.extend("one,EIP,Security\none,b,Nothing", "services.csv", kProviders));
  EXPECT_EQ(category(categories, "one", "EIP"), "Networking/Network Connectivity");
}

TEST(ServiceCategories, AreNineteen) { EXPECT_EQ(focus_service_categories().size(), 19U); }

}  // namespace
}  // namespace cloud_billing
