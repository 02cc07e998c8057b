#pragma once

// The things polled per account, in the words of the configuration and of the label `collector`.

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace cloud_billing {

enum class Collector { kBalance, kBills, kOrders };

inline constexpr std::array kAllCollectors{Collector::kBalance, Collector::kBills,
                                           Collector::kOrders};

[[nodiscard]] constexpr std::string_view collector_name(Collector collector) {
  constexpr std::array<std::string_view, kAllCollectors.size()> names{"balance", "bills", "orders"};
  return names[static_cast<std::size_t>(collector)];
}

[[nodiscard]] constexpr std::optional<Collector> collector_from_name(std::string_view name) {
  for (const Collector collector : kAllCollectors) {
    if (collector_name(collector) == name) return collector;
  }
  return std::nullopt;
}

}  // namespace cloud_billing
