#pragma once

// Reads the bill of one day of a Volcengine account.

#include <memory>

#include "providers/provider.h"

namespace cloud_billing::volcengine {

[[nodiscard]] std::unique_ptr<DayConversation> ask_day(const AccountConfig& account,
                                                       BillingDay day);

}  // namespace cloud_billing::volcengine
