#include "focus/unit_price.h"

#include <gtest/gtest.h>

#include <string>

namespace cloud_billing {
namespace {

std::string price(std::string_view text, std::string_view quantity, std::string_view cost) {
  const auto priced = PricedQuantity::of(text, *Amount::parse(quantity));
  const auto read = priced ? priced->price_of(*Amount::parse(cost)) : std::nullopt;
  return read ? read->to_decimal() : "none";
}

TEST(UnitPrice, IsToldIfItGivesTheCost) {
  EXPECT_EQ(price("0.003333", "35909", "119.68"), "0.003333");  // 119.684697: within a cent
  EXPECT_EQ(price("0.001050", "40", "0.04"), "0.00105");
  EXPECT_EQ(price("2", "3", "6"), "2");
  EXPECT_EQ(price("0.5", "-3", "-1.5"), "0.5");
}

TEST(UnitPrice, IsNotToldIfItDoesNot) {
  EXPECT_EQ(price("0.003333", "35909", "119.66"), "none");
  EXPECT_EQ(price("0.003333", "10", "0.0123"), "none");  // its last digit is finer than a cent
}

// It may be free, or less than a cent.
TEST(UnitPrice, OfWhatCostsNothingIsNotToldIfItWouldCost) {
  EXPECT_EQ(price("0.003", "2", "0"), "none");
  EXPECT_EQ(price("0.003", "0", "0"), "0.003");
  EXPECT_EQ(price("0", "7", "0"), "0");
}

TEST(UnitPrice, ThatIsNoDecimalIsNotTold) {
  for (const char* text : {"", "/", "1e2", "-1", "1.2.3", "12345678901234567890"}) {
    EXPECT_EQ(price(text, "1", "1"), "none") << text;
  }
}

}  // namespace
}  // namespace cloud_billing
