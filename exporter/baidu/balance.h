#pragma once

// Reads the balance of a Baidu account: cash, and the credit quota if the key may read it.

#include <memory>
#include <string>

#include "providers/provider.h"

namespace cloud_billing::baidu {

[[nodiscard]] ApiRequest cash_request();
[[nodiscard]] ApiRequest quota_request(const std::string& account_id);

[[nodiscard]] std::unique_ptr<Conversation<Balance>> ask_balance(const AccountConfig& account,
                                                                 const BalanceQuery& query);

}  // namespace cloud_billing::baidu
