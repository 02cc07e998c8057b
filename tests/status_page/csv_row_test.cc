#include "status_page/csv_row.h"

#include <gtest/gtest.h>

#include <string_view>

#include "tests/literals.h"

namespace cloud_billing {
namespace {

std::string line_of(std::string_view text) {
  CsvRow row;
  row.add_text(text);
  return row.text();
}

// RFC 4180, section 2.
TEST(CsvRow, QuotesWhatWouldBeTakenForTheEndOfAField) {
  EXPECT_EQ(line_of("plain text"), "plain text\r\n");
  EXPECT_EQ(line_of("a,b"), "\"a,b\"\r\n");
  EXPECT_EQ(line_of("b\"bb"), "\"b\"\"bb\"\r\n");
  EXPECT_EQ(line_of("b\r\nbb"), "\"b\r\nbb\"\r\n");
  EXPECT_EQ(line_of(""), "\r\n");
}

TEST(CsvRow, MakesNoFormulaOfAText) {
  EXPECT_EQ(line_of("=1+1"), "'=1+1\r\n");
  EXPECT_EQ(line_of("+86"), "'+86\r\n");
  EXPECT_EQ(line_of("-x"), "'-x\r\n");
  EXPECT_EQ(line_of("@SUM(A1)"), "'@SUM(A1)\r\n");
  EXPECT_EQ(line_of("\t=1"), "'\t=1\r\n");
  EXPECT_EQ(line_of("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"\r\n");
  EXPECT_EQ(line_of("a=b"), "a=b\r\n");
}

TEST(CsvRow, KeepsNumbersAsTheyAre) {
  CsvRow row;
  row.add_amount(amount("-1234.5000"));
  row.add_amount(std::nullopt);
  row.add_amount(amount("0"));
  row.add_text("云");
  EXPECT_EQ(row.text(), "-1234.5,,0,云\r\n");
}

TEST(CsvRow, IsWellFormedUtf8) { EXPECT_EQ(line_of("a\xff"), "a\xEF\xBF\xBD\r\n"); }

}  // namespace
}  // namespace cloud_billing
