#pragma once

// The things polled per account, in the words of the configuration and of the label `collector`.

#include <array>
#include <optional>
#include <string_view>

namespace cloud_billing {

enum class Collector {
  kBalance,
  kBills,
  kOrders,
  kHistory,
  kAmortization,
  kCoupons,
  kPackages,
  kBudgets,
  kRenewals
};

inline constexpr std::array kAllCollectors{
    Collector::kBalance,  Collector::kBills,        Collector::kOrders,
    Collector::kHistory,  Collector::kAmortization, Collector::kCoupons,
    Collector::kPackages, Collector::kBudgets,      Collector::kRenewals};

[[nodiscard]] constexpr std::string_view collector_name(Collector collector) {
  switch (collector) {
    case Collector::kBalance:
      return "balance";
    case Collector::kBills:
      return "bills";
    case Collector::kOrders:
      return "orders";
    case Collector::kHistory:
      return "history";
    case Collector::kAmortization:
      return "amortization";
    case Collector::kCoupons:
      return "coupons";
    case Collector::kPackages:
      return "packages";
    case Collector::kBudgets:
      return "budgets";
    case Collector::kRenewals:
      break;
  }
  return "renewals";
}

[[nodiscard]] constexpr std::optional<Collector> collector_from_name(std::string_view name) {
  for (const Collector collector : kAllCollectors) {
    if (collector_name(collector) == name) return collector;
  }
  return std::nullopt;
}

}  // namespace cloud_billing
