#include "core/http_date.h"

#include <chrono>
#include <iomanip>
#include <locale>
#include <sstream>

namespace cloud_billing {
namespace {

constexpr std::chrono::minutes kTolerance{5};

}  // namespace

std::optional<UtcSeconds> read_http_date(std::string_view text) {
  std::istringstream stream{std::string(text)};
  stream.imbue(std::locale::classic());
  std::tm parts{};
  stream >> std::get_time(&parts, "%a, %d %b %Y %H:%M:%S");
  std::string zone;
  if (!(stream >> zone) || zone != "GMT") return std::nullopt;
  const std::chrono::year_month_day day(std::chrono::year(parts.tm_year + 1900),
                                        std::chrono::month(static_cast<unsigned>(parts.tm_mon) + 1),
                                        std::chrono::day(static_cast<unsigned>(parts.tm_mday)));
  if (!day.ok()) return std::nullopt;
  return std::chrono::sys_days(day) + std::chrono::hours(parts.tm_hour) +
         std::chrono::minutes(parts.tm_min) + std::chrono::seconds(parts.tm_sec);
}

std::string explain_clock_difference(std::string_view date, UtcSeconds here) {
  const std::optional<UtcSeconds> server = read_http_date(date);
  if (!server) return {};
  const auto ahead = here - *server;
  const auto difference = std::chrono::abs(ahead);
  if (difference <= kTolerance) return {};
  const auto minutes = std::chrono::floor<std::chrono::minutes>(difference);
  return "this host's clock is " + std::to_string(minutes.count()) + " minutes " +
         (ahead.count() > 0 ? "ahead of" : "behind") + " the server's";
}

}  // namespace cloud_billing
