#include "json/field_finder.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace cloud_billing {
namespace {

TEST(FieldTable, FindsEveryNameAndNoOther) {
  constexpr std::array<std::string_view, 5> kNames{"cash", "debt", "tag", "region", "regions"};
  constexpr FieldTable kTable(kNames);
  for (std::size_t i = 0; i < kNames.size(); ++i) EXPECT_EQ(kTable.find(kNames[i]), i);
  for (const std::string_view other : {"", "cas", "hsac", "cashs", "Tag", "regionz"}) {
    EXPECT_EQ(kTable.find(other), kNames.size()) << other;
  }
}

constexpr std::array<std::string_view, 4> kPriceNames{"price", "priceAfterDiscount", "a",
                                                      "aNameThatIsLongerThanThirtyTwoBytes"};

// What stands in an array's objects, found with one finder: "price=1 a=2|price=3".
std::string found_in(std::string body) {
  constexpr FieldTable kTable(kPriceNames);
  FieldFinder finder(kTable);
  std::string found;
  auto document = open_json(body);
  if (!document) return std::string(document.error());
  JsonArray rows;
  if (document->find_field("rows").get_array().get(rows) != simdjson::SUCCESS) return "no rows";
  for (auto row : rows) {
    if (!found.empty()) found += '|';
    finder.start_object();
    JsonObject object;
    if (row.get_object().get(object) != simdjson::SUCCESS) return "no object";
    for (auto element : object) {
      JsonField& field = element.value_unsafe();
      const std::size_t index = finder.find(field);
      if (index == decltype(finder)::kIllFormed) return "ill-formed";
      if (index == decltype(finder)::kNotInTable) continue;
      std::string_view text;
      if (!read_text(field.value(), text).empty()) return "no text";
      found += " " + std::string(kPriceNames[index]) + "=" + std::string(text);
    }
  }
  return found;
}

TEST(FieldFinder, FindsFieldsWhereObjectsAreWrittenAlike) {
  EXPECT_EQ(found_in(R"({"rows":[{"price":1,"b":2,"a":3},{"price":4,"b":5,"a":6}]})"),
            " price=1 a=3| price=4 a=6");
}

TEST(FieldFinder, FindsFieldsInAnyOrderAndWhereSomeLackOrAreNew) {
  EXPECT_EQ(found_in(R"({"rows":[{"price":1,"b":2,"a":3},{"a":4,"price":5},{"b":6},
                                 {"c":7,"a":8,"d":9,"price":10},{"price":11,"a":12},{}]})"),
            " price=1 a=3| a=4 price=5|| a=8 price=10| price=11 a=12|");
}

TEST(FieldFinder, TellsNamesThatBeginAlikeApart) {
  EXPECT_EQ(found_in(R"({"rows":[{"price":1,"priceAfterDiscount":2},
                                 {"priceAfterDiscount":3,"price":4,"pric":5,"prices":6},
                                 {"prices":7,"pric":8,"price":9,"priceAfterDiscounts":10}]})"),
            " price=1 priceAfterDiscount=2| priceAfterDiscount=3 price=4| price=9");
}

TEST(FieldFinder, FindsLongNamesAndNamesWithEscapes) {
  EXPECT_EQ(found_in(R"({"rows":[{"aNameThatIsLongerThanThirtyTwoBytes":1,"pri\u0063e":2},
                                 {"aNameThatIsLongerThanThirtyTwoBytes":3,"pri\u0063e":4},
                                 {"aNameThatIsLongerThanThirtyTwoBytes2":5,"price\u0063":6}]})"),
            " aNameThatIsLongerThanThirtyTwoBytes=1 price=2|"
            " aNameThatIsLongerThanThirtyTwoBytes=3 price=4|");
}

TEST(FieldFinder, FindsFieldsBeyondThoseItCanRemember) {
  std::string body = R"({"rows":[)";
  for (int row = 0; row < 3; ++row) {
    body += row == 0 ? "{" : ",{";
    for (int i = 0; i < 300; ++i) body += "\"field" + std::to_string(i) + "\":0,";
    body += R"("price":7})";
  }
  EXPECT_EQ(found_in(body + "]}"), " price=7| price=7| price=7");
}

}  // namespace
}  // namespace cloud_billing
