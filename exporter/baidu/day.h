#pragma once

// Reads one day of a Baidu account's bill: the same listings as a month's, asked for by day.

#include <memory>

#include "providers/provider.h"

namespace cloud_billing::baidu {

[[nodiscard]] std::unique_ptr<DayConversation> ask_day(const AccountConfig& account,
                                                       BillingDay day);

}  // namespace cloud_billing::baidu
