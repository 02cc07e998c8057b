#include "volcengine_bill.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "bill_totals.h"
#include "volcengine_catalogue.h"
#include "volcengine_page.h"
#include "volcengine_tags.h"

namespace simulator {
namespace {

constexpr Month kMonth = std::chrono::year{2026} / std::chrono::October;

Account make_account(bool grows, int usd_percent = 0) {
  GeneratedSize size;
  size.rows = 800;
  size.usd_percent = usd_percent;
  Account account = generate_volcengine_accounts(size, 7).front();
  account.grows = grows;
  return account;
}

VolcengineListing list(const Account& account, DayRange days, bool per_day = false,
                       std::size_t appended = 0) {
  VolcengineQuery query;
  query.month = kMonth;
  query.days = days;
  query.per_day = per_day;
  query.appended = appended;
  return {account, query};
}

VolcengineAmounts add_up_rows(const VolcengineListing& listing) {
  VolcengineAmounts sum;
  for (std::size_t i = 0; i < listing.size(); ++i) {
    sum += listing.row(i).amounts;
  }
  return sum;
}

TEST(VolcengineBill, AnySpanOfDaysIsTheSumOfItsDays) {
  for (const bool grows : {false, true}) {
    const Account account = make_account(grows);
    for (const DayRange span : {DayRange{1, 31}, DayRange{1, 14}, DayRange{9, 20}}) {
      VolcengineAmounts sum;
      for (int day = span.first; day <= span.last; ++day) {
        sum += add_up_rows(list(account, {day, day}));
      }
      const VolcengineAmounts whole = add_up_rows(list(account, span));
      EXPECT_EQ(write_decimal(sum.payable), write_decimal(whole.payable));
      EXPECT_EQ(write_decimal(sum.original), write_decimal(whole.original));
      EXPECT_EQ(write_decimal(add_up_rows(list(account, span, true)).payable),
                write_decimal(whole.payable));
    }
  }
}

TEST(VolcengineBill, AppendedRowsLeaveTheOthersWhereTheyWere) {
  const Account account = make_account(true);
  const VolcengineListing before = list(account, {1, 20});
  const VolcengineListing after = list(account, {1, 20}, false, 9);
  ASSERT_EQ(after.size(), before.size() + 9);
  std::set<std::size_t> numbers;
  for (std::size_t i = 0; i < after.size(); ++i) {
    numbers.insert(after.row(i).number);
    if (i < before.size()) {
      EXPECT_EQ(after.row(i).number, before.row(i).number);
    }
  }
  EXPECT_EQ(numbers.size(), after.size());
}

TEST(VolcengineBill, AmountsHaveTheDecimalsOfTheDocument) {
  const Account account = make_account(false);
  const VolcengineListing listing = list(account, {1, 31});
  constexpr __int128 kFen = kUnitsPerYuan / 100;
  constexpr __int128 kMicroyuan = kUnitsPerYuan / 1'000'000;
  bool has_refund = false;
  bool has_unsettled = false;
  for (std::size_t i = 0; i < listing.size(); ++i) {
    const VolcengineAmounts amounts = listing.row(i).amounts;
    for (const Money money :
         {amounts.discounted, amounts.coupon, amounts.payable, amounts.paid, amounts.unpaid}) {
      EXPECT_TRUE(money.units % kFen == 0);
    }
    for (const Money money : {amounts.original, amounts.preferential, amounts.round}) {
      EXPECT_TRUE(money.units % kMicroyuan == 0);
    }
    has_refund = has_refund || amounts.payable.units < 0;
    has_unsettled = has_unsettled ||
                    (!(amounts.payable == Money{}) && amounts.paid + amounts.unpaid == Money{});
  }
  EXPECT_TRUE(has_refund);
  EXPECT_TRUE(has_unsettled);
}

TEST(VolcengineBill, EveryPlaceOccursFromTheFirstDayOn) {
  const Account account = make_account(true);
  const VolcengineListing listing = list(account, {1, 1});
  std::set<std::size_t> seen;
  for (std::size_t i = 0; i < listing.size(); ++i) {
    seen.insert(listing.row(i).place);
  }
  EXPECT_EQ(seen.size(), places().size());
}

TEST(VolcengineBill, CurrenciesAreAddedApart) {
  const Account account = make_account(false, 20);
  TotalsQuery query;
  query.month = kMonth;
  query.days = {1, 31};
  query.accounts = {&account};
  query.breakdowns = {{}, {"currency"}};
  query.currency = "USD";
  std::vector<Breakdown> sums = add_up(query);
  EXPECT_EQ(sums[0][{}].rows, sums[1][{"USD"}].rows);
  EXPECT_EQ(sums[1][{"USD"}].rows + sums[1][{"CNY"}].rows, 800U);
  EXPECT_GT(sums[1][{"USD"}].rows, 100U);
}

TEST(VolcengineBill, RegionsAreDerivedFromZoneThenCodeThenOtherRows) {
  const Account account = make_account(false);
  TotalsQuery query;
  query.month = kMonth;
  query.days = {1, 31};
  query.accounts = {&account};
  query.breakdowns = {{"region_id"}};
  const std::vector<Breakdown> sums = add_up(query);
  std::set<std::string> regions;
  for (const auto& [key, measures] : sums.front()) {
    regions.insert(key[0]);
  }
  EXPECT_EQ(regions, (std::set<std::string>{"cn-beijing", "cn-shanghai", "cn-guangzhou",
                                            "cn-hongkong", "R000671", "global"}));
}

TEST(VolcengineTags, AreAJsonObjectOfArrays) {
  EXPECT_EQ(write_volcengine_tags({{"env", {"prod"}}, {"volc:vke:cluster-id", {"a\"b", "c"}}}, {}),
            R"({"env":["prod"],"volc:vke:cluster-id":["a\"b","c"]})");
  EXPECT_EQ(write_volcengine_tags({{"team", {}}}, {}), R"({"team":[]})");
}

TEST(VolcengineCatalogue, HasDozensOfProducts) {
  std::set<std::string_view> codes;
  for (const VolcengineProduct& product : volcengine_products()) {
    codes.insert(product.code);
  }
  EXPECT_EQ(codes.size(), volcengine_products().size());
  EXPECT_GT(codes.size(), 30U);
  EXPECT_EQ(volcengine_product_code(4, 10), "PROD0005");
}

}  // namespace
}  // namespace simulator
