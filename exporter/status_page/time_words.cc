#include "status_page/time_words.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace cloud_billing {

std::string china_time_text(UtcSeconds time) {
  const std::string text = utc_text(time + kBillingUtcOffset);  // "2026-11-25T11:40:05Z"
  return text.substr(0, 10) + " " + text.substr(11, 8);
}

std::string month_words(BillingMonth month) {
  constexpr std::array<std::string_view, 12> kNames{
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const BillingDay first = billing_day_at(month.start());
  return std::string(kNames[static_cast<unsigned>(first.month()) - 1]) + " " +
         std::to_string(static_cast<int>(first.year()));
}

std::string duration_words(std::chrono::seconds duration) {
  struct Unit {
    std::int64_t seconds;
    std::int64_t until;  // the unit is used below so many of it
    std::string_view words;
  };
  constexpr std::array<Unit, 4> kUnits{
      {{1, 100, " s"}, {60, 100, " min"}, {3600, 48, " h"}, {86400, 0, " days"}}};
  const std::int64_t count = std::max<std::int64_t>(duration.count(), 0);
  for (const Unit& unit : kUnits) {
    const std::int64_t units = count / unit.seconds;
    if (units < unit.until || unit.until == 0) return std::to_string(units).append(unit.words);
  }
  return {};
}

}  // namespace cloud_billing
