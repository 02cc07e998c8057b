#pragma once

// The resource packages of an account, of every type and status. Computed on demand: days are
// counted from today. Pure.

#include <optional>
#include <string>
#include <vector>

#include "calendar.h"
#include "company.h"
#include "money.h"

namespace simulator {

struct Package {
  std::string id;
  std::string type = "Package";  // or RI, RSC
  std::string status = "Effective";
  std::string product;
  std::string unit;
  std::optional<Money> total;  // of reserved instances nothing is told
  std::optional<Money> available;
  Moment effective;
  Moment expires;
};

// Of ten, two are reserved instances, one is of another type, one is used up, one not yet
// effective. More than a tenth is left of each effective one.
[[nodiscard]] std::vector<Package> list_packages(const Account& account, Date today);

}  // namespace simulator
