#pragma once

// The sites on which Volcengine's billing API stands: Volcengine's own and BytePlus, which serves
// the world outside China. Operations, signature and rows are the same; what differs is a Site,
// which whoever asks or reads a bill is given. Facts: docs.byteplus.com/en/docs/byteplus-platform.
// Constants.

#include <algorithm>
#include <span>

#include "core/calendar.h"
#include "providers/operation.h"
#include "volcengine/operations.h"

namespace cloud_billing::volcengine {

struct Site {
  BillingZone zone;                       // of its months and days, and of the times in its bills
  bool adds_tax = false;                  // to what is payable: both together are what is billed
  bool speaks_english = false;            // its console does
  std::span<const Operation> operations;  // sent to it, in the order of kOperations

  // Its row for an operation, which every site has.
  [[nodiscard]] const Operation& own_row(const Operation& row) const {
    return *std::ranges::find(operations, row.label, &Operation::label);
  }
};

inline constexpr Site kVolcengineSite{.zone = kChinaTime, .operations = kOperations};
inline constexpr Site kByteplusSite{
    .zone = kUtc, .adds_tax = true, .speaks_english = true, .operations = kByteplusOperations};

}  // namespace cloud_billing::volcengine
