#pragma once

// A unit price is told only if it is the price that the row was charged at. Pure, any thread.

#include <string_view>

#include "core/amount.h"

namespace cloud_billing {

// The price that `text` is, if so many units at it cost this, within one unit of the cost's last
// digit (cents at least); else nothing.
[[nodiscard]] OptionalAmount read_unit_price(std::string_view text, Amount quantity, Amount cost);

}  // namespace cloud_billing
