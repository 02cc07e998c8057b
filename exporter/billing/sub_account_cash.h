#pragma once

// The cash of an account's sub-accounts, as the account's own key is told it. A value; it is
// immutable once it belongs to the account's view.

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "core/amount.h"
#include "core/failure.h"

namespace cloud_billing {

struct SubAccountCash {
  std::string currency;
  // By the cloud's id of the sub-account. Of one that is not here nothing is known.
  std::map<std::string, Amount, std::less<>> balances;
  // Why some that were told could not be read; only until the poll has told it.
  std::optional<Failure> failure{};

  // Adds those of further sub-accounts. Always true: nothing is added up.
  bool merge(SubAccountCash further) {
    balances.merge(further.balances);
    if (!failure) failure = further.failure;
    return true;
  }
};

}  // namespace cloud_billing
