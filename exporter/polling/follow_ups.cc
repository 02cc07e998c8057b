#include "polling/follow_ups.h"

#include <chrono>
#include <memory>
#include <utility>

#include "polling/poll_log.h"

namespace cloud_billing {
namespace {

// What comes is shown no more often: each time costs rendering, and a state file.
constexpr std::chrono::seconds kShowEvery{5};

}  // namespace

void FollowUps::begin(AccountState& account, CollectorState& collector) {
  FollowUp& follow_up = collector.follow_up;
  if (follow_up.run) return;
  follow_up.failure.reset();
  follow_up.read = 0;
  follow_up.shown = clock_.steady();
  if (ask_next(account, collector)) ++going_on_;
}

bool FollowUps::go_on(AccountState& account, CollectorState& collector, bool brought) {
  FollowUp& follow_up = collector.follow_up;
  const std::unique_ptr<CollectorRun> ended = std::move(follow_up.run);
  if (!brought) end(account, follow_up, ended->shortfall());
  if (brought) ++follow_up.read;
  --going_on_;  // until there is a question again
  if (!brought || !ask_next(account, collector)) return true;
  ++going_on_;
  if (clock_.steady() - follow_up.shown < kShowEvery) return false;
  follow_up.shown = clock_.steady();
  return true;
}

void FollowUps::abandon(CollectorState& collector) {
  if (!collector.follow_up.run) return;
  dispatcher_.abandon(collector.follow_up);
  collector.follow_up.run.reset();
  --going_on_;
}

void FollowUps::fail(const AccountState& account, CollectorState& collector,
                     const Failure& failure) {
  if (!collector.follow_up.run) return;
  abandon(collector);
  end(account, collector.follow_up, CollectorRun::Shortfall{"", "", failure});
}

// False if there is nothing to send: all is known, or a cloud that cannot be asked has said so.
bool FollowUps::ask_next(AccountState& account, CollectorState& collector) {
  FollowUp& follow_up = collector.follow_up;
  while (true) {
    const UtcSeconds now = seconds_of(clock_.wall());
    auto run = std::make_unique<CollectorRun>(clock_.wall(), clock_.steady());
    if (!collector.kind->follow_up(account, *run, now)) {
      if (follow_up.read > 0) end(account, follow_up, std::nullopt);
      return false;
    }
    const RunLeg& leg = run->legs().front();
    if (!leg.conversation->finished()) {
      follow_up.run = std::move(run);
      follow_up.run_config = account.config;
      dispatcher_.look_at(account);
      return true;
    }
    if (!leg.store(now)) {
      end(account, follow_up, run->shortfall());
      return false;
    }
    ++follow_up.read;
  }
}

void FollowUps::end(const AccountState& account, FollowUp& follow_up,
                    const std::optional<CollectorRun::Shortfall>& shortfall) {
  const UtcSeconds now = seconds_of(clock_.wall());
  if (shortfall) {
    follow_up.failure = PollFailure{shortfall->failure.reason, shortfall->failure.message, now};
  }
  log_follow_up({account, follow_up.read, shortfall, now});
}

}  // namespace cloud_billing
