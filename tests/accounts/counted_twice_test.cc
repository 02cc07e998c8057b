#include "accounts/counted_twice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <initializer_list>
#include <memory>
#include <set>
#include <string>
#include <utility>

namespace cloud_billing {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

const BillingMonth kNovember =
    BillingMonth(std::chrono::year_month(std::chrono::year(2026), std::chrono::month(11)));

// Accounts of one cloud, each with its own id and with the ids of its bill's rows.
struct Bills {
  void add(const std::string& id, std::initializer_list<const char*> ids,
           BillingMonth month = kNovember, std::string_view provider = "cloud") {
    AccountResults& known = results.emplace_back();
    known.account_id = id;
    MonthCosts costs;
    for (const char* read : ids) costs.account_ids.insert(read);
    known.months[month] = {std::make_shared<const MonthCosts>(std::move(costs)), {}};
    accounts.push_back({provider, &known});
  }

  // "0>1": the bill of the first holds the second.
  std::vector<std::string> pairs() const {
    std::vector<std::string> texts;
    for (const CountedTwice& pair : find_counted_twice(accounts)) {
      texts.push_back(std::to_string(pair.reader) + ">" + std::to_string(pair.owner));
    }
    return texts;
  }

  std::vector<std::size_t> counted_in(BillingMonth month = kNovember) const {
    return count_once(accounts, month);
  }

  std::deque<AccountResults> results;
  std::vector<KnownBills> accounts;
};

TEST(CountedTwice, IsWhatAnotherAccountsBillHolds) {
  Bills bills;
  bills.add("member", {"member"});
  bills.add("master", {"master", "member", "a stranger"});
  bills.add("other", {"other"});
  EXPECT_THAT(bills.pairs(), ElementsAre("1>0"));
  EXPECT_THAT(bills.counted_in(), ElementsAre(1, 1, 2));
}

TEST(CountedTwice, AreTwoEntriesOfOneAccountOfWhichTheFirstCounts) {
  Bills bills;
  for (int entry = 0; entry < 3; ++entry) bills.add("same", {"same"});
  EXPECT_THAT(bills.pairs(), ElementsAre("0>1", "0>2", "1>0", "1>2", "2>0", "2>1"));
  EXPECT_THAT(bills.counted_in(), ElementsAre(0, 0, 0));
}

TEST(CountedTwice, IsNothingWhoseIdIsNotKnownOrWhoseCloudIsAnother) {
  Bills bills;
  bills.add("", {"id"});
  bills.add("", {""});
  bills.add("id", {"id"}, kNovember, "another cloud");
  EXPECT_THAT(bills.pairs(), IsEmpty());
}

// Three thousand keys of one account would be nine million pairs.
TEST(CountedTwice, NamesEachOfVeryManyEntriesOfOneAccountWithoutPairingEachWithEach) {
  constexpr std::size_t kEntries = 3000;
  Bills bills;
  for (std::size_t entry = 0; entry < kEntries; ++entry) bills.add("same", {"same"});
  const std::vector<CountedTwice> pairs = find_counted_twice(bills.accounts);
  EXPECT_LE(pairs.size(), 2 * kEntries);
  std::set<std::size_t> readers, owners;
  for (const CountedTwice& pair : pairs) {
    EXPECT_NE(pair.reader, pair.owner);
    EXPECT_THAT(pair.months, ElementsAre(kNovember));
    readers.insert(pair.reader);
    owners.insert(pair.owner);
  }
  EXPECT_EQ(readers.size(), kEntries);
  EXPECT_EQ(owners.size(), kEntries);
  EXPECT_THAT(bills.counted_in(), Each(0U)) << "a sum counts the first";
}

TEST(CountedTwice, CountsVeryManyEntriesOfAMemberInTheBillOfTheirMaster) {
  constexpr std::size_t kEntries = 3000;
  Bills bills;
  for (std::size_t entry = 0; entry < kEntries; ++entry) bills.add("member", {"member"});
  bills.add("master", {"master", "member"});
  EXPECT_THAT(bills.counted_in(), Each(kEntries));
}

TEST(CountedTwice, CountsEntriesWhoseOwnBillIsNotKnownInTheOneThatIs) {
  Bills bills;
  bills.add("same", {});
  bills.add("same", {"same"});
  bills.add("same", {});
  EXPECT_THAT(bills.counted_in(), Each(1U));
}

TEST(CountedTwice, ChangesOnlyWithAnIdAMonthOrTheIdsOfItsRows) {
  Bills bills;
  bills.add("id", {"id", "member"});
  bills.add("id", {"id", "member"});
  bills.add("", {"id", "member"});
  bills.add("id", {"id"});
  bills.add("id", {"id", "member"}, kNovember.previous());
  bills.results[1].months.at(kNovember).at += std::chrono::hours(1);  // polled again
  bills.results[1].balance.emplace();
  EXPECT_TRUE(has_same_bills(bills.results[0], bills.results[1]));
  for (std::size_t other : {2U, 3U, 4U}) {
    EXPECT_FALSE(has_same_bills(bills.results[0], bills.results[other])) << other;
  }
}

// A member that joined this month was not in the master's bill of the last.
TEST(CountedTwice, IsSoInTheMonthsWhoseRowsSaySo) {
  Bills bills;
  bills.add("master", {"master", "member"});
  bills.add("member", {"member"});
  EXPECT_THAT(bills.counted_in(), ElementsAre(0, 0));
  EXPECT_THAT(bills.counted_in(kNovember.previous()), ElementsAre(0, 1));
}

// The middle one is left out, so what only its bill holds besides counts by itself.
TEST(CountedTwice, LosesNothingWhereOneBillHoldsAnotherThatHoldsAThird) {
  Bills bills;
  bills.add("top", {"top", "middle"});
  bills.add("middle", {"middle", "bottom"});
  bills.add("bottom", {"bottom"});
  EXPECT_THAT(bills.counted_in(), ElementsAre(0, 0, 2));
}

TEST(CountedTwice, EndsWhereBillsHoldEachOtherInACircle) {
  Bills bills;
  bills.add("a", {"a", "b"});
  bills.add("b", {"b", "c"});
  bills.add("c", {"c", "a"});
  EXPECT_EQ(bills.counted_in().size(), 3U);
}

}  // namespace
}  // namespace cloud_billing
