#pragma once

// When an entry of a list ends. Pure, any thread.

#include <optional>
#include <string_view>

#include "billing/first_expiry.h"
#include "core/calendar.h"
#include "providers/iso_time.h"

namespace cloud_billing::volcengine {

struct Expiry {
  std::optional<UtcSeconds> at;
  bool is_never = false;  // else without `at`: it cannot be read
};

// A year of 9999 stands for no end.
[[nodiscard]] inline Expiry read_expiry(std::string_view text) {
  return {read_iso_time(text), text.starts_with("9999-")};
}

// What ends at this time has ended.
[[nodiscard]] inline bool has_ended(const Expiry& expiry, UtcSeconds now) {
  return expiry.at && *expiry.at <= now;
}

inline void add(FirstExpiry& first, const Expiry& expiry) {
  if (expiry.at) {
    first.add(*expiry.at);
  } else if (!expiry.is_never) {
    first.add_undated();
  }
}

}  // namespace cloud_billing::volcengine
