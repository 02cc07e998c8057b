#include "focus/csv_line.h"

#include <gtest/gtest.h>

#include <string>

namespace cloud_billing {
namespace {

std::string text_field(std::string_view text) {
  std::string out;
  CsvLine(out).add_text(text);
  return out;
}

std::string decimal_field(std::string_view text) {
  std::string out;
  CsvLine(out).add_decimal(*Amount::parse(text));
  return out;
}

TEST(CsvLine, QuotesWhatRfc4180WantsQuotedAndNothingElse) {
  EXPECT_EQ(text_field("plain"), "plain");
  EXPECT_EQ(text_field("a,b"), "\"a,b\"");
  EXPECT_EQ(text_field("a\nb"), "\"a\nb\"");
  EXPECT_EQ(text_field("a\rb"), "\"a\rb\"");
  EXPECT_EQ(text_field("say \"yes\""), "\"say \"\"yes\"\"\"");
  EXPECT_EQ(text_field("\""), "\"\"\"\"");
  EXPECT_EQ(text_field("华北2（北京）"), "华北2（北京）");
}

TEST(CsvLine, QuotesATextThatIsPutTogetherLikeAnyOther) {
  std::string out;
  CsvLine line(out);
  line.add_text("before, it");
  line.add_text_by([](std::string& text) { text += "a \"b\""; });
  line.add_text_by([](std::string& text) { text += "plain"; });
  line.add_text_by([](std::string& /*text*/) {});
  line.add_quoted_by([](std::string& text) { text += R"(a ""b"")"; });
  line.end_line();
  EXPECT_EQ(out, "\"before, it\",\"a \"\"b\"\"\",plain,,\"a \"\"b\"\"\"\r\n");
}

TEST(CsvLine, LeavesWhatASpreadsheetTakesForAFormulaAsItIs) {
  for (const std::string text : {"=1+1", "+a", "-a", "@a"}) EXPECT_EQ(text_field(text), text);
}

TEST(CsvLine, WritesNoValueAsAnEmptyField) {
  std::string out;
  CsvLine line(out);
  line.add_none();
  line.add_text("");
  line.add_text("a");
  line.add_none();
  line.end_line();
  line.add_text("b");
  line.end_line();
  EXPECT_EQ(out, ",,a,\r\nb\r\n");
}

TEST(CsvLine, WritesDecimalsExactlyAndAlwaysWithAPoint) {
  EXPECT_EQ(decimal_field("0"), "0.00");
  EXPECT_EQ(decimal_field("-5.25"), "-5.25");
  EXPECT_EQ(decimal_field("12"), "12.00");
  EXPECT_EQ(decimal_field("12.5"), "12.50");
  EXPECT_EQ(decimal_field("0.12345678"), "0.12345678");
  EXPECT_EQ(decimal_field("1e-18"), "0.000000000000000001");
}

TEST(CsvLine, WritesTimesAsFocusWantsThem) {
  for (const char* text : {"2026-09-30T16:00:00Z", "2024-02-29T23:59:59Z", "0001-01-01T00:00:00Z",
                           "9999-12-31T10:20:30Z"}) {
    std::string out;
    CsvLine(out).add_time(*parse_utc(text));
    EXPECT_EQ(out, text);
  }
}

}  // namespace
}  // namespace cloud_billing
