#include "core/http_date.h"

#include <array>
#include <chrono>
#include <iomanip>
#include <locale>
#include <sstream>

namespace cloud_billing {
namespace {

constexpr std::chrono::minutes kTolerance{5};

struct Form {
  const char* form;
  std::string_view zone;
};

// The one that servers write, and the two that a reader has to accept beside it.
constexpr std::array kForms{
    Form{"%a, %d %b %Y %H:%M:%S", "GMT"},
    Form{"%A, %d-%b-%y %H:%M:%S", "GMT"},
    Form{"%a %b %d %H:%M:%S %Y", ""},
};

std::optional<UtcSeconds> read_form(std::string_view text, const Form& form) {
  std::istringstream stream{std::string(text)};
  stream.imbue(std::locale::classic());
  std::tm parts{};
  if (!(stream >> std::get_time(&parts, form.form))) return std::nullopt;
  std::string zone;
  stream >> zone;
  if (zone != form.zone) return std::nullopt;
  const std::chrono::year_month_day day(std::chrono::year(parts.tm_year + 1900),
                                        std::chrono::month(static_cast<unsigned>(parts.tm_mon) + 1),
                                        std::chrono::day(static_cast<unsigned>(parts.tm_mday)));
  if (!day.ok()) return std::nullopt;
  return std::chrono::sys_days(day) + std::chrono::hours(parts.tm_hour) +
         std::chrono::minutes(parts.tm_min) + std::chrono::seconds(parts.tm_sec);
}

}  // namespace

std::optional<UtcSeconds> read_http_date(std::string_view text) {
  for (const Form& form : kForms) {
    if (const auto time = read_form(text, form)) return time;
  }
  return std::nullopt;
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
