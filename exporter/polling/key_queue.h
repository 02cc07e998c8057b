#pragma once

// An access key's way to the cloud: its pace and the collectors that take turns on it, over all
// accounts that share it. Kept by the dispatcher, on the poller's thread.

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "polling/account_state.h"
#include "polling/rate_limiter.h"
#include "system/clock.h"

namespace cloud_billing {

// Which of a collector's runs a request is of.
enum class RequestKind { kPoll, kFollowUp };
inline constexpr std::size_t kRequestKinds = 2;

struct KeyQueue {
  RateLimiter limiter;
  std::vector<std::pair<AccountState*, CollectorState*>> turns;
  std::size_t next_turn = 0;
  int polls_in_a_row = 0;  // their requests since one of a follow-up, the dispatcher's

  // Where it stands in the agenda (send_agenda.h).
  std::optional<std::pair<SteadyTime, std::uint64_t>> due;
  std::array<std::optional<std::uint64_t>, kRequestKinds> waits_for_room;  // by RequestKind
};

using KeyQueues = std::map<std::string, KeyQueue>;  // by provider and access key id

// The queues of these accounts, each of which is told its own. The pace goes on if a key was there
// before; one that is gone keeps its pace while that could matter to a key that comes back.
[[nodiscard]] KeyQueues form_key_queues(std::list<AccountState>& accounts, const KeyQueues& before,
                                        SteadyTime now);

}  // namespace cloud_billing
