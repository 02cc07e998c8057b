#pragma once

// Reads the balance of a Volcengine account.

#include <memory>

#include "providers/provider.h"

namespace cloud_billing::volcengine {

[[nodiscard]] ApiRequest balance_request();

[[nodiscard]] std::unique_ptr<Conversation<Balance>> ask_balance(const AccountConfig& account);

}  // namespace cloud_billing::volcengine
