#include "life.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "bill_generator.h"
#include "bill_totals.h"
#include "catalogue.h"
#include "company.h"
#include "volcengine_bill.h"

namespace simulator {
namespace {

constexpr Month kThisMonth = std::chrono::year{2026} / std::chrono::March;
constexpr Month kMonthBefore = std::chrono::year{2026} / std::chrono::February;
constexpr Date kToday = kThisMonth / std::chrono::day{10};

const Account& demo_account(const std::string& name) {
  static const std::vector<Account> accounts = demo_accounts(1, kToday);
  for (const Account& account : accounts) {
    if (account.login_name == "demo-" + name) {
      return account;
    }
  }
  throw std::invalid_argument(name);
}

// The key is {billing mode}.
Breakdown by_mode(const Account& account, Month month, DayRange days) {
  TotalsQuery query;
  query.month = month;
  query.days = days;
  query.accounts = {&account};
  query.breakdowns = {{"currency", "billing_mode"}};
  return add_up(query).front();
}

Money billed(const Account& account, Month month, DayRange days, const std::string& mode,
             const std::string& currency = "CNY") {
  return by_mode(account, month, days)[{currency, mode}].billed_cost;
}

Money billed_on(const Account& account, Date date, const std::string& mode = "postpaid") {
  const int number = static_cast<int>(static_cast<unsigned>(date.day()));
  return billed(account, date.year() / date.month(), {number, number}, mode);
}

Date days_ago(int days) { return Date{std::chrono::sys_days{kToday} - std::chrono::days{days}}; }

TEST(Life, TheDaysOfEveryMonthAreItsSum) {
  for (const char* name : {"prod", "staging", "volc-lab", "volc-prod", "volc-global"}) {
    const Account& account = demo_account(name);
    for (int back = 0; back <= 13; ++back) {
      const Month month = kThisMonth - std::chrono::months{back};
      std::map<std::vector<std::string>, Money> sums;
      for (int number = 1; number <= days_in(month); ++number) {
        for (const auto& [key, totals] : by_mode(account, month, {number, number})) {
          sums[key] += totals.billed_cost;
        }
      }
      for (const auto& [key, totals] : by_mode(account, month, {1, days_in(month)})) {
        EXPECT_EQ(write_decimal(sums[key]), write_decimal(totals.billed_cost))
            << name << ' ' << write_month(month) << ' ' << key[1];
      }
    }
  }
}

TEST(Life, WeekendsDiffer) {
  // Sunday, 8 March, and Monday; people work on one and play on the other.
  EXPECT_LT(billed_on(demo_account("staging"), days_ago(2)).units * 3,
            billed_on(demo_account("staging"), days_ago(1)).units * 2);
  EXPECT_GT(billed_on(demo_account("prod"), days_ago(2)).units,
            billed_on(demo_account("prod"), days_ago(1)).units);
}

TEST(Life, AnAccountHasNoRowBeforeItBegan) {
  const Account& lab = demo_account("volc-lab");
  EXPECT_GT(billed_on(lab, days_ago(12)).units, 0);
  EXPECT_TRUE(by_mode(lab, kMonthBefore, {1, 25}).empty());
  EXPECT_FALSE(by_mode(lab, kMonthBefore, {1, 26}).empty());
  EXPECT_TRUE(by_mode(lab, kMonthBefore - std::chrono::months{1}, {1, 31}).empty());
}

TEST(Life, APurchaseCostsOnItsDay) {
  const Account& prod = demo_account("prod");
  const Money others = billed_on(prod, days_ago(8), "prepaid");
  EXPECT_GT((billed_on(prod, days_ago(9), "prepaid") - others).units,
            (Money{kUnitsPerYuan} * 20000).units);
  EXPECT_LT(billed_on(demo_account("staging"), days_ago(12), "prepaid").units, 0);
  for (int back = 0; back <= 13; ++back) {
    const Month month = kThisMonth - std::chrono::months{back};
    EXPECT_GT(billed_on(demo_account("group-retail"), month / std::chrono::day{1}, "prepaid").units,
              (Money{kUnitsPerYuan} * 40000).units);
  }
}

TEST(Life, AnEpisodeChangesOneService) {
  const Account& data = demo_account("data");
  const auto of_service = [&](Date date, const char* code) {
    const int number = static_cast<int>(static_cast<unsigned>(date.day()));
    TotalsQuery query;
    query.month = date.year() / date.month();
    query.days = {number, number};
    query.accounts = {&data};
    query.breakdowns = {{"service_type", "billing_mode"}};
    return add_up(query).front()[{code, "postpaid"}].billed_cost;
  };
  EXPECT_GT(of_service(days_ago(1), "BBC").units, of_service(days_ago(8), "BBC").units * 3);
  EXPECT_LT(of_service(days_ago(1), "BCC").units, of_service(days_ago(8), "BCC").units * 2);
}

TEST(Life, TwoCurrenciesAreBilled) {
  const Account& global = demo_account("volc-global");
  EXPECT_GT(billed(global, kMonthBefore, {1, 28}, "postpaid", "CNY").units, 0);
  EXPECT_GT(billed(global, kMonthBefore, {1, 28}, "postpaid", "USD").units, 0);
}

TEST(Life, WithoutOneEachDayOfAResourceCostsTheSame) {
  const Account account = generate_accounts({1, 0, 50, 0, false}, 7).front();
  EXPECT_EQ(account.life, nullptr);
  EXPECT_EQ(write_decimal(billed(account, kThisMonth, {1, 1}, "postpaid") * 31),
            write_decimal(billed(account, kThisMonth, {1, 31}, "postpaid")));
}

}  // namespace
}  // namespace simulator
