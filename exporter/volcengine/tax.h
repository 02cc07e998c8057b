#pragma once

// What a row is billed at, with the tax that some sites put on top of what is payable. Pure.

#include "core/amount.h"
#include "json/json_reader.h"

namespace cloud_billing::volcengine {

struct BilledParts {
  OptionalAmount payable{};
  OptionalAmount tax{};      // nothing counts as 0
  OptionalAmount posttax{};  // the sum of both, where the row carries it: then it counts
};

// Why there is none, or nothing. It is not guessed from other amounts: bills that are not settled
// show what is payable as 0.
[[nodiscard]] inline JsonProblem read_billed(const BilledParts& parts, Amount& billed) {
  if (!parts.posttax && !parts.payable) return "missing";
  billed = parts.posttax ? *parts.posttax : *parts.payable;
  if (parts.posttax || !parts.tax || billed.add(*parts.tax)) return {};
  return describe(AmountError::kOverflow);
}

}  // namespace cloud_billing::volcengine
