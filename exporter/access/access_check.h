#pragma once

// Asks the clouds whether the keys of all accounts may do what their collectors need: one smallest
// request for each operation, the accounts side by side, each key at its pace. On the calling
// thread, which owns the transport; nothing is kept.

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "access/access_line.h"
#include "config/config.h"
#include "providers/credentials.h"
#include "providers/provider_table.h"
#include "system/clock.h"
#include "transport/transport.h"

namespace cloud_billing {

// The lines of all accounts in the configuration's order; `secrets` are in it, too. Nothing is sent
// again, so it ends within two or three times http.timeout beyond what the keys' pace takes. `seed`
// feeds the nonces of signatures.
[[nodiscard]] std::vector<AccessLine> check_access(const ProviderTable& providers,
                                                   const Config& config,
                                                   const std::vector<AccountSecrets>& secrets,
                                                   Transport& transport, const Clock& clock,
                                                   std::uint64_t seed);

// Whether the collectors can have all that they need.
[[nodiscard]] bool is_enough(const std::vector<AccessLine>& lines);

}  // namespace cloud_billing
