#pragma once

// What the configuration needs to know of a provider: names, limits, and the keys of an account
// that no other provider has. A plain table row, filled in by the cloud, so that the configuration
// names no cloud.

#include <span>
#include <string_view>
#include <vector>

#include "config/provider_settings.h"
#include "core/calendar.h"
#include "core/collector.h"

namespace cloud_billing {

// A key of an account that only some providers know, such as "sub_accounts".
struct ProviderKey {
  enum class Kind {
    kTextList,   // texts that are not empty, none of them twice; by default there are none
    kText,       // any text, an empty one too
    kPlainName,  // letters, digits and '-'
  };

  std::string_view name;
  Kind kind = Kind::kText;
  std::string_view default_text{};   // not of lists
  bool is_part_of_identity = false;  // whether another value is about other data
  std::string_view noun = "text";    // what the value, or an item of it, is: "an account id"
};

// Where a provider's figure comes from, for HELP: operation and field. A text that begins with ":"
// explains instead.
struct MetricOrigin {
  std::string_view key;  // what metrics call the figure: "cash_balance"
  std::string_view text;
};

// Which of FOCUS's categories a service is in, as far as this program knows it. The code is that of
// bills; the categories are this program's choice.
struct ServiceFact {
  std::string_view service;
  std::string_view category;
  std::string_view subcategory;
};

struct ProviderFacts {
  std::string_view name{};              // the configuration's `provider` and the label's value
  BillingZone billing_zone;             // where its months and days begin
  std::string_view default_endpoint{};  // "https://..."
  double default_requests_per_second = 1;
  double max_requests_per_second = 1;   // the documented limit; more is a configuration error
  std::vector<Collector> collectors{};  // in kAllCollectors order, as the default ones
  std::vector<Collector> default_collectors{};
  std::vector<ProviderKey> own_account_keys{};
  std::vector<std::string_view> other_names{};  // what people write who mean it, in lower case
  std::string_view display_name{};              // as its own documents spell it, for HELP
  std::string_view amortised_bill{};            // in the words of its console
  std::string_view default_currency = "CNY";    // ISO 4217, of an account that names none
  std::span<const MetricOrigin> origins{};  // a key may be missing: the cloud has no such figure
  std::string_view issuer{};                // of its invoices, in English; empty: display_name
  std::span<const ServiceFact> services{};

  // Those of an account that gives none of the keys.
  [[nodiscard]] ProviderSettings default_settings() const {
    ProviderSettings settings;
    for (const ProviderKey& key : own_account_keys) {
      if (key.kind == ProviderKey::Kind::kTextList) {
        settings.set(std::string(key.name), std::vector<std::string>());
      } else {
        settings.set(std::string(key.name), std::string(key.default_text));
      }
    }
    return settings;
  }
};

}  // namespace cloud_billing
