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
  switch (measure) {
    case Measure::kBilledCost:
      return "billed_cost";
    case Measure::kListCost:
      return "list_cost";
    case Measure::kPaidAmount:
      return "paid_amount";
    case Measure::kUnpaidAmount:
      return "unpaid_amount";
    case Measure::kCouponAmount:
      return "coupon_amount";
    case Measure::kDiscountAmount:
      break;
  }
  return "discount_amount";
}

[[nodiscard]] constexpr std::optional<Measure> measure_from_name(std::string_view name) {
  for (const Measure measure : kAllMeasures) {
    if (measure_name(measure) == name) return measure;
  }
  return std::nullopt;
}

}  // namespace cloud_billing
