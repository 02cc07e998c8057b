#pragma once

// The budgets that an account has with its cloud. Pure.

#include <string>
#include <vector>

#include "company.h"
#include "money.h"

namespace simulator {

struct Budget {
  std::string id;
  std::string name;
  std::string period;    // month, quarter or year
  std::string currency;  // empty: not told
  Money amount;
  Money actual;
};

// Every fifth has the name of the one before it. Of seven, one is in USD. None is used up,
// but the first of an account that runs out.
[[nodiscard]] std::vector<Budget> list_budgets(const Account& account);

}  // namespace simulator
