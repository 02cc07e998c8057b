#include "core/currency.h"

#include <gtest/gtest.h>

#include <string>

namespace cloud_billing {
namespace {

std::string code_of(std::string_view text) {
  const auto code = read_currency(text);
  return code ? std::string(code->text()) : "none";
}

TEST(Currency, OfChinaIsReadHoweverItIsWritten) {
  for (const char* text : {"CNY", "cny", "Cny", " CNY", "CNY ", "\tCNY\n", "\u3000CNY\u00A0", "RMB",
                           "rmb", "￥", "¥", " ￥ ", "元", "人民币", "人民币元", "CN¥", "CNY￥"}) {
    EXPECT_EQ(code_of(text), "CNY") << text;
  }
}

TEST(Currency, IsItsThreeLettersInCapitals) {
  EXPECT_EQ(code_of("USD"), "USD");
  EXPECT_EQ(code_of("eur"), "EUR");
  EXPECT_EQ(code_of(" hkd"), "HKD");
}

TEST(Currency, OfTheUnitedStatesIsReadIfNothingElseIsMeant) {
  for (const char* text : {"US$", "us$", "USD$", "美元"}) EXPECT_EQ(code_of(text), "USD") << text;
}

TEST(Currency, ThatIsNoCodeIsNone) {
  for (const char* text : {"", " ", "-", "/", "$", "HK$", "CN", "CNYY", "C NY", "CN1", "156",
                           "C\u0130Y", "ＣＮＹ", "元元", "£"}) {
    EXPECT_EQ(code_of(text), "none") << text;
  }
}

}  // namespace
}  // namespace cloud_billing
