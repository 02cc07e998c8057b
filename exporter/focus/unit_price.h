#pragma once

// The price of one unit as a bill's row tells it, if it can be believed. Pure, any thread.

#include <optional>
#include <string_view>

#include "core/amount.h"

namespace cloud_billing {

// A price, and what a quantity comes to at it.
class PricedQuantity {
 public:
  // Nothing if `price` is no decimal of at most 18 digits, or if the product is too large.
  [[nodiscard]] static std::optional<PricedQuantity> of(std::string_view price, Amount quantity);

  // The price, if it is this cost's: the product is as near to it as one unit of its last digit,
  // which is a cent if it has fewer. A cost of 0 may be free: then the product has to be 0.
  [[nodiscard]] OptionalAmount price_of(Amount cost) const;

 private:
  PricedQuantity(Amount price, Amount product) : price_(price), product_(product) {}

  Amount price_;
  Amount product_;
};

}  // namespace cloud_billing
