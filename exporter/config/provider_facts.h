#pragma once

// What the configuration needs to know of a provider: names, limits and allowed keys. A plain table
// row, filled by providers/, so that core names no provider.

#include <span>
#include <string_view>
#include <vector>

namespace cloud_billing {

// Where a provider's figure comes from, for HELP: operation and field. A text that begins with ":"
// explains instead.
struct MetricOrigin {
  std::string_view key;  // what metrics call the figure: "cash_balance"
  std::string_view text;
};

struct ProviderFacts {
  std::string_view name;              // the configuration's `provider` and the label's value
  std::string_view default_endpoint;  // "https://..."
  double default_requests_per_second = 1;
  double max_requests_per_second = 1;        // the documented limit; more is a configuration error
  std::vector<std::string_view> collectors;  // in order: "balance", "bills", ...
  std::vector<std::string_view> default_collectors;
  std::vector<std::string_view>
      own_account_keys;  // account keys that only some providers know, such as "sub_accounts"
  std::string_view display_name{};          // as its own documents spell it, for HELP
  std::span<const MetricOrigin> origins{};  // a key may be missing: the cloud has no such figure
};

}  // namespace cloud_billing
