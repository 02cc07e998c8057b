#pragma once

// The amounts of a bill row that can be exported, under FOCUS's names
// (FinOps Open Cost and Usage Specification). What each provider puts into them is the provider's
// business.

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace cloud_billing {

enum class Measure {
  kBilledCost,
  kListCost,
  kPaidAmount,
  kUnpaidAmount,
  kCouponAmount,
  kDiscountAmount
};

inline constexpr std::array kAllMeasures{Measure::kBilledCost,   Measure::kListCost,
                                         Measure::kPaidAmount,   Measure::kUnpaidAmount,
                                         Measure::kCouponAmount, Measure::kDiscountAmount};

[[nodiscard]] constexpr std::string_view measure_name(Measure measure) {
  constexpr std::array<std::string_view, kAllMeasures.size()> names{
      "billed_cost",   "list_cost",     "paid_amount",
      "unpaid_amount", "coupon_amount", "discount_amount"};
  return names[static_cast<std::size_t>(measure)];
}

[[nodiscard]] constexpr std::optional<Measure> measure_from_name(std::string_view name) {
  for (const Measure measure : kAllMeasures) {
    if (measure_name(measure) == name) return measure;
  }
  return std::nullopt;
}

}  // namespace cloud_billing
