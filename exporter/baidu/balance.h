#pragma once

// Reads the balance of a Baidu account: cash, and the credit quota where the key may read it.

#include <memory>

#include "providers/provider.h"

namespace cloud_billing::baidu {

[[nodiscard]] std::unique_ptr<BalanceConversation> ask_balance(const AccountConfig& account,
                                                               const BalanceQuery& query);

}  // namespace cloud_billing::baidu
