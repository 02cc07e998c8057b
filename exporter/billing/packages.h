#pragma once

// The resource packages of an account that are effective: what was bought for a service, and what
// is left of it. A value; it is immutable once it belongs to the account's view.

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "billing/first_expiry.h"
#include "core/amount.h"

namespace cloud_billing {

// Amounts of different units are never added.
struct PackageKey {
  std::string service_type;
  std::string unit;  // as the cloud writes it; empty if it does not say
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a null pointer in it
  friend auto operator<=>(const PackageKey&, const PackageKey&) = default;
};

struct PackageSums {
  Amount total;
  Amount available;
  bool is_known = true;  // every package of the key tells both

  // The part that is left; nothing if it is not known, or the total is not above 0.
  [[nodiscard]] std::optional<double> remaining_ratio() const {
    if (!is_known || total <= Amount()) return std::nullopt;
    return nearest_double(available) / nearest_double(total);
  }
};

struct Packages {
  std::size_t count = 0;
  std::map<PackageKey, PackageSums> sums;
  std::map<std::string, FirstExpiry> first_expiries;  // by service
};

}  // namespace cloud_billing
