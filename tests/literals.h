#pragma once

// Values of the house written as text, for tests. What cannot be read throws.

#include <string_view>

#include "core/amount.h"

namespace cloud_billing {

inline Amount amount(std::string_view text) { return Amount::parse(text).value(); }

}  // namespace cloud_billing
