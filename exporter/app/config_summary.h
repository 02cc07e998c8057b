#pragma once

// What holds for an account once defaults are filled in, as --check-config prints it. Pure, any
// thread.

#include <cstddef>
#include <string>

#include "config/config.h"

namespace cloud_billing {

// One line without its end; of several shards it names the one that polls the account. Holds no
// key. The account is one of the configuration.
[[nodiscard]] std::string summarise_account(const Config& config, const AccountConfig& account,
                                            std::size_t shards);

}  // namespace cloud_billing
