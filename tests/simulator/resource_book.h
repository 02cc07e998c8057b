#pragma once

// What an account has paid for in advance, and when it ends. Computed on demand: days are counted
// from today. Pure.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "calendar.h"
#include "company.h"

namespace simulator {

struct Resource {
  std::uint64_t hash = 0;
  std::string id;
  std::string service;
  std::string region;  // Baidu's; some have none
  bool auto_renew = false;
  Moment expires;
};

// Whether resources of this service of Baidu's can be renewed automatically, so that there is a
// list of them. Others can be bought in advance all the same.
[[nodiscard]] bool can_auto_renew(std::string_view service);

// They end at the end of a day of China, from three days ago until more than 90 days from now. Of a
// demo account, those that end within a week are renewed automatically, but for the first resource
// of one that runs out, which ends in five days.
[[nodiscard]] std::vector<Resource> list_resources(const Account& account, Date today);

}  // namespace simulator
