#pragma once

// AmountPrefix: the short amount that a text begins with, whatever follows it. For readers of
// formats whose numbers end where another character begins, such as JSON; a text that is all amount
// is for Amount::parse(). Pure, any thread.

#include <cstddef>
#include <string_view>

#include "core/amount.h"

namespace cloud_billing {

struct AmountPrefix {
  Amount amount;
  std::size_t length = 0;  // of its text; 0: the text does not begin with such an amount

  // -?digits[.digits] with at most 18 digits.
  [[nodiscard]] static AmountPrefix of(std::string_view text);
};

}  // namespace cloud_billing
