#include "json/field_reader.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "read_field.h"

namespace cloud_billing::field_reader_test {
namespace {

constexpr FieldReader kSlash("/");
constexpr FieldReader kDash("-");

std::string amount_of(std::string_view json_value, const FieldReader& reader = kSlash) {
  return read_field<OptionalAmount>(
      json_value, [&](JsonValue& value, auto& amount) { return reader.read_amount(value, amount); },
      [](const OptionalAmount& amount) { return amount ? amount->to_decimal() : "no value"; });
}

std::string count_of(std::string_view json_value, const FieldReader& reader = kSlash) {
  return read_field<std::optional<std::int64_t>>(
      json_value, [&](JsonValue& value, auto& count) { return reader.read_count(value, count); },
      [](const auto& count) { return count ? std::to_string(*count) : std::string("no value"); });
}

std::string text_of(std::string_view json_value, const FieldReader& reader = kSlash) {
  return read_field<std::string_view>(
      json_value, [&](JsonValue& value, auto& text) { return reader.read_text(value, text); },
      [](std::string_view text) { return "'" + std::string(text) + "'"; });
}

TEST(FieldReader, KnowsItsOwnMarkOfNoValueAndNoOther) {
  EXPECT_EQ(amount_of("\"/\"", kSlash), "no value");
  EXPECT_EQ(amount_of("\"-\"", kSlash), "not a decimal number");
  EXPECT_EQ(amount_of("\"-\"", kDash), "no value");
  EXPECT_EQ(amount_of("\"/\"", kDash), "not a decimal number");
  EXPECT_EQ(count_of("\"-\"", kDash), "no value");
  EXPECT_EQ(count_of("\"/\"", kDash), "not a count");
  EXPECT_EQ(text_of("\"-\"", kDash), "''");
  EXPECT_EQ(text_of("\"/\"", kDash), "'/'");
  EXPECT_EQ(text_of("\"/\"", kSlash), "''");
  EXPECT_EQ(text_of("\"//\"", kSlash), "'//'");
}

TEST(FieldReader, OfAMarkStillReadsNumbersThatBeginWithIt) {
  EXPECT_EQ(amount_of("\"-1.50\"", kDash), "-1.5");
  EXPECT_EQ(amount_of("-1.50", kDash), "-1.5");
  EXPECT_EQ(count_of("\"-1\"", kDash), "-1");
}

TEST(FieldReader, KeepsNothingOfAValueThatWasThere) {
  OptionalAmount amount = Amount{};
  std::string body = R"({"x": "/"})";
  auto document = open_json(body);
  ASSERT_TRUE(document);
  JsonValue value;
  ASSERT_EQ(document->find_field("x").get(value), simdjson::SUCCESS);
  EXPECT_EQ(kSlash.read_amount(value, amount), "");
  EXPECT_EQ(amount, std::nullopt);
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

}  // namespace
}  // namespace cloud_billing::field_reader_test
