// What the page says and adds up where two accounts read the same bill.

#include "status_page/double_counting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "status_page/page.h"
#include "tests/status_page/scene.h"

namespace cloud_billing {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;

// An account whose bill of both months holds the ids and costs that much in each.
void add_bill(StatusScene& scene, const std::string& name, const std::string& id,
              std::initializer_list<const char*> ids, std::string_view cost) {
  AccountView& view = scene.add(name).second;
  MonthCosts month = month_of({{"BCC", cost}});
  for (const char* read_id : ids) month.account_ids.insert(read_id);
  view.results.account_id = id;
  view.results.months.emplace(kNovember, read(month));
  view.results.months.emplace(kNovember.previous(), read(month));
  Balance balance;
  balance.currency = "CNY";
  balance.available = amount("7");
  view.results.balance = read(balance);
}

// Of the currency of all these accounts.
CurrencyTotal total_of(const StatusScene& scene, AccountSearch search = {}) {
  return summarise_accounts(scene.input(), search).totals.at(0);
}

std::string whole_page_of(const StatusScene& scene) {
  return render_status_page(scene.input(), {{}, 1, "/metrics"});
}

TEST(DoubleCounting, LeavesTheMembersOwnEntryOutOfTheTotals) {
  StatusScene scene;
  add_bill(scene, "member", "m", {"m"}, "30");
  add_bill(scene, "master", "M", {"M", "m"}, "130");
  add_bill(scene, "other", "o", {"o"}, "5");
  const CurrencyTotal total = total_of(scene);
  EXPECT_EQ(total.current.known(), amount("135"));
  EXPECT_EQ(total.previous.known(), amount("135"));
  EXPECT_EQ(total.available.known(), amount("21")) << "a member has a balance of its own";
  ASSERT_EQ(total.services.size(), 1U);
  EXPECT_EQ(total.services[0].cost, amount("135"));
  EXPECT_THAT(total.left_out, ElementsAre(Pair("member", "master")));
  EXPECT_THAT(whole_page_of(scene),
              AllOf(HasSubstr("Without member: the bill of master holds it already."),
                    HasSubstr("<li class=\"bad\"><a href=\"?account=master\">master</a>: its bill "
                              "holds that of <b>member</b> too")));
}

TEST(DoubleCounting, LeavesTheLaterOfTwoEqualEntriesOut) {
  StatusScene scene;
  add_bill(scene, "z-first", "id", {"id"}, "30");
  add_bill(scene, "a-second", "id", {"id"}, "31");
  const CurrencyTotal total = total_of(scene);
  EXPECT_EQ(total.current.known(), amount("30")) << "by the configuration's order, not by name";
  EXPECT_EQ(total.available.known(), amount("7")) << "it is the same balance";
  EXPECT_THAT(total.left_out, ElementsAre(Pair("a-second", "z-first")));
  const std::string page = whole_page_of(scene);
  EXPECT_THAT(page, HasSubstr("z-first</a>: its bill holds that of <b>a-second</b> too"));
  EXPECT_THAT(page, Not(HasSubstr("a-second</a>: its bill holds")));
}

// The first is not among those found: of the others one counts.
TEST(DoubleCounting, LeavesAllButOneOfManyEqualEntriesOutOfWhatWasFound) {
  StatusScene scene;
  add_bill(scene, "first", "id", {"id"}, "30");
  for (int i = 0; i < 20; ++i) add_bill(scene, "more-" + std::to_string(i), "id", {"id"}, "30");
  EXPECT_EQ(total_of(scene).current.known(), amount("30"));
  EXPECT_EQ(total_of(scene, {"more", ""}).current.known(), amount("30"));
}

TEST(DoubleCounting, CountsTheBudgetsOfWhatIsAdded) {
  StatusScene scene;
  add_bill(scene, "member", "m", {"m"}, "30");
  add_bill(scene, "master", "M", {"M", "m"}, "130");
  for (AccountConfig& account : scene.accounts) account.budget = amount("200");
  const CurrencyTotal total = total_of(scene);
  EXPECT_EQ(total.budget.known(), amount("200"));
  EXPECT_EQ(total.budget_used, 0.65);
}

// Whoever searches for the member wants to see what it costs.
TEST(DoubleCounting, LeavesNothingOutForAnAccountThatIsNotAmongThoseFound) {
  StatusScene scene;
  add_bill(scene, "member", "m", {"m"}, "30");
  add_bill(scene, "master", "M", {"M", "m"}, "130");
  const CurrencyTotal member = total_of(scene, {"", "member"});
  EXPECT_EQ(member.current.known(), amount("30"));
  EXPECT_THAT(member.left_out, IsEmpty());
}

TEST(DoubleCounting, LeavesTheMonthsInThatTheOtherBillDoesNotHold) {
  StatusScene scene;
  add_bill(scene, "member", "m", {"m"}, "30");
  add_bill(scene, "master", "M", {"M", "m"}, "130");
  MonthCosts alone = month_of({{"BCC", "100"}});
  alone.account_ids = {"M"};
  scene.views[1].results.months[kNovember.previous()] = read(alone);
  const CurrencyTotal total = total_of(scene);
  EXPECT_EQ(total.current.known(), amount("130"));
  EXPECT_EQ(total.previous.known(), amount("130")) << "100 of the master and 30 of the member";
}

TEST(CurrencyMismatches, AreARedLine) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  account.budget = amount("1000");
  view.results.months.emplace(kNovember, read(month_of({{"BCC", "3"}}, "USD")));
  EXPECT_THAT(
      whole_page_of(scene),
      HasSubstr("<li class=\"bad\"><a href=\"?account=a\">a</a>: <code>budget</code> is in CNY, in "
                "which the account has nothing (it has USD), so no alert can come of it"));
}

}  // namespace
}  // namespace cloud_billing
