#pragma once

// The key of an account that names services whose renewals are asked for, where a cloud lists them
// by service: those that its bills do not show as prepaid. Any thread.

#include <string>
#include <string_view>
#include <vector>

#include "config/config.h"

namespace cloud_billing {

inline constexpr std::string_view kRenewalServicesKey = "renewal_services";

// As the configuration has them; none of a cloud that does not know the key.
[[nodiscard]] inline const std::vector<std::string>& configured_services(
    const AccountConfig& account) {
  return account.settings.list(kRenewalServicesKey);
}

}  // namespace cloud_billing
