#include "polling/month_pace.h"

#include <algorithm>

namespace cloud_billing {
namespace {

constexpr std::chrono::days kFullPaceAfterTheEnd{7};

}  // namespace

bool is_previous_month_due(const std::optional<UtcSeconds>& read_at,
                           const CollectorPolling& polling, UtcSeconds now, BillingZone zone) {
  if (!read_at || *read_at > now) return true;  // a later time: the clock was set back
  if (now < zone.start_of(zone.month_at(now)) + kFullPaceAfterTheEnd) return true;
  std::chrono::seconds pace = std::chrono::days(1);
  if (polling.max_age.count() != 0) pace = std::min(pace, polling.max_age / 2);
  return now - *read_at >= pace - polling.interval / 2;
}

}  // namespace cloud_billing
