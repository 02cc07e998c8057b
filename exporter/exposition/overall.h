#pragma once

// What metrics show that are not about one account. Plain values, any thread; what is pointed to
// outlives them.

#include <cstddef>
#include <string>
#include <vector>

#include "config/config.h"
#include "core/calendar.h"
#include "exposition/exposition.h"
#include "exposition/service_names.h"

namespace cloud_billing {

// An account whose bill holds rows of another one.
struct TwiceShown {
  std::string labels;  // of the account, rendered
  std::string account;
  std::string other_account;
  std::string account_id;  // the cloud's own, of the other one
};

struct Overall {
  UtcSeconds now{};
  const Program* program = nullptr;
  const ProviderZones* providers = nullptr;  // of the whole file
  std::size_t polled_accounts = 0;
  const std::vector<TwiceShown>* counted_twice = nullptr;
  const ServiceNames* service_names = nullptr;
};

[[nodiscard]] ProviderZones providers_of(const Config& config);
// When a month of any of them ends next; never, without providers.
[[nodiscard]] UtcSeconds next_month_change(const ProviderZones& providers, UtcSeconds now);
[[nodiscard]] std::vector<TwiceShown> list_counted_twice(const std::vector<ShownAccount>& accounts);

}  // namespace cloud_billing
