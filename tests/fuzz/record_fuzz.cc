// A state file of any bytes is a record or none. One that is read is written as it is read, and an
// account that is restored from it is shown as any other is, whatever it says.

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accounts/account_record.h"
#include "baidu/provider.h"
#include "core/utf8.h"
#include "exposition/exposition.h"
#include "polling/account_restore.h"
#include "polling/account_state.h"
#include "tests/accounts/any_record.h"
#include "tests/fuzz/text_targets.h"

namespace cloud_billing {
namespace {

// 2026-11-23T04:00:00Z
constexpr UtcSeconds kRestart{std::chrono::seconds(1795406400)};

std::shared_ptr<const Config> polled() {
  static const auto config = [] {
    auto made = std::make_shared<Config>();
    AccountConfig& account = made->accounts.emplace_back();
    account.name = "prod";
    account.provider = &baidu::provider().facts();
    account.collectors.assign(kAllCollectors.begin(), kAllCollectors.end());
    account.settings = account.provider->default_settings();
    return made;
  }();
  return config;
}

// Every collector of an account, as it is before the first poll.
AccountState new_account() {
  AccountState account(0, polled(), baidu::provider(), SteadyTime());
  if (account.collectors.empty()) {
    for (const Collector collector : account.account().collectors) {
      account.add_collector(collector, SteadyTime());
    }
  }
  return account;
}

void require_series(const std::string& text) {
  require_equal(replace_ill_formed_utf8(text), text, "what is shown is well-formed");
  require(text.ends_with('\n'), "the last line ends");
  require(text.find("\n\n") == text.npos, "no line is empty");
}

void show_restored(AccountRecord record) {
  AccountState account = new_account();
  const WallTime wall = kRestart;
  const SteadyTime now{std::chrono::hours(1)};
  restore_account(account, record, wall, now);

  // The same again, now that it is of this account and grouped as it is now.
  const AccountRecord own = make_record(new_account(), wall, now);
  record.identity = own.identity;
  record.grouping = own.grouping;
  record.orders_window = own.orders_window;
  restore_account(account, std::move(record), wall, now);
  for (const CollectorState& collector : account.collectors) {
    require(collector.due <= now + collector.interval, "no wait is longer than an interval");
  }
  Snapshot shown;
  shown.config = polled();
  shown.now = kRestart;
  shown.config_loaded_at = kRestart;
  shown.accounts = {account.make_view(wall, now)};
  require_series(render_exposition(shown));
  require(next_change_after(shown) > kRestart, "the next change is yet to come");

  const AccountRecord again = make_record(account, wall, now);
  const auto read = account_record_from_json(to_json(again));
  require(read.ok(), "what is written of it can be read");
}

void read_record_text(std::string_view bytes) {
  auto record = account_record_from_json(bytes);
  if (!record) return require_message(record.error().message);
  const std::string text = to_json(*record);
  const auto again = account_record_from_json(text);
  require(again.ok(), "a record that is written can be read");
  require_equal(to_json(*again), text, "and is the same record");
  show_restored(std::move(*record));
}

}  // namespace

std::vector<FuzzTarget> record_targets() {
  std::vector<std::string> seeds{to_json(make_record(new_account(), kRestart, SteadyTime()))};
  for (unsigned seed = 0; seed < 8; ++seed) {
    AccountRecord record = AnyRecord(seed).make();
    record.identity = "x";
    seeds.push_back(to_json(record));
  }
  return {{"state_record", read_record_text, std::move(seeds)}};
}

}  // namespace cloud_billing
