#pragma once

// Amounts for people to read. Pure, any thread.

#include <optional>
#include <string>

#include "core/amount.h"

namespace cloud_billing {

// "-1,234.50678": exact, thousands separated, two decimals at least.
[[nodiscard]] std::string exact_money_text(Amount amount);

// Rounded to two decimals, half away from zero; exact if that would show nothing of it.
[[nodiscard]] std::string money_text(Amount amount);

// `part` as a share of `whole`, for bars and percentages only, so a double will do; nothing if
// `whole` is not positive.
[[nodiscard]] std::optional<double> share_of(Amount part, Amount whole);

}  // namespace cloud_billing
