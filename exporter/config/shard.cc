#include "config/shard.h"

namespace cloud_billing {
namespace {

std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001B3;
  }
  return hash;
}

}  // namespace

std::uint64_t shard_score(std::string_view account, std::size_t index) {
  std::uint64_t z = fnv1a(account) + 0x9E3779B97F4A7C15 * (index + 1);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

std::size_t shard_of(std::string_view account, std::size_t count) {
  std::size_t best = 0;
  for (std::size_t index = 1; index < count; ++index) {
    if (shard_score(account, index) > shard_score(account, best)) best = index;
  }
  return best;
}

Config keep_share(Config config, Shard shard) {
  std::erase_if(config.accounts, [&](const AccountConfig& account) {
    if (shard_of(account.name, shard.count) == shard.index) return false;
    ++config.other_shards.accounts;
    for (const auto& [name, value] : account.labels) config.other_shards.label_names.insert(name);
    config.other_shards.providers.emplace(account.provider->name, account.provider->billing_zone);
    return true;
  });
  return config;
}

std::string to_text(Shard shard) {
  return std::to_string(shard.index) + " of " + std::to_string(shard.count);
}

}  // namespace cloud_billing
