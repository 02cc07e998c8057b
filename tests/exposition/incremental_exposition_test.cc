#include "exposition/incremental_exposition.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "exposition/metric_table.h"
#include "tests/exposition/changing_accounts.h"
#include "tests/exposition/scene.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;

TEST(IncrementalExposition, GivesWhatRenderingEverythingGivesWhateverChanges) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    SCOPED_TRACE(seed);
    ChangingAccounts accounts(seed);
    for (int step = 0; step < 100; ++step) {
      accounts.step();
      accounts.check();
      if (HasFatalFailure()) return;
    }
  }
}

std::size_t index_of(const Snapshot& input, const AccountView& view) {
  return static_cast<std::size_t>(view.config.get() - input.config->accounts.data());
}

std::vector<NewView> all_views(const Snapshot& input) {
  std::vector<NewView> views;
  for (const auto& view : input.accounts) views.push_back({index_of(input, *view), view});
  return views;
}

// A scene that is shown, to which something happens.
struct ShownScene {
  void show(const Snapshot& shown) {
    exposition.show_config(shown.config);
    exposition.update(shown, all_views(shown), kNoon);
  }
  void show(std::shared_ptr<const AccountView> view) {
    exposition.update(input, {{index_of(input, *view), view}}, kNoon);
  }

  ExpositionScene scene = full_scene();
  Snapshot input = scene.input();
  IncrementalExposition exposition{input.providers};
  Families before = (show(input), exposition.share());
};

TEST(IncrementalExposition, OfAnAccountThatChangedWritesOnlyWhatShowsIt) {
  ShownScene shown;
  auto changed = std::make_shared<AccountView>(*shown.input.accounts[0]);
  Balance balance = *changed->results.balance->value;
  balance.available = amount("12345");
  changed->results.balance = read(balance);
  shown.show(changed);
  const Families after = shown.exposition.share();

  std::set<std::string> others;
  for (std::size_t row = 0; row < after.size(); ++row) {
    if (after[row] != shown.before[row]) others.insert(metric_table()[row].head.name);
  }
  EXPECT_EQ(others, (std::set<std::string>{"cloud_billing_available_balance",
                                           "cloud_billing_balance_runway_seconds"}));
}

TEST(IncrementalExposition, WhenThePollsAreNextDueIsNoChange) {
  ShownScene shown;
  auto changed = std::make_shared<AccountView>(*shown.input.accounts[0]);
  changed->collectors.front().next_poll = kNoon + hours(1);
  shown.show(changed);
  EXPECT_TRUE(shown.exposition.share() == shown.before);
}

TEST(IncrementalExposition, AReloadThatChangesNothingKeepsAllBytes) {
  ShownScene shown;
  shown.show(shown.scene.input());
  EXPECT_TRUE(shown.exposition.share() == shown.before);
}

}  // namespace
}  // namespace cloud_billing
