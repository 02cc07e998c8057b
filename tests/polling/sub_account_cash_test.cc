#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "accounts/account_record.h"
#include "exposition/exposition.h"
#include "tests/polling/poller_world.h"

namespace cloud_billing::sub_account_cash_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::AllOf;
using testing::ElementsAre;
using testing::Ge;
using testing::HasSubstr;
using testing::Le;
using testing::SizeIs;

// Its members' cash is asked for by its "orders", which nobody polls here.
class SupervisingProvider final : public FakeProvider {
 public:
  std::optional<Question<SubAccountCash>> ask_sub_account_cash(
      const AccountConfig& account, const SubAccountCashQuery& query) const override {
    if (account.settings.list("members").empty() || query.refusals.holds(kFakeOrders, query.now)) {
      return std::nullopt;
    }
    return Question<SubAccountCash>(std::make_unique<MembersCash>(account, query));
  }

 private:
  class MembersCash final : public ComposedConversation<SubAccountCash> {
   public:
    MembersCash(const AccountConfig& account, const SubAccountCashQuery& query)
        : query_(query),
          cash_{account.currency, {}},
          asked_(fake_request(kFakeOrders, {}, "members' cash"),
                 [this](const auto& response) { return read(FakeAnswer(response)); }) {}

   private:
    std::optional<PendingRequest> next_of_parts() override { return asked_.next(); }
    void look_at_parts() override {
      if (asked_.failure() && asked_.failure()->reason != Reason::kPermission) {
        return give_up(*asked_.failure());
      }
      if (asked_.failure()) query_.refusals.note(kFakeOrders, query_.now);
      conclude(cash_);
    }
    Result<bool, Failure> read(const FakeAnswer& answer) {
      for (const FakeAnswer::Words& row : answer.rows()) {
        const auto cash = FakeAnswer::amount_of(row.at(1));
        if (cash) cash_.balances.emplace(row.at(0), *cash);
        if (!cash) cash_.failure = response_not_understood("cash of " + std::string(row.at(0)));
      }
      return true;
    }

    const SubAccountCashQuery query_;
    SubAccountCash cash_;
    SingleRequest<bool> asked_;
  };
};

const ProviderTable& supervising() {
  static const SupervisingProvider provider;
  static const ProviderTable table{&provider};
  return table;
}

std::string config_of(const std::string& members) {
  return "polling: {balance: {interval: 1h, max_age: 150m}}\nhttp: {max_retries: 0}\naccounts:\n" +
         account("a", "ak-a", "balance", "members: [" + members + "]");
}

SimulatedReply members_cash(const std::string& rows) {
  return {response_of("members\n" + rows), std::chrono::milliseconds(20)};
}

World world_of(const std::string& members, UtcSeconds start = kStart) {
  return World(config_of(members), start, supervising());
}

// "m1=12.5 m2=3 CNY", or "" if none is held.
std::string cash_of(const World& world) {
  const auto& known = world.views.at(0)->results.sub_account_cash;
  if (!known) return "";
  std::string text;
  for (const auto& [id, amount] : known->value->balances) {
    text += id + "=" + amount.to_decimal() + " ";
  }
  return text + known->value->currency;
}

TEST(SubAccountCash, IsReadWithEachPollOfTheBalance) {
  World world = world_of("m1, m2");
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "orders") return std::nullopt;
    return members_cash(call.at < minutes(30) ? "row m1 12.5\nrow m2 7\n" : "row m2 3\n");
  };
  world.run_for(minutes(70));
  EXPECT_THAT(world.cloud.calls_of("orders"), SizeIs(2));
  EXPECT_EQ(cash_of(world), "m2=3 CNY") << "of m1 nothing is told any more";
}

TEST(SubAccountCash, ThatTheKeyMayNotReadIsNormalAndAskedForAgainAfterADay) {
  World world = world_of("m1");
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "orders") return std::nullopt;
    return refuse(403, "AccessDenied");
  };
  world.run_for(hours(30));
  EXPECT_THAT(gaps_of(world.cloud.calls_of("orders")),
              ElementsAre(AllOf(Ge(hours(24)), Le(hours(26)))));
  EXPECT_EQ(world.views[0]->results.balance->value->cash.to_decimal(), "850.5");
  EXPECT_EQ(world.status(0, Collector::kBalance).up, true);
  EXPECT_THAT(world.records.polls, SizeIs(Ge(28U)));
  for (const auto& poll : world.records.polls) EXPECT_EQ(poll.reason, std::nullopt);
}

TEST(SubAccountCash, ThatIsRefusedOneDayIsNotShownAnyMore) {
  World world = world_of("m1");
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "orders") return std::nullopt;
    return call.at < minutes(30) ? members_cash("row m1 12.5\n") : refuse(403, "AccessDenied");
  };
  world.run_for(minutes(70));
  EXPECT_EQ(cash_of(world), "CNY");
}

// A cloud that tells it in the first half hour only.
std::optional<SimulatedReply> broken_later(const SimulatedCall& call) {
  if (call.operation != "orders") return std::nullopt;
  return call.at < minutes(30) ? members_cash("row m1 12.5\n") : refuse(500, "InternalError");
}

TEST(SubAccountCash, ThatCannotBeReadKeepsWhatItWasBesideTheNewCashAndFailsThePoll) {
  World world = world_of("m1");
  world.trouble = broken_later;
  world.run_for(minutes(70));
  EXPECT_EQ(cash_of(world), "m1=12.5 CNY");
  EXPECT_EQ(world.views[0]->results.sub_account_cash->at, kStart);
  EXPECT_GE(world.views[0]->results.balance->at, kStart + hours(1));
  const CollectorStatus& status = world.status(0, Collector::kBalance);
  EXPECT_EQ(status.up, false);
  EXPECT_EQ(status.last_failure->reason, Reason::kServer);
  EXPECT_THAT(status.last_failure->message, HasSubstr("members' cash: the service failed"));
}

TEST(SubAccountCash, ThatIsTooOldIsNotShownThoughTheBalanceIs) {
  World world = world_of("m1");
  world.trouble = broken_later;
  world.run_for(minutes(160));
  const AccountResults shown = world.views[0]->results.fresh(
      kStart + minutes(160), [](Collector) { return std::chrono::seconds(minutes(150)); });
  EXPECT_FALSE(shown.sub_account_cash);
  EXPECT_TRUE(shown.balance);
}

TEST(SubAccountCash, OfOneThatIsUnreadableLeavesTheOthersAndFailsThePoll) {
  World world = world_of("m1, m2");
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "orders") return std::nullopt;
    return members_cash("row m1 much\nrow m2 7\n");
  };
  EXPECT_FALSE(world.run_once());
  EXPECT_EQ(cash_of(world), "m2=7 CNY");
  EXPECT_EQ(world.views[0]->results.balance->value->cash.to_decimal(), "850.5");
  EXPECT_THAT(world.status(0, Collector::kBalance).last_failure->message, HasSubstr("cash of m1"));
}

TEST(SubAccountCash, IsReadThoughTheAccountsOwnCashIsNot) {
  World world = world_of("m1");
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation == "orders") return members_cash("row m1 12.5\n");
    return refuse(403, "AccessDenied");
  };
  EXPECT_FALSE(world.run_once());
  EXPECT_EQ(cash_of(world), "m1=12.5 CNY");
  EXPECT_FALSE(world.views[0]->results.balance);
}

TEST(SubAccountCash, OfOneThatIsListedNoMoreIsForgotten) {
  World world = world_of("m1, m2");
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "orders") return std::nullopt;
    if (call.at < minutes(1)) return members_cash("row m1 12.5\nrow m2 7\n");
    return SimulatedReply{};  // hangs
  };
  world.reload_at(minutes(1), config_of("m2"));
  world.run_for(minutes(2));
  EXPECT_EQ(cash_of(world), "");
}

TEST(SubAccountCash, IsRestoredAfterARestartUnlessAnotherListIsConfigured) {
  std::optional<AccountRecord> record;
  World before = world_of("m1");
  before.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "orders") return std::nullopt;
    return members_cash("row m1 12.5\n");
  };
  before.poller().keep_records([&](const AccountRecord& kept) {
    auto read_back = account_record_from_json(to_json(kept));
    ASSERT_TRUE(read_back);
    record = *read_back;
  });
  before.run_for(minutes(1));
  ASSERT_TRUE(record);
  for (const auto& [members, expected] :
       {std::pair("m1", "m1=12.5 CNY"), std::pair("m1, m2", ""), std::pair("m2", "")}) {
    World after = world_of(members, kStart + minutes(5));
    after.trouble = [](const SimulatedCall&) { return SimulatedReply{}; };  // all hang
    after.poller().restore(*record);
    after.run_for(minutes(1));
    EXPECT_EQ(cash_of(after), expected) << members;
  }
}

}  // namespace
}  // namespace cloud_billing::sub_account_cash_test
