#include "volcengine/packages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/volcengine/list_cloud.h"
#include "volcengine/operations.h"
#include "volcengine/provider.h"

namespace cloud_billing::volcengine::packages_test {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr UtcSeconds kToday{std::chrono::seconds(1795406400)};  // 2026-11-23T04:00:00Z

json package(int number, const json& more = {}) {
  json package{{"InstanceNo", "package-" + std::to_string(number)},
               {"Status", "Effective"},
               {"Product", "TOS"},
               {"Unit", "GB"},
               {"TotalAmount", "100.0000"},
               {"AvailableAmount", "25.0000"},
               {"ExpiryTime", "2026-12-31T15:59:59Z"}};
  if (!more.is_null()) package.update(more);
  return package;
}

// Three lists, by ResourceType; a token is the number of the next package.
struct PackageCloud {
  std::map<std::string, std::vector<json>> packages;
  std::vector<json> asked;

  std::string response(const ApiRequest& request) {
    EXPECT_EQ(request.operation, &kListResourcePackages);
    const json body = json::parse(request.body);
    asked.push_back(body);
    const std::vector<json>& all = packages[body.at("ResourceType")];
    const std::size_t begin = std::stoul(body.value("NextToken", "0"));
    const std::size_t size = std::stoul(body.at("MaxResults").get<std::string>());
    const std::size_t end = std::min(all.size(), begin + size);
    json list = json::array();
    for (std::size_t i = begin; i < end; ++i) list.push_back(all[i]);
    json page{{"List", list}};
    if (end < all.size()) page["NextToken"] = std::to_string(end);
    return respond_with(page);
  }
};

// "service unit: ratio", and "service: end"; or the failure.
struct ToldPackages {
  std::size_t count = 0;
  std::vector<std::string> ratios;
  std::vector<std::string> ends;
  std::string failure;
};

ToldPackages tell_packages(const std::function<std::string(const ApiRequest&)>& respond) {
  const AccountConfig account;
  const auto talk = provider().ask_packages(account, kToday);
  ToldPackages told;
  if (const auto failure = hold<Packages>(*talk, respond)) {
    told.failure = *failure;
    return told;
  }
  const Packages packages = talk->take_result();
  told.count = packages.count;
  for (const auto& [key, sums] : packages.sums) {
    const auto ratio = sums.remaining_ratio();
    told.ratios.push_back(key.service_type + " " + key.unit + ": " +
                          (ratio ? std::to_string(*ratio).substr(0, 5) : "not known"));
  }
  for (const auto& [service, first] : packages.first_expiries) {
    told.ends.push_back(service + ": " + (first.at() ? utc_text(*first.at()) : "not known"));
  }
  return told;
}

ToldPackages tell_packages(PackageCloud& cloud) {
  return tell_packages([&](const ApiRequest& request) { return cloud.response(request); });
}

ToldPackages tell_packages(const json& result) {
  return tell_packages([&](const ApiRequest&) { return respond_with(result); });
}

TEST(VolcenginePackages, AreComparedWithWhatWasBoughtAndNeverAcrossUnits) {
  PackageCloud cloud;
  cloud.packages["Package"] = {
      package(1), package(2, {{"TotalAmount", "300"}, {"AvailableAmount", "15"}}),
      package(3, {{"Unit", "万次"}, {"AvailableAmount", "90"}}),
      package(4, {{"Product", "CDN"}, {"ExpiryTime", "2026-11-30T15:59:59Z"}})};
  cloud.packages["RSC"] = {package(5, {{"Product", "CDN"}, {"AvailableAmount", "75"}})};
  const ToldPackages told = tell_packages(cloud);
  EXPECT_EQ(told.count, 5U);
  EXPECT_THAT(told.ratios, ElementsAre("CDN GB: 0.500", "TOS GB: 0.100", "TOS 万次: 0.900"));
  EXPECT_THAT(told.ends, ElementsAre("CDN: 2026-11-30T15:59:59Z", "TOS: 2026-12-31T15:59:59Z"));
  EXPECT_THAT(
      cloud.asked,
      ElementsAre(json{{"MaxResults", "20"}, {"ResourceType", "Package"}, {"Status", "Effective"}},
                  json{{"MaxResults", "20"}, {"ResourceType", "RI"}, {"Status", "Effective"}},
                  json{{"MaxResults", "20"}, {"ResourceType", "RSC"}, {"Status", "Effective"}}));
}

TEST(VolcenginePackages, OfWhichThereAreNoneTellNothing) {
  for (const json& none : {json::object(), json{{"List", nullptr}}, json{{"List", json::array()}},
                           json{{"List", json::array()}, {"NextToken", nullptr}},
                           json{{"List", json::array()}, {"NextToken", ""}}}) {
    const ToldPackages told = tell_packages(none);
    EXPECT_EQ(told.failure, "") << none;
    EXPECT_THAT(told.ratios, IsEmpty());
    EXPECT_THAT(told.ends, IsEmpty());
  }
}

TEST(VolcenginePackages, CountOnlyWhileTheyAreEffective) {
  PackageCloud cloud;
  cloud.packages["Package"] = {package(1)};
  int number = 10;
  for (const char* const status :
       {"NotEffective", "FailedToCreate", "UsedUp", "Expired", "Refunded"}) {
    cloud.packages["Package"].push_back(package(++number, {{"Status", status}}));
    cloud.packages["Package"].back()["AvailableAmount"] = "100";
  }
  cloud.packages["Package"].push_back(package(20, {{"ExpiryTime", "2026-11-23T04:00:00Z"}}));
  cloud.packages["Package"].back()["AvailableAmount"] = "100";
  const ToldPackages told = tell_packages(cloud);
  EXPECT_EQ(told.count, 1U);
  EXPECT_THAT(told.ratios, ElementsAre("TOS GB: 0.250"));
}

TEST(VolcenginePackages, WithoutAmountsAreNoRatioOfTheirUnit) {
  PackageCloud cloud;
  cloud.packages["Package"] = {
      package(1), package(2, {{"TotalAmount", "-"}, {"AvailableAmount", "-"}}),
      package(3, {{"Unit", "Mbps"}, {"TotalAmount", "0"}}), package(4, {{"Product", "CDN"}})};
  cloud.packages["RI"] = {package(
      5, {{"Product", "ECS"}, {"Unit", ""}, {"TotalAmount", ""}, {"AvailableAmount", nullptr}})};
  const ToldPackages told = tell_packages(cloud);
  EXPECT_THAT(told.ratios, ElementsAre("CDN GB: 0.250", "ECS : not known", "TOS GB: not known",
                                       "TOS Mbps: not known"));
  EXPECT_THAT(told.ends, SizeIs(3)) << "they end all the same";
}

TEST(VolcenginePackages, AreReadPageByPage) {
  for (const int count : {1, 20, 2500}) {
    PackageCloud cloud;
    for (int i = 0; i < count; ++i) cloud.packages["Package"].push_back(package(i));
    for (int i = 0; i < count; ++i) cloud.packages["RI"].push_back(package(10000 + i));
    const ToldPackages told = tell_packages(cloud);
    EXPECT_EQ(told.count, 2U * static_cast<std::size_t>(count));
    EXPECT_THAT(told.ratios, ElementsAre("TOS GB: 0.250"));
    EXPECT_THAT(cloud.asked, SizeIs(1U + 2U * ((static_cast<std::size_t>(count) + 19) / 20)));
  }
}

TEST(VolcenginePackages, WhoseListNeverEndsAreNoRatio) {
  int number = 0;
  const auto same_token = [&](const ApiRequest&) {
    return respond_with({{"List", {package(++number), package(++number)}}, {"NextToken", "more"}});
  };
  EXPECT_THAT(tell_packages(same_token).failure, HasSubstr("they have no end"));
  const json same_page{{"List", {package(1), package(2)}}};
  EXPECT_THAT(tell_packages(same_page).failure, HasSubstr("repeats rows of another page"))
      << "one list for every type";
}

TEST(VolcenginePackages, WithoutATimeThatCanBeReadTellNoFirstOneOfTheirService) {
  PackageCloud cloud;
  cloud.packages["Package"] = {package(1), package(2, {{"ExpiryTime", "2026-12-31 23:59:59"}}),
                               package(3, {{"Product", "CDN"}})};
  const ToldPackages told = tell_packages(cloud);
  EXPECT_THAT(told.ends, ElementsAre("CDN: 2026-12-31T15:59:59Z", "TOS: not known"));
  EXPECT_THAT(told.ratios, ElementsAre("CDN GB: 0.250", "TOS GB: 0.250"));
}

TEST(VolcenginePackages, ThatCannotBeReadAreNoRatio) {
  const std::map<std::string, json> spoiled{
      {"TotalAmount: ", {{"TotalAmount", "abc"}}},
      {"AvailableAmount: ", {{"AvailableAmount", "1/4"}}},
      {"Status: not a status", {{"Status", "Something"}}},
      {"no Product", {{"Product", nullptr}}},
      {"no id", {{"InstanceNo", nullptr}}},
  };
  for (const auto& [problem, more] : spoiled) {
    PackageCloud cloud;
    cloud.packages["RSC"] = {package(1), package(2, more)};
    const ToldPackages told = tell_packages(cloud);
    EXPECT_THAT(told.failure, HasSubstr("decode: ")) << problem;
    EXPECT_THAT(told.failure, HasSubstr(problem));
  }
  EXPECT_THAT(tell_packages(json{{"NextToken", "more"}}).failure, HasSubstr("no List"));
}

}  // namespace
}  // namespace cloud_billing::volcengine::packages_test
