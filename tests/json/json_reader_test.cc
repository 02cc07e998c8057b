#include "json/json_reader.h"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace cloud_billing {
namespace {

// Reads the field "x" of a document with `read`, and gives the problem, or what was read as text.
template <typename T, typename Write>
std::string read_x(std::string_view json_value, JsonProblem (*read)(JsonValue&, T&), Write write) {
  std::string body = "{\"a\": [1, {\"x\": 2}], \"x\": " + std::string(json_value) + ", \"z\": 3}";
  auto document = open_json(body);
  if (!document) return std::string(document.error());
  JsonValue value;
  if (document->find_field("x").get(value) != simdjson::SUCCESS) return "no field";
  T result{};
  const JsonProblem problem = read(value, result);
  return problem.empty() ? write(result) : std::string(problem);
}

std::string amount_of(std::string_view json_value) {
  return read_x<OptionalAmount>(json_value, read_amount, [](const OptionalAmount& amount) {
    return amount ? amount->to_decimal() : "no value";
  });
}

std::string count_of(std::string_view json_value) {
  return read_x<std::optional<std::int64_t>>(json_value, read_count, [](const auto& count) {
    return count ? std::to_string(*count) : std::string("no value");
  });
}

std::string text_of(std::string_view json_value) {
  return read_x<std::string_view>(json_value, read_text,
                                  [](std::string_view text) { return std::string(text); });
}

TEST(JsonReader, IllFormedUtf8IsReplaced) {
  EXPECT_EQ(text_of("\"\xD6\xD0\""), "\xEF\xBF\xBD\xEF\xBF\xBD");  // GBK
  EXPECT_EQ(text_of("\"cut \xE4\xB8\""), "cut \xEF\xBF\xBD");
}

TEST(JsonAmount, IsReadFromItsDigitsNotThroughADouble) {
  EXPECT_EQ(amount_of("119.68"), "119.68");
  EXPECT_EQ(amount_of("0"), "0");
  EXPECT_EQ(amount_of("-3.50"), "-3.5");
  EXPECT_EQ(amount_of("1E-4"), "0.0001");
  EXPECT_EQ(amount_of("0E-8"), "0");
  EXPECT_EQ(amount_of("123456789012345678.123456789012345678"),
            "123456789012345678.123456789012345678");
  EXPECT_EQ(amount_of("\"850.0000\""), "850");
  EXPECT_EQ(amount_of("1.5 \r\n\t "), "1.5");
}

TEST(JsonAmount, IsAbsentWhereThePlaceholderStands) {
  EXPECT_EQ(amount_of("\"/\""), "no value");
  EXPECT_EQ(amount_of("\"\""), "no value");
  EXPECT_EQ(amount_of("null"), "no value");
}

TEST(JsonAmount, IsRefusedInAnyOtherForm) {
  EXPECT_EQ(amount_of("\"12,50\""), "not a decimal number");
  EXPECT_EQ(amount_of("\"--\""), "not a decimal number");
  EXPECT_EQ(amount_of("\" 1\""), "not a decimal number");
  EXPECT_EQ(amount_of("true"), "not an amount");
  EXPECT_EQ(amount_of("{}"), "not an amount");
  EXPECT_EQ(amount_of("[1]"), "not an amount");
  EXPECT_EQ(amount_of("1e30"), "too large");
  EXPECT_EQ(amount_of("nulL"), "not an amount");
  EXPECT_EQ(amount_of("1.2.3"), "not a decimal number");
}

TEST(JsonCount, IsAnIntegerOrItsText) {
  EXPECT_EQ(count_of("12"), "12");
  EXPECT_EQ(count_of("\"12\""), "12");
  EXPECT_EQ(count_of("-1"), "-1");
  EXPECT_EQ(count_of("null"), "no value");
  EXPECT_EQ(count_of("\"/\""), "no value");
  EXPECT_EQ(count_of("1.5"), "not a count");
  EXPECT_EQ(count_of("1e3"), "not a count");
  EXPECT_EQ(count_of("99999999999999999999"), "not a count");
  EXPECT_EQ(count_of("\"many\""), "not a count");
}

TEST(JsonText, KeepsNumbersAndBooleansAsWritten) {
  EXPECT_EQ(text_of("\"SCS\""), "SCS");
  EXPECT_EQ(text_of("\"\\u6d4b\\n\\\"\""), "测\n\"");
  EXPECT_EQ(text_of("null"), "");
  EXPECT_EQ(text_of("30749"), "30749");
  EXPECT_EQ(text_of("0E-8"), "0E-8");
  EXPECT_EQ(text_of("true"), "true");
  EXPECT_EQ(text_of("{}"), "not a text");
  EXPECT_EQ(text_of("[]"), "not a text");
}

TEST(JsonText, WithANulOrHalfASurrogatePairIsRefused) {
  EXPECT_EQ(text_of("\"a\\u0000b\""), "a text that cannot be read");
  EXPECT_EQ(text_of("\"\\ud800\""), "a text that cannot be read");
}

TEST(JsonDocument, WhoseRootIsNoObjectIsRefused) {
  for (const std::string_view text :
       {"", " ", "[]", "1", "\"a\"", "null", "<html>", "{\"a\": \""}) {
    std::string body(text);
    EXPECT_FALSE(open_json(body)) << text;
  }
  std::string body = "{}";
  EXPECT_TRUE(open_json(body));
}

TEST(JsonDocument, IsReadFromABodyWithoutSpareCapacity) {
  for (std::size_t size = 0; size < 200; ++size) {
    std::string body = "{\"x\": \"" + std::string(size, 'y') + "\"}";
    body.shrink_to_fit();
    auto document = open_json(body);
    ASSERT_TRUE(document);
    std::string_view text;
    ASSERT_EQ(document->find_field("x").get_string().get(text), simdjson::SUCCESS);
    ASSERT_EQ(text.size(), size);
  }
}

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
