#pragma once

// What the configuration needs to know of a provider: names, limits and allowed keys. A plain table
// row, filled by providers/, so that core names no provider.

#include <string_view>
#include <vector>

namespace cloud_billing {

struct ProviderFacts {
  std::string_view name;              // the configuration's `provider` and the label's value
  std::string_view default_endpoint;  // "https://..."
  double default_requests_per_second = 1;
  double max_requests_per_second = 1;        // the documented limit; more is a configuration error
  std::vector<std::string_view> collectors;  // in order: "balance", "bills", ...
  std::vector<std::string_view> default_collectors;
  std::vector<std::string_view>
      own_account_keys;  // account keys that only some providers know, such as "sub_accounts"
};

}  // namespace cloud_billing
