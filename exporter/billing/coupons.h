#pragma once

// What an account has in coupons: those that are effective and have something left. A value; it is
// immutable once it belongs to the account's view.

#include <cstddef>
#include <functional>
#include <map>
#include <string>

#include "billing/first_expiry.h"
#include "core/amount.h"

namespace cloud_billing {

struct Coupons {
  std::size_t count = 0;
  // What is left, by currency. The account's own is always there, 0 without a coupon.
  std::map<std::string, Amount, std::less<>> balances;
  FirstExpiry first_expiry;
};

}  // namespace cloud_billing
