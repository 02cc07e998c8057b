#include "accounts/currency_mismatch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "tests/literals.h"

namespace cloud_billing {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const BillingMonth kThisMonth =
    BillingMonth(std::chrono::year_month(std::chrono::year(2026), std::chrono::month(11)));

// An account in CNY.
struct CurrencyMismatchTest : testing::Test {
  void cost(const std::string& currency, std::string_view billed, BillingMonth month = kThisMonth) {
    MonthCosts costs;
    if (const auto known = results.months.find(month); known != results.months.end()) {
      costs = *known->second.value;
    }
    costs.totals[{currency, "postpaid"}][index_of(Measure::kBilledCost)] = amount(billed);
    results.months[month] = {std::make_shared<const MonthCosts>(std::move(costs)), {}};
  }
  void balance(const std::string& currency) {
    Balance known;
    known.currency = currency;
    results.balance = Read<Balance>{std::make_shared<const Balance>(std::move(known)), {}};
  }
  std::vector<std::string> found() const {
    std::vector<std::string> texts;
    for (const CurrencyMismatch& mismatch : find_currency_mismatches(account, results)) {
      texts.push_back(mismatch.key + ": " + mismatch.currencies);
    }
    return texts;
  }

  AccountConfig account;
  AccountResults results;
};

TEST_F(CurrencyMismatchTest, IsABudgetWhoseCurrencyHasNoCostWhileAnotherHas) {
  account.budget = amount("1000");
  EXPECT_THAT(found(), IsEmpty()) << "nothing is known";
  cost("CNY", "0");
  EXPECT_THAT(found(), IsEmpty()) << "no cost at all";
  cost("USD", "-3");
  cost("EUR", "1", kThisMonth.previous());
  EXPECT_THAT(found(), ElementsAre("budget: EUR, USD"));
  cost("CNY", "0.01");
  EXPECT_THAT(found(), IsEmpty());
}

TEST_F(CurrencyMismatchTest, IsAThresholdInAnotherCurrencyThanTheBalance) {
  account.low_balance = amount("100");
  EXPECT_THAT(found(), IsEmpty());
  balance("CNY");
  EXPECT_THAT(found(), IsEmpty());
  balance("USD");
  EXPECT_THAT(found(), ElementsAre("low_balance: USD"));
}

TEST_F(CurrencyMismatchTest, IsNothingWithoutABudgetOrThreshold) {
  cost("USD", "3");
  balance("USD");
  EXPECT_THAT(found(), IsEmpty());
}

}  // namespace
}  // namespace cloud_billing
