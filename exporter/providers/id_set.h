#pragma once

// The ids of rows that were read, as 64-bit hashes in one flat table: 22 bytes an id at most, 32
// while it grows, so that a bill of hundreds of thousands of rows stays small. Two ids of a million
// have the same hash by chance only, once in 10^7 bills. One thread.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace cloud_billing {

class IdSet {
 public:
  // False if it is in already.
  [[nodiscard]] bool insert(std::uint64_t hash) {
    if (4 * (size_ + 1) > 3 * slots_.size()) grow();
    if (!place(hash == kEmpty ? kInsteadOfEmpty : hash)) return false;
    ++size_;
    return true;
  }

  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  static constexpr std::uint64_t kEmpty = 0;
  static constexpr std::uint64_t kInsteadOfEmpty = 1;
  static constexpr std::size_t kFirstSlots = 1024;  // a power of two

  [[nodiscard]] bool place(std::uint64_t hash) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash & mask;
    for (; slots_[slot] != kEmpty; slot = (slot + 1) & mask) {
      if (slots_[slot] == hash) return false;
    }
    slots_[slot] = hash;
    return true;
  }

  void grow() {
    const std::vector<std::uint64_t> old = std::exchange(
        slots_, std::vector<std::uint64_t>(slots_.empty() ? kFirstSlots : 2 * slots_.size()));
    for (const std::uint64_t hash : old) {
      if (hash != kEmpty) static_cast<void>(place(hash));
    }
  }

  std::vector<std::uint64_t> slots_;
  std::size_t size_ = 0;
};

}  // namespace cloud_billing
