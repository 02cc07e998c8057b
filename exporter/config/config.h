#pragma once

// The configuration as checked values: what a Config holds has passed every rule of the
// configuration's documentation. Pure: the environment is an argument and secret files are read
// elsewhere (app/).

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "billing/account_results.h"
#include "billing/aggregation.h"
#include "config/environment_text.h"
#include "config/position.h"
#include "config/provider_facts.h"
#include "config/provider_settings.h"
#include "core/amount.h"
#include "core/calendar.h"
#include "core/collector.h"
#include "core/http.h"
#include "core/measure.h"
#include "core/result.h"

namespace cloud_billing {

// Interval and age limit of one collector. max_age 0: values are never withdrawn.
struct CollectorPolling {
  std::chrono::seconds interval{};
  std::chrono::seconds max_age{};
};

struct PollingConfig {
  CollectorPolling balance{std::chrono::minutes(5), std::chrono::hours(6)};
  CollectorPolling bills{std::chrono::hours(1), std::chrono::hours(72)};
  CollectorPolling orders{std::chrono::minutes(30), std::chrono::hours(24)};
  std::chrono::seconds orders_window{std::chrono::hours(24 * 30)};
  CollectorPolling history{std::chrono::hours(24), std::chrono::seconds(0)};
  CollectorPolling amortization{std::chrono::hours(6), std::chrono::hours(72)};
  CollectorPolling coupons{std::chrono::hours(6), std::chrono::hours(72)};
  CollectorPolling packages{std::chrono::hours(6), std::chrono::hours(72)};
  CollectorPolling budgets{std::chrono::hours(6), std::chrono::hours(72)};
  CollectorPolling renewals{std::chrono::hours(6), std::chrono::hours(72)};
  int history_months = 12;  // before `previous`, 1 to 24

  [[nodiscard]] const CollectorPolling& of(Collector collector) const {
    switch (collector) {
      case Collector::kBalance:
        return balance;
      case Collector::kBills:
        return bills;
      case Collector::kOrders:
        return orders;
      case Collector::kHistory:
        return history;
      case Collector::kAmortization:
        return amortization;
      case Collector::kCoupons:
        return coupons;
      case Collector::kPackages:
        return packages;
      case Collector::kBudgets:
        return budgets;
      case Collector::kRenewals:
        break;
    }
    return renewals;
  }
  // Of each collector, as AccountResults asks for it. Refers to this.
  [[nodiscard]] MaxAgeOf max_age_of() const {
    return [this](Collector collector) { return of(collector).max_age; };
  }
};

struct HttpConfig {
  std::chrono::seconds timeout{30};  // of one request; 1 s to 10 min
  int max_retries = 4;               // further attempts of one request; 0 to 20
  std::string ca_file;               // of authorities trusted beside the system's; empty: none
};

// A secret written in the configuration (after environment expansion), or the file that holds it.
struct SecretSource {
  std::string text;        // the secret itself, if path is empty
  std::string path;        // the file, if the *_file form was used
  std::string shown_path;  // what messages call it: a secret may stand where a path belongs
  std::string where;       // its path in the configuration: "accounts[0].secret_access_key_file"
};

struct AccountConfig {
  std::string name;
  const ProviderFacts* provider = nullptr;  // never null in a Config; outlives it
  SecretSource access_key_id;
  SecretSource secret_access_key;
  std::optional<SecretSource> session_token;
  std::vector<Collector> collectors;  // without repetition, in kAllCollectors order
  std::map<Collector, std::chrono::seconds> intervals;  // overrides of polling.*.interval
  ProviderSettings settings;                            // of the keys that only its provider knows
  std::string currency = "CNY";                         // ISO 4217
  std::optional<Amount> budget;
  std::optional<Amount> low_balance;
  double requests_per_second = 1;
  std::map<std::string, std::string, std::less<>> labels;
  Endpoint endpoint;
  Position position;  // of the account's entry
};

// Where the months of each provider begin, by its name.
using ProviderZones = std::map<std::string_view, BillingZone>;

// What is kept of the file's accounts that other shards poll.
struct OtherShards {
  std::size_t accounts = 0;
  std::set<std::string> label_names;  // every shard's series carry the labels of the whole file
  ProviderZones providers{};          // every shard tells the months of each of them
};

struct Config {
  PollingConfig polling;
  AggregationConfig aggregation;
  HttpConfig http;
  std::vector<AccountConfig> accounts;  // names unique; the file has at least one
  OtherShards other_shards;
};

[[nodiscard]] bool polls(const AccountConfig& account, Collector collector);

// As configured for the account or else for all.
[[nodiscard]] std::chrono::seconds interval_of(const Config& config, const AccountConfig& account,
                                               Collector collector);

// Whether a secret can be read from the file of that path, as the configuration has it.
using SecretFileCheck = std::function<Status(const std::string& path)>;

// Whether http.ca_file of that path, as the configuration has it, can be used.
using CaFileCheck = std::function<Status(const std::string& path)>;

// Reads a configuration document. Either every rule holds, or all problems found are returned, in
// the file's order and ready to print: "config.yml:12:5: accounts[1].acces_key_id: unknown key, did
// you mean ...". `file_name` only labels the messages. `providers` is the table of what can be
// named, and must outlive the Config. With `check_secret_file` an unreadable secret is a problem
// too, with `check_ca_file` one of http.ca_file.
[[nodiscard]] Result<Config, std::vector<Error>> parse_config(
    std::string_view text, std::string_view file_name, const Environment& environment,
    std::span<const ProviderFacts> providers, const SecretFileCheck& check_secret_file = {},
    const CaFileCheck& check_ca_file = {});

}  // namespace cloud_billing
