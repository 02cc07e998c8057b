#include "life.h"

#include <algorithm>

#include "deterministic.h"

namespace simulator {
namespace {

Date date_of(Month month, int day) { return month / std::chrono::day{static_cast<unsigned>(day)}; }

std::int64_t off_by_chance(int noise, std::size_t service, Date day) {
  if (noise == 0) {
    return 0;
  }
  const auto number =
      static_cast<std::uint64_t>(std::chrono::sys_days{day}.time_since_epoch().count());
  return static_cast<std::int64_t>(
             draw(number, service, 2 * static_cast<std::uint64_t>(noise) + 1)) -
         noise;
}

}  // namespace

std::int64_t percent_of_day(const Life& life, std::size_t service, Date day) {
  const std::chrono::weekday weekday{std::chrono::sys_days{day}};
  std::int64_t percent = std::int64_t{life.week[weekday.iso_encoding() - 1]} *
                         life.year[static_cast<unsigned>(day.month()) - 1] / 100;
  for (const Episode& episode : life.episodes) {
    if (episode.first <= day && day <= episode.last &&
        episode.service.value_or(service) == service) {
      percent = percent * episode.percent / 100;
    }
  }
  return percent * (100 + off_by_chance(life.noise, service, day)) / 100;
}

DayRange lived_days(const Life& life, Month month, DayRange days) {
  while (days.first <= days.last && date_of(month, days.first) < life.first_day) {
    ++days.first;
  }
  return days.first <= days.last ? days : DayRange{1, 0};
}

PurchaseRange purchases_on(const Life& life, Month month, DayRange days) {
  if (days.count() <= 0) {
    return {};
  }
  const auto begin =
      std::lower_bound(life.purchases.begin(), life.purchases.end(), date_of(month, days.first),
                       [](const Purchase& purchase, Date day) { return purchase.day < day; });
  const auto end =
      std::upper_bound(begin, life.purchases.end(), date_of(month, days.last),
                       [](Date day, const Purchase& purchase) { return day < purchase.day; });
  return {static_cast<std::size_t>(begin - life.purchases.begin()),
          static_cast<std::size_t>(end - begin)};
}

}  // namespace simulator
