#include "polling/poll_log.h"

#include <cstdint>
#include <string>

#include "billing/days_total.h"
#include "system/log.h"

namespace cloud_billing {
namespace {

// "CNY 311.5, USD 3"
std::string totals_text(const std::map<std::string, Amount>& totals) {
  std::string text;
  for (const auto& [currency, amount] : totals) {
    text += (text.empty() ? "" : ", ") + currency + ' ' + amount.to_decimal();
  }
  return text;
}

void log_success(const EndedPoll& poll, const std::string& account, const std::string& collector) {
  const double seconds = poll.collector.status.duration_seconds;
  if (poll.is_first_success) {
    const auto digest = poll.collector.kind->digest(poll.account.results, poll.now);
    log_info("first poll succeeded", {{"account", account},
                                      {"collector", collector},
                                      {"rows", std::uint64_t{digest.rows}},
                                      {"seconds", seconds},
                                      {"total", totals_text(digest.totals)}});
  } else {
    log(poll.was_failing ? LogLevel::kInfo : LogLevel::kDebug,
        poll.was_failing ? "poll succeeded again" : "poll succeeded",
        {{"account", account}, {"collector", collector}, {"seconds", seconds}});
  }
}

// Beside each other, as days may come from another of a cloud's books than months.
void log_totals(const AccountState& state) {
  if (!log_enabled(LogLevel::kDebug)) return;
  for (const DaysTotal& total : compare_days(state.results, state.zone())) {
    log_debug("the days of a month and its bill", {{"account", state.account().name},
                                                   {"month", total.month.text()},
                                                   {"currency", total.currency},
                                                   {"days", total.days.to_decimal()},
                                                   {"bill", total.bill.to_decimal()},
                                                   {"difference", total.difference.to_decimal()}});
  }
}

}  // namespace

void log_poll(const EndedPoll& poll) {
  const std::string& account = poll.account.account().name;
  const std::string collector(collector_name(poll.collector.status.collector));
  if (const auto& failure = poll.failure) {
    log_warn("poll failed", {{"account", account},
                             {"collector", collector},
                             {"reason", std::string(reason_name(failure->reason))},
                             {"error", failure->message}});
    return;
  }
  log_success(poll, account, collector);
  if (const auto& shortfall = poll.shortfall) {
    log_warn(shortfall->message, {{"account", account},
                                  {"day", shortfall->day},
                                  {"reason", std::string(reason_name(shortfall->failure.reason))},
                                  {"error", shortfall->failure.message}});
  }
}

void log_follow_up(const EndedFollowUp& follow_up) {
  const std::string& account = follow_up.account.account().name;
  const auto& shortfall = follow_up.shortfall;
  if (!shortfall) {
    log_debug("earlier days were read",
              {{"account", account}, {"days", std::uint64_t{follow_up.read}}});
    log_totals(follow_up.account);
    return;
  }
  const auto& days = follow_up.account.results.days;
  const std::string missing =
      days ? missing_days_text(*days->value, follow_up.now, follow_up.account.zone()) : "";
  log_debug("earlier days were not all read",
            {{"account", account},
             {"days", std::uint64_t{follow_up.read}},
             {"missing", missing},
             {"day", shortfall->day},
             {"reason", std::string(reason_name(shortfall->failure.reason))},
             {"error", shortfall->failure.message}});
}

}  // namespace cloud_billing
