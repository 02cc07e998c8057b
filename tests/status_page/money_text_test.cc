#include "status_page/money_text.h"

#include <gtest/gtest.h>

#include "tests/literals.h"

namespace cloud_billing {
namespace {

TEST(MoneyText, SeparatesThousandsAndHasTwoDecimals) {
  EXPECT_EQ(money_text(amount("0")), "0.00");
  EXPECT_EQ(money_text(amount("7.5")), "7.50");
  EXPECT_EQ(money_text(amount("999")), "999.00");
  EXPECT_EQ(money_text(amount("1000")), "1,000.00");
  EXPECT_EQ(money_text(amount("-1234567.8")), "-1,234,567.80");
}

TEST(MoneyText, RoundsHalfAwayFromZero) {
  EXPECT_EQ(money_text(amount("0.994999")), "0.99");
  EXPECT_EQ(money_text(amount("0.995")), "1.00");
  EXPECT_EQ(money_text(amount("999.999")), "1,000.00");
  EXPECT_EQ(money_text(amount("-2.675")), "-2.68");
}

TEST(MoneyText, IsExactWhereRoundingWouldShowNothing) {
  EXPECT_EQ(money_text(amount("0.0049")), "0.0049");
  EXPECT_EQ(money_text(amount("-0.000000000000000001")), "-0.000000000000000001");
}

TEST(ExactMoneyText, KeepsEveryDigit) {
  EXPECT_EQ(exact_money_text(amount("594154.430717398882")), "594,154.430717398882");
  EXPECT_EQ(exact_money_text(amount("-1000.1")), "-1,000.10");
  EXPECT_EQ(exact_money_text(amount("12")), "12.00");
}

TEST(ShareOf, IsNothingOfNothing) {
  EXPECT_DOUBLE_EQ(share_of(amount("25"), amount("200")).value(), 0.125);
  EXPECT_FALSE(share_of(amount("25"), amount("0")));
  EXPECT_FALSE(share_of(amount("25"), amount("-1")));
}

}  // namespace
}  // namespace cloud_billing
