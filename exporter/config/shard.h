#pragma once

// Which accounts a process polls if several processes share one configuration: rendezvous
// hashing of the account's name. Every shard has a score for the name and the highest polls it, so
// that a shard that comes or goes moves only its own accounts. The score is a promise: processes of
// different versions must agree on it. Pure.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "config/config.h"

namespace cloud_billing {

struct Shard {
  std::size_t index = 0;  // below count
  std::size_t count = 1;
};

// The output number `index` of SplitMix64 that is seeded with the FNV-1a (64 bits) of the name.
[[nodiscard]] std::uint64_t shard_score(std::string_view account, std::size_t index);

// The index of the shard, of so many, that polls the account.
[[nodiscard]] std::size_t shard_of(std::string_view account, std::size_t count);

// Without the accounts that other shards poll.
[[nodiscard]] Config keep_share(Config config, Shard shard);

[[nodiscard]] std::string to_text(Shard shard);  // "1 of 3"

}  // namespace cloud_billing
