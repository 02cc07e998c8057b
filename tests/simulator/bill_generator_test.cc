#include "bill_generator.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "bill_page.h"
#include "bill_tags.h"
#include "bill_totals.h"
#include "catalogue.h"

namespace simulator {
namespace {

constexpr Month kMonth = std::chrono::year{2026} / std::chrono::October;

Account make_account(bool grows) {
  Account account = generate_accounts({1, 0, 500, 0, false}, 7).front();
  account.grows = grows;
  return account;
}

Listing list(const Account& account, ProductType type, DayRange days, bool per_day = false) {
  return Listing(account, {kMonth, days, type, per_day, {}, {}});
}

Money add_billed(const Listing& listing) {
  Money sum;
  for (std::size_t i = 0; i < listing.size(); ++i) {
    sum += listing.row(i).amounts.finance_price;
  }
  return sum;
}

std::string write_rows(const Account& account, ProductType type) {
  const Listing listing = list(account, type, {1, 31});
  std::string text;
  for (std::size_t i = 0; i < listing.size(); ++i) {
    append_row(text, listing.row(i), account, kMonth, false, {});
  }
  return text;
}

TEST(BillGenerator, TheSameInputsGiveTheSameBytes) {
  for (const ProductType type : {ProductType::kPrepaid, ProductType::kPostpaid}) {
    EXPECT_EQ(write_rows(make_account(true), type), write_rows(make_account(true), type));
  }
  EXPECT_NE(write_rows(generate_accounts({}, 1).front(), ProductType::kPostpaid),
            write_rows(generate_accounts({}, 2).front(), ProductType::kPostpaid));
}

TEST(BillGenerator, AMonthHasTheRowsAskedFor) {
  const Account account = make_account(false);
  EXPECT_EQ(list(account, ProductType::kPostpaid, {1, 1}).size(), 400U);
  EXPECT_EQ(list(account, ProductType::kPrepaid, {1, 1}).size(), 100U);
  EXPECT_EQ(list(account, ProductType::kPostpaid, {1, 0}).size(), 0U);
  EXPECT_EQ(list(account, ProductType::kPrepaid, {1, 0}).size(), 0U);
}

TEST(BillGenerator, AnySpanOfDaysIsTheSumOfItsDays) {
  for (const bool grows : {false, true}) {
    const Account account = make_account(grows);
    for (const ProductType type : {ProductType::kPrepaid, ProductType::kPostpaid}) {
      for (const DayRange span : {DayRange{1, 31}, DayRange{1, 14}, DayRange{9, 20}}) {
        Money sum;
        for (int day = span.first; day <= span.last; ++day) {
          sum += add_billed(list(account, type, {day, day}));
        }
        EXPECT_EQ(write_decimal(sum), write_decimal(add_billed(list(account, type, span))));
        EXPECT_EQ(write_decimal(sum), write_decimal(add_billed(list(account, type, span, true))));
      }
    }
  }
}

TEST(BillGenerator, AGrowingAccountGainsRowsAndOrdersFallEarly) {
  const Account account = make_account(true);
  const auto count = [&](ProductType type, int last) {
    return list(account, type, {1, last}).size();
  };
  EXPECT_GT(count(ProductType::kPostpaid, 20), count(ProductType::kPostpaid, 5));
  EXPECT_EQ(count(ProductType::kPostpaid, 31), 400U);
  EXPECT_EQ(count(ProductType::kPrepaid, 31), 100U);
  EXPECT_GT(count(ProductType::kPrepaid, 10), 50U);
}

TEST(BillGenerator, RowsObeyTheDocumentedFormulas) {
  const Account account = make_account(true);
  for (const ProductType type : {ProductType::kPrepaid, ProductType::kPostpaid}) {
    const Listing listing = list(account, type, {1, 31});
    for (std::size_t i = 0; i < listing.size(); ++i) {
      const RowAmounts amounts = listing.row(i).amounts;
      EXPECT_TRUE(amounts.finance_price == amounts.cash + amounts.rebate + amounts.credit_cost +
                                               amounts.credit_refund + amounts.debt);
      EXPECT_TRUE(amounts.origin_price == amounts.finance_price + amounts.not_paid());
    }
  }
}

TEST(BillGenerator, ResourcesKeepTheirIdentityFromMonthToMonth) {
  const Account account = make_account(false);
  const Listing october(account, {kMonth, {1, 30}, ProductType::kPostpaid, false, {}, {}});
  const Listing november(
      account, {kMonth + std::chrono::months{1}, {1, 30}, ProductType::kPostpaid, false, {}, {}});
  EXPECT_EQ(instance_id(october.row(5)), instance_id(november.row(5)));
  EXPECT_EQ(october.row(5).region, november.row(5).region);
  EXPECT_NE(write_decimal(add_billed(october)), write_decimal(add_billed(november)));
}

TEST(BillGenerator, TotalsAreTheSumOfTheRowsInEveryBreakdown) {
  const Account account = make_account(true);
  Money billed = add_billed(list(account, ProductType::kPrepaid, {1, 14}));
  billed += add_billed(list(account, ProductType::kPostpaid, {1, 14}));
  TotalsQuery query;
  query.month = kMonth;
  query.days = {1, 14};
  query.accounts = {&account};
  query.breakdowns = {
      {}, {"service_type", "region_id", "billing_mode"}, {"tag:项目", "service_type"}};
  for (const Breakdown& breakdown : add_up(query)) {
    Money sum;
    std::size_t rows = 0;
    for (const auto& [key, totals] : breakdown) {
      sum += totals.billed_cost;
      rows += totals.rows;
    }
    EXPECT_EQ(write_decimal(sum), write_decimal(billed));
    EXPECT_EQ(rows, list(account, ProductType::kPrepaid, {1, 14}).size() +
                        list(account, ProductType::kPostpaid, {1, 14}).size());
  }
  Money summarized;
  for (const auto& [key, amounts] : summarize(account, kMonth, {1, 14})) {
    summarized += amounts.finance_price;
  }
  EXPECT_EQ(write_decimal(summarized), write_decimal(billed));
}

TEST(BillGenerator, TagsComeInEveryShape) {
  const Account account = make_account(false);
  const Listing listing = list(account, ProductType::kPostpaid, {1, 1});
  std::set<std::string> seen;
  for (std::size_t i = 0; i < listing.size(); ++i) {
    const BillRow row = listing.row(i);
    const std::string text = write_tags(tags_of(row, account), row);
    seen.insert(text.empty() ? "none" : "some");
    for (const char* part : {";", "\n", "infra:edge", "智能搜索,推荐", "https://"}) {
      if (text.find(part) != std::string::npos) {
        seen.insert(part);
      }
    }
  }
  EXPECT_EQ(seen.size(), 7U);
}

TEST(BillGenerator, InventedServicesAreAsManyAsAskedFor) {
  const Account account = generate_accounts({1, 0, 2000, 40, false}, 1).front();
  const Listing listing = list(account, ProductType::kPostpaid, {1, 1});
  std::set<std::string> codes;
  for (std::size_t i = 0; i < listing.size(); ++i) {
    codes.insert(service_code(listing.row(i).service, account.invented_services));
  }
  EXPECT_EQ(codes.size(), 40U);
  EXPECT_EQ(*codes.begin(), "SVC0001");
}

}  // namespace
}  // namespace simulator
