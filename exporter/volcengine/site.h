#pragma once

// The sites on which Volcengine's billing API stands. Operations, signature and rows are the same;
// what differs is a Site, which whoever asks or reads a bill is given. Constants.

#include "core/calendar.h"

namespace cloud_billing::volcengine {

struct Site {
  BillingZone zone;  // of its months and days, and of the times in its bills
};

inline constexpr Site kVolcengineSite{.zone = kChinaTime};

}  // namespace cloud_billing::volcengine
