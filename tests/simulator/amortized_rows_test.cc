#include "amortized_rows.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "bill_totals.h"

namespace simulator {
namespace {

constexpr Month kAugust = std::chrono::year{2026} / std::chrono::August;

DayRange whole(Month month) { return {1, days_in(month)}; }

TEST(PaidDays, ReachFromThePurchaseToTheEndOfTheSecondMonthAfterIt) {
  const PaidDays august = paid_days(kAugust, 30, kAugust, whole(kAugust));
  EXPECT_EQ(august.before, 0);
  EXPECT_EQ(august.until, 2);
  EXPECT_EQ(august.of, 2 + 30 + 31);
  const PaidDays october = paid_days(kAugust, 30, kAugust + std::chrono::months{2}, {1, 14});
  EXPECT_EQ(october.before, 32);
  EXPECT_EQ(october.until, 46);
}

TEST(PaidDays, OfAllMonthsAddUpToThePurchase) {
  for (const Money price : {parse_money("100"), parse_money("-0.000001"), parse_money("33.33")}) {
    Money sum;
    for (int after = 0; after < 3; ++after) {
      const Month month = kAugust + std::chrono::months{after};
      sum += paid_days(kAugust, 17, month, whole(month)).share_of(price);
    }
    EXPECT_EQ(write_decimal(sum), write_decimal(price));
  }
}

std::vector<Account> one_of_each_cloud() {
  GeneratedSize size;
  size.rows = 200;
  return {generate_accounts(size, 7).front(), generate_volcengine_accounts(size, 7).front()};
}

MeasureTotals total_of(const Account& account, Month month, bool amortized,
                       const std::string& mode) {
  TotalsQuery query;
  query.month = month;
  query.days = whole(month);
  query.accounts = {&account};
  query.amortized = amortized;
  query.breakdowns = {{"billing_mode"}};
  return add_up(query).front()[{mode}];
}

TEST(AmortizedBill, HasTheOrdersOfThreeMonthsAndWhatIsUsedAsItIsBilled) {
  for (const Account& account : one_of_each_cloud()) {
    EXPECT_EQ(total_of(account, kAugust, true, "prepaid").rows, 120U);
    const MeasureTotals shares = total_of(account, kAugust, true, "postpaid");
    const MeasureTotals bill = total_of(account, kAugust, false, "postpaid");
    EXPECT_EQ(shares.rows, bill.rows);
    EXPECT_EQ(write_decimal(shares.billed_cost), write_decimal(bill.billed_cost));
    EXPECT_EQ(write_decimal(shares.list_cost), write_decimal(bill.list_cost));
  }
}

TEST(AmortizedBill, OfAnAccountWithOrdersOfOneMonthSpreadsThemOverThree) {
  for (Account account : one_of_each_cloud()) {
    account.since = kAugust;
    const MeasureTotals august = total_of(account, kAugust, true, "prepaid");
    EXPECT_EQ(august.rows, 40U);
    const Money billed = total_of(account, kAugust, false, "prepaid").billed_cost;
    // From the first day on, as these do not grow: 31 of 92 days.
    EXPECT_LT(std::abs(static_cast<double>((august.billed_cost * 92 - billed * 31).units)), 1e4);
  }
}

TEST(AmortizedBill, ThatIsNotSwitchedOnHasNoRows) {
  for (Account account : one_of_each_cloud()) {
    account.amortizes = false;
    EXPECT_EQ(total_of(account, kAugust, true, "prepaid").rows, 0U);
    EXPECT_EQ(total_of(account, kAugust, true, "postpaid").rows, 0U);
  }
}

}  // namespace
}  // namespace simulator
