#pragma once

// What --check-access asks of Baidu, and its remedies: policies and console as of
// cloud.baidu.com/doc/Finance/s/Zlbu72qyo and cloud.baidu.com/doc/IAM, errors as of the finance
// API.

#include <span>
#include <vector>

#include "providers/provider.h"

namespace cloud_billing::baidu {

[[nodiscard]] std::vector<AccessQuestion> ask_access(const AccountConfig& account,
                                                     const AccessQuery& query);
[[nodiscard]] std::span<const Remedy> remedies();

}  // namespace cloud_billing::baidu
