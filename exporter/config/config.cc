#include "config/config.h"

#include <algorithm>
#include <array>
#include <utility>

#include "config/account_config.h"
#include "config/group_by.h"
#include "config/value_parsers.h"
#include "config/yaml_reader.h"
#include "core/shown_text.h"
#include "core/spelling.h"

namespace cloud_billing {
namespace {

constexpr int kMaxSeries = 100000;
constexpr int kMaxRetries = 20;
constexpr int kMostHistoryMonths = 24;
// Keys of the document that are no mistakes: a place for what aliases name.
constexpr std::string_view kExtensionPrefix = "x-";
constexpr std::chrono::seconds kMinTimeout{1};
constexpr std::chrono::seconds kMaxTimeout = std::chrono::minutes(10);

Result<std::chrono::seconds> parse_max_age(std::string_view text) {
  return parse_duration_within(text, std::chrono::seconds(0));
}

void read_collector_polling(TypedReader& reader, const Section& polling, std::string_view name,
                            CollectorPolling& out, std::chrono::seconds* window) {
  constexpr std::array<std::string_view, 3> kKeys{"interval", "max_age", "window"};
  const Place* place = polling.find(name);
  if (place == nullptr) return;
  const std::span<const std::string_view> keys(kKeys.data(), window != nullptr ? 3 : 2);
  const std::optional<Section> section = reader.read_section(*place, keys);
  if (!section) return;
  reader.read_key(*section, "interval", "a duration", parse_interval, out.interval);
  reader.read_key(*section, "max_age", "a duration", parse_max_age, out.max_age);
  if (window != nullptr) {
    reader.read_key(*section, "window", "a duration", parse_interval, *window);
  }
}

// Its results never grow old: what a closed month cost does not change.
void read_history_polling(TypedReader& reader, const Section& polling, PollingConfig& out) {
  constexpr std::array<std::string_view, 2> kKeys{"months", "interval"};
  const Place* place = polling.find("history");
  if (place == nullptr) return;
  const std::optional<Section> section = reader.read_section(*place, kKeys);
  if (!section) return;
  const auto parse_months = [](std::string_view text) {
    return parse_integer_within(text, 1, kMostHistoryMonths);
  };
  reader.read_key(*section, "months", "a number", parse_months, out.history_months);
  reader.read_key(*section, "interval", "a duration", parse_interval, out.history.interval);
}

PollingConfig read_polling(TypedReader& reader, const Place& place) {
  constexpr std::array<std::string_view, 9> kKeys{"balance",  "bills",        "orders",
                                                  "history",  "amortization", "coupons",
                                                  "packages", "budgets",      "renewals"};
  PollingConfig polling;
  if (const std::optional<Section> section = reader.read_section(place, kKeys)) {
    read_collector_polling(reader, *section, "balance", polling.balance, nullptr);
    read_collector_polling(reader, *section, "bills", polling.bills, nullptr);
    read_collector_polling(reader, *section, "orders", polling.orders, &polling.orders_window);
    read_history_polling(reader, *section, polling);
    read_collector_polling(reader, *section, "amortization", polling.amortization, nullptr);
    read_collector_polling(reader, *section, "coupons", polling.coupons, nullptr);
    read_collector_polling(reader, *section, "packages", polling.packages, nullptr);
    read_collector_polling(reader, *section, "budgets", polling.budgets, nullptr);
    read_collector_polling(reader, *section, "renewals", polling.renewals, nullptr);
  }
  return polling;
}

std::vector<GroupDimension> read_group_by(TypedReader& reader, const Place& place) {
  std::vector<GroupDimension> dimensions;
  // Remembers labels, so that a label given twice is reported where it is the second time.
  const auto parse = [&](std::string_view text) -> Result<GroupDimension> {
    auto parsed = parse_group_dimension(text);
    if (!parsed) return parsed;
    for (const GroupDimension& earlier : dimensions) {
      if (earlier == *parsed) return Error{"repeated"};
      if (earlier.label == parsed->label) {
        const std::string key = is_showable(parsed->tag_key) ? parsed->tag_key : "<key>";
        return Error{quote_if_showable("label", parsed->label) +
                     " is already another entry's; write " +
                     quote_text("tag:" + key + "=<another label>")};
      }
    }
    dimensions.push_back(*parsed);
    return parsed;
  };
  for (const Place& item : reader.read_list(place).value_or(std::vector<Place>{})) {
    GroupDimension ignored;
    reader.read_value(item, "text", parse, ignored);
  }
  return dimensions;
}

void read_measures(TypedReader& reader, const Place& place, std::vector<Measure>& out) {
  std::array<std::string_view, kAllMeasures.size()> names;
  std::transform(kAllMeasures.begin(), kAllMeasures.end(), names.begin(), measure_name);
  const auto parse = [&](std::string_view text) -> Result<Measure> {
    if (const auto measure = measure_from_name(text)) return *measure;
    return Error{expect_choice(text, names)};
  };
  auto measures = read_unique_items<Measure>(reader, place, "a measure", parse);
  if (!measures) return;
  if (place.node->items.empty()) {
    reader.report(place, "expected at least one of " + list_choices(names));
  }
  out = *std::move(measures);
}

AggregationConfig read_aggregation(TypedReader& reader, const Place& place) {
  constexpr std::array<std::string_view, 4> kKeys{"group_by", "tag_keys", "measures", "max_series"};
  AggregationConfig aggregation;
  const std::optional<Section> section = reader.read_section(place, kKeys);
  if (!section) return aggregation;
  if (const Place* group_by = section->find("group_by")) {
    aggregation.group_by = read_group_by(reader, *group_by);
  }
  if (const Place* keys = section->find("tag_keys")) {
    auto tag_keys = read_unique_items<std::string>(reader, *keys, "a tag key", parse_non_empty);
    if (tag_keys) aggregation.tag_keys = *std::move(tag_keys);
  }
  if (const Place* measures = section->find("measures")) {
    read_measures(reader, *measures, aggregation.measures);
  }
  const auto parse_max_series = [](std::string_view text) {
    return parse_integer_within(text, 1, kMaxSeries);
  };
  int max_series = static_cast<int>(aggregation.max_series);
  reader.read_key(*section, "max_series", "a number", parse_max_series, max_series);
  aggregation.max_series = static_cast<std::size_t>(max_series);
  return aggregation;
}

std::string read_ca_file(TypedReader& reader, const Place& place, const CaFileCheck& check) {
  std::string path = reader.read_text(place, "text").value_or("");
  if (path.empty()) {
    reader.report(place, "expected a file with certificates in PEM form");
  } else if (check) {
    const Status good = check(path);
    if (!good) reader.report(place, good.error().message);
  }
  return path;
}

HttpConfig read_http(TypedReader& reader, const Place& place, const CaFileCheck& check_ca_file) {
  constexpr std::array<std::string_view, 3> kKeys{"timeout", "max_retries", "ca_file"};
  HttpConfig http;
  const std::optional<Section> section = reader.read_section(place, kKeys);
  if (!section) return http;
  const auto parse_timeout = [](std::string_view text) {
    return parse_duration_within(text, kMinTimeout, kMaxTimeout);
  };
  const auto parse_retries = [](std::string_view text) {
    return parse_integer_within(text, 0, kMaxRetries);
  };
  reader.read_key(*section, "timeout", "a duration", parse_timeout, http.timeout);
  reader.read_key(*section, "max_retries", "a number", parse_retries, http.max_retries);
  if (const Place* ca_file = section->find("ca_file")) {
    http.ca_file = read_ca_file(reader, *ca_file, check_ca_file);
  }
  return http;
}

std::vector<AccountConfig> read_accounts(TypedReader& reader, const Place& place,
                                         const AccountContext& context) {
  std::vector<AccountConfig> accounts;
  const std::optional<std::vector<Place>> entries = reader.read_list(place);
  if (entries && place.node->items.empty()) reader.report(place, "expected at least one account");
  if (!entries) return accounts;
  TakenNames taken_names;
  for (const Place& entry : *entries) {
    accounts.push_back(read_account(reader, entry, context, taken_names));
  }
  return accounts;
}

Config read_config(TypedReader& reader, const Place& root, std::span<const ProviderFacts> providers,
                   const SecretFileCheck& check_secret_file, const CaFileCheck& check_ca_file) {
  constexpr std::array<std::string_view, 5> kKeys{"polling", "aggregation", "http",
                                                  "account_defaults", "accounts"};
  Config config;
  const std::optional<Section> section = reader.read_section(root, kKeys, kExtensionPrefix);
  if (!section) return config;
  if (const Place* polling = section->find("polling")) {
    config.polling = read_polling(reader, *polling);
  }
  if (const Place* aggregation = section->find("aggregation")) {
    config.aggregation = read_aggregation(reader, *aggregation);
  }
  if (const Place* http = section->find("http")) {
    config.http = read_http(reader, *http, check_ca_file);
  }
  std::optional<Section> defaults;
  const std::size_t problems = reader.count_problems();
  const std::span<const GroupDimension> group_by = config.aggregation.group_by;
  if (const Place* place = section->find("account_defaults")) {
    defaults = read_account_defaults(reader, *place, providers, group_by);
  }
  const bool failed = reader.count_problems() != problems;
  if (const Place* accounts = reader.require(*section, "accounts")) {
    config.accounts = read_accounts(reader, *accounts,
                                    {providers, group_by, check_secret_file,
                                     defaults && !failed ? &*defaults : nullptr, failed});
  }
  return config;
}

}  // namespace

bool polls(const AccountConfig& account, Collector collector) {
  return std::find(account.collectors.begin(), account.collectors.end(), collector) !=
         account.collectors.end();
}

std::chrono::seconds interval_of(const Config& config, const AccountConfig& account,
                                 Collector collector) {
  const auto own = account.intervals.find(collector);
  return own == account.intervals.end() ? config.polling.of(collector).interval : own->second;
}

Result<Config, std::vector<Error>> parse_config(std::string_view text, std::string_view file_name,
                                                const Environment& environment,
                                                std::span<const ProviderFacts> providers,
                                                const SecretFileCheck& check_secret_file,
                                                const CaFileCheck& check_ca_file) {
  TypedReader reader(Dialect::kConfiguration, environment);
  Config config;
  const auto tree = read_yaml(text);
  if (!tree) {
    reader.report(tree.error().position, "", tree.error().message);
  } else if (tree->kind == YamlNode::Kind::kMissing) {
    reader.report(Position{1, 1}, "", "the file is empty; at least \"accounts\" is needed");
  } else {
    config = read_config(reader, Place{&*tree, ""}, providers, check_secret_file, check_ca_file);
  }
  if (reader.has_problems()) return reader.format_problems(file_name);
  return config;
}

}  // namespace cloud_billing
