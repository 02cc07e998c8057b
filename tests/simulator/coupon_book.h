#pragma once

// The coupons of an account, of every status. Computed on demand: days are counted from today.
// Pure.

#include <string>
#include <vector>

#include "calendar.h"
#include "company.h"
#include "money.h"

namespace simulator {

struct Coupon {
  std::string id;
  int status = 2;  // 1 pending, 2 effective, 3 expired, 4 used, 5 void
  Money total;
  Money remaining;
  Moment begin;
  Moment expires;

  [[nodiscard]] bool counts() const { return status == 2 && remaining.units > 0; }
};

// The first one is effective and ends in 20 days. Of five, two are not effective; of seven, one has
// nothing left.
[[nodiscard]] std::vector<Coupon> list_coupons(const Account& account, Date today);

}  // namespace simulator
