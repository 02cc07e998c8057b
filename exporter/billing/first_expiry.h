#pragma once

// When the first of several things ends that run out, such as coupons. A value, one thread at a
// time.

#include <algorithm>
#include <cstddef>
#include <optional>

#include "core/calendar.h"

namespace cloud_billing {

class FirstExpiry {
 public:
  FirstExpiry() = default;
  // As it was before.
  FirstExpiry(std::optional<UtcSeconds> earliest, std::size_t undated)
      : earliest_(earliest), undated_(undated) {}

  void add(UtcSeconds at) { earliest_ = std::min(earliest_.value_or(at), at); }
  // One whose end could not be read: it may be the first.
  void add_undated() { ++undated_; }

  void merge(const FirstExpiry& other) {
    if (other.earliest_) add(*other.earliest_);
    undated_ += other.undated_;
  }

  // Nothing if none ends, or if it is not known which is the first.
  [[nodiscard]] std::optional<UtcSeconds> at() const {
    return undated_ == 0 ? earliest_ : std::nullopt;
  }
  // Of those whose end is known.
  [[nodiscard]] const std::optional<UtcSeconds>& earliest() const { return earliest_; }
  [[nodiscard]] std::size_t undated() const { return undated_; }

 private:
  std::optional<UtcSeconds> earliest_;
  std::size_t undated_ = 0;
};

}  // namespace cloud_billing
