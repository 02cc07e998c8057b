#pragma once

// What makes the days of an account differ: weekends, seasons, episodes, purchases on a day, and
// the day on which it began. An account without a life costs the same on each day. Pure values.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "calendar.h"
#include "money.h"

namespace simulator {

// Some days, both inclusive, on which resources cost another share of what they cost otherwise.
struct Episode {
  Date first;
  Date last;
  std::optional<std::size_t> service;  // all of them if absent
  int percent = 100;
};

struct Purchase {
  Date day;
  std::size_t service = 0;
  Money price;  // negative: paid back
};

struct Life {
  Date first_day;                                              // before it there is no row
  std::array<int, 7> week{100, 100, 100, 100, 100, 100, 100};  // per cent, Monday first
  std::array<int, 12> year{100, 100, 100, 100, 100, 100,
                           100, 100, 100, 100, 100, 100};  // per cent, January first
  int noise = 0;  // per cent by which a service's day may be off in either direction
  std::vector<Episode> episodes;
  std::vector<Purchase> purchases;  // by day
};

// What a resource of the service costs on a day, in per cent of its price.
[[nodiscard]] std::int64_t percent_of_day(const Life& life, std::size_t service, Date day);

// Those of the days on which the account existed; {1, 0} if it did on none.
[[nodiscard]] DayRange lived_days(const Life& life, Month month, DayRange days);

// Places in `purchases` of those made on these days.
struct PurchaseRange {
  std::size_t first = 0;
  std::size_t count = 0;
};
[[nodiscard]] PurchaseRange purchases_on(const Life& life, Month month, DayRange days);

// The sum of what `cost(percent)` says of each of the days.
template <typename Amounts, typename Cost>
[[nodiscard]] Amounts add_up_days(const Life& life, std::size_t service, Month month, DayRange days,
                                  const Cost& cost) {
  Amounts sum;
  for (int day = days.first; day <= days.last; ++day) {
    const Date date = month / std::chrono::day{static_cast<unsigned>(day)};
    sum += cost(percent_of_day(life, service, date));
  }
  return sum;
}

}  // namespace simulator
