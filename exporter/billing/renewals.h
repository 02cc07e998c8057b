#pragma once

// What an account has paid for in advance that ends soon unless it is renewed: how many resources
// end within each window, and when the next one does. Resources that have ended count nowhere, and
// neither do those that end after the last window. A value; it is immutable once it belongs to the
// account's view.

#include <array>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "billing/first_expiry.h"
#include "core/calendar.h"
#include "core/failure.h"

namespace cloud_billing {

struct ExpiryWindow {
  std::string_view name;  // of the label `within`
  std::chrono::days length;
};
// The shortest first; a resource counts in every window that it ends in.
inline constexpr std::array kExpiryWindows{ExpiryWindow{"7d", std::chrono::days(7)},
                                           ExpiryWindow{"30d", std::chrono::days(30)},
                                           ExpiryWindow{"90d", std::chrono::days(90)}};
// How far ahead the clouds are asked.
inline constexpr std::chrono::days kLongestExpiryWindow = kExpiryWindows.back().length;

// Resources that are counted together.
struct RenewalKey {
  std::string service_type;
  std::string region_id;  // empty if the list does not say
  bool auto_renew = false;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a null pointer in it
  friend auto operator<=>(const RenewalKey&, const RenewalKey&) = default;
};

struct ExpiringResources {
  std::array<std::size_t, kExpiryWindows.size()> within{};  // as kExpiryWindows
  FirstExpiry first_expiry;

  // Without resources whose end cannot be read: which windows those are in is not known.
  [[nodiscard]] bool is_known() const { return first_expiry.undated() == 0; }
};

struct Renewals {
  std::map<RenewalKey, ExpiringResources> resources;
  // Services that the configuration lists by name, as they were asked for.
  std::vector<std::string> configured_services{};
  // Of this reading only: services that the cloud was found not to list, "BCC" or "BCC of <id>", if
  // it is a sub-account's.
  std::vector<std::string> unlisted_services{};
  // Of this reading only: the first resource whose end could not be read.
  std::optional<Failure> failure{};

  // A resource that ends then, as seen at `now`.
  void add(const RenewalKey& key, UtcSeconds expiry, UtcSeconds now) {
    if (expiry <= now || expiry > now + kLongestExpiryWindow) return;
    ExpiringResources& group = resources[key];
    group.first_expiry.add(expiry);
    for (std::size_t i = 0; i < kExpiryWindows.size(); ++i) {
      if (expiry <= now + kExpiryWindows[i].length) ++group.within[i];
    }
  }
  void add_undated(const RenewalKey& key) { resources[key].first_expiry.add_undated(); }

  // Always true: it is what sums of conversations ask for.
  [[nodiscard]] bool merge(const Renewals& other) {
    for (const auto& [key, from] : other.resources) {
      ExpiringResources& group = resources[key];
      group.first_expiry.merge(from.first_expiry);
      for (std::size_t i = 0; i < group.within.size(); ++i) group.within[i] += from.within[i];
    }
    unlisted_services.insert(unlisted_services.end(), other.unlisted_services.begin(),
                             other.unlisted_services.end());
    if (!failure) failure = other.failure;
    return true;
  }

  // How many end within the longest window.
  [[nodiscard]] std::size_t count() const {
    std::size_t sum = 0;
    for (const auto& [key, group] : resources) sum += group.within.back();
    return sum;
  }
};

}  // namespace cloud_billing
