#pragma once

// Hashes that stand in for chance: the same inputs give the same bill on every machine. Pure.

#include <cstdint>
#include <string_view>

namespace simulator {

// The finalizer of splitmix64 over both inputs.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a + 0x9e3779b97f4a7c15ULL * (b + 1);
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31U);
}

// FNV-1a.
[[nodiscard]] constexpr std::uint64_t hash_text(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  return hash;
}

// One value in [0, bound), drawn from a hash for one purpose.
[[nodiscard]] constexpr std::uint64_t draw(std::uint64_t hash, std::uint64_t purpose,
                                           std::uint64_t bound) {
  return mix(hash, purpose) % bound;
}

}  // namespace simulator
