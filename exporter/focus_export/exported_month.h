#pragma once

// What a month of an account came to in the file. Values, one thread.

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "core/amount.h"

namespace cloud_billing {

struct ExportedSums {
  Amount billed_cost;
  Amount effective_cost;
  OptionalAmount provider_total;  // nothing if the provider's own total could not be read
};

struct ExportedMonth {
  std::string account;
  std::string month;  // "2026-11"
  std::size_t rows = 0;
  std::map<std::string, ExportedSums, std::less<>> sums;  // by currency
  std::optional<std::string> failure;                     // why the month is not in the file
};

}  // namespace cloud_billing
