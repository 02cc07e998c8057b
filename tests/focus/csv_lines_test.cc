#include "focus/csv_lines.h"

#include <gtest/gtest.h>

#include <string>

namespace cloud_billing {
namespace {

std::string text_field(std::string_view text) {
  CsvLines lines;
  lines.add_text(text);
  lines.end_line();
  return std::string(lines.text());
}

std::string decimal_field(std::string_view text) {
  CsvLines lines;
  lines.add_decimal(*Amount::parse(text));
  lines.end_line();
  return std::string(lines.text());
}

TEST(CsvLines, QuoteWhatRfc4180WantsQuotedAndNothingElse) {
  EXPECT_EQ(text_field("plain"), "plain\r\n");
  EXPECT_EQ(text_field("a,b"), "\"a,b\"\r\n");
  EXPECT_EQ(text_field("a\nb"), "\"a\nb\"\r\n");
  EXPECT_EQ(text_field("a\rb"), "\"a\rb\"\r\n");
  EXPECT_EQ(text_field("say \"yes\""), "\"say \"\"yes\"\"\"\r\n");
  EXPECT_EQ(text_field("\""), "\"\"\"\"\r\n");
  EXPECT_EQ(text_field("华北2（北京）"), "华北2（北京）\r\n");
}

TEST(CsvLines, QuoteATextThatIsPutTogetherLikeAnyOther) {
  CsvLines lines;
  lines.add_text("before, it");
  lines.add_joined({"a ", "\"b\""});
  lines.add_joined({"pl", "", "ain"});
  lines.add_joined({});
  lines.add_doubled_by([](std::string& text) { text += R"(a ""b"")"; });
  lines.end_line();
  EXPECT_EQ(lines.text(), "\"before, it\",\"a \"\"b\"\"\",plain,,\"a \"\"b\"\"\"\r\n");
}

TEST(CsvLines, HoldLongTextsAndManyLines) {
  CsvLines lines;
  std::string expected;
  for (const std::size_t length : {1U, 7U, 8U, 9U, 100U, 100000U, 3U}) {
    const std::string text(length, 'a');
    const std::string quotes(length, '"');
    lines.add_text(text);
    lines.add_text(quotes);
    lines.end_line();
    expected += text + ",\"" + quotes + quotes + "\"\r\n";
  }
  EXPECT_EQ(lines.text(), expected);
  lines.clear();
  lines.add_word("again");
  lines.end_line();
  EXPECT_EQ(lines.text(), "again\r\n");
}

TEST(CsvLines, LeaveWhatASpreadsheetTakesForAFormulaAsItIs) {
  for (const std::string text : {"=1+1", "+a", "-a", "@a"})
    EXPECT_EQ(text_field(text), text + "\r\n");
}

TEST(CsvLines, WriteNoValueAsAnEmptyField) {
  CsvLines lines;
  lines.add_none();
  lines.add_text("");
  lines.add_text("a");
  lines.add_none();
  lines.end_line();
  lines.add_text("b");
  lines.end_line();
  EXPECT_EQ(lines.text(), ",,a,\r\nb\r\n");
}

TEST(CsvLines, WriteDecimalsExactlyAndAlwaysWithAPoint) {
  EXPECT_EQ(decimal_field("0"), "0.00\r\n");
  EXPECT_EQ(decimal_field("-5.25"), "-5.25\r\n");
  EXPECT_EQ(decimal_field("12"), "12.00\r\n");
  EXPECT_EQ(decimal_field("12.5"), "12.50\r\n");
  EXPECT_EQ(decimal_field("0.12345678"), "0.12345678\r\n");
  EXPECT_EQ(decimal_field("1e-18"), "0.000000000000000001\r\n");
}

TEST(CsvLines, WriteTimesAsFocusWantsThem) {
  for (const char* text : {"2026-09-30T16:00:00Z", "2024-02-29T23:59:59Z", "0001-01-01T00:00:00Z",
                           "9999-12-31T10:20:30Z"}) {
    CsvLines lines;
    lines.add_time(*parse_utc(text));
    lines.end_line();
    EXPECT_EQ(lines.text(), std::string(text) + "\r\n");
  }
}

}  // namespace
}  // namespace cloud_billing
