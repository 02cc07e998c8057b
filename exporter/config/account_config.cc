#include "config/account_config.h"

#include <algorithm>
#include <array>
#include <utility>

#include "config/endpoint.h"
#include "config/label_name.h"
#include "config/provider_keys.h"
#include "config/value_parsers.h"
#include "core/number_text.h"
#include "core/spelling.h"

namespace cloud_billing {
namespace {

// One request in 1000 s: below that, waiting times leave every useful range.
constexpr double kMinRequestsPerSecond = 0.001;

// The keys of every provider's accounts. Its own, which its facts declare, are between them.
constexpr std::array<std::string_view, 10> kFirstKeys{
    "name",
    "provider",
    "access_key_id",
    "access_key_id_file",
    "secret_access_key",
    "secret_access_key_file",
    "session_token",
    "session_token_file",
    "collectors",
    "intervals",
};
constexpr std::array<std::string_view, 6> kLastKeys{
    "currency", "budget", "low_balance", "requests_per_second", "labels", "endpoint",
};

// What the parts of an account's entry are read with.
struct Entry {
  TypedReader& reader;
  Section section;
  const ProviderFacts& facts;
};

std::vector<std::string_view> list_keys(const ProviderFacts& any_provider) {
  std::vector<std::string_view> keys(kFirstKeys.begin(), kFirstKeys.end());
  for (const ProviderKey& key : any_provider.own_account_keys) keys.push_back(key.name);
  keys.insert(keys.end(), kLastKeys.begin(), kLastKeys.end());
  return keys;
}

std::vector<std::string_view> names_of(const std::vector<Collector>& collectors) {
  std::vector<std::string_view> names(collectors.size());
  std::transform(collectors.begin(), collectors.end(), names.begin(), collector_name);
  return names;
}

// The value is never shown.
std::optional<SecretSource> read_secret_value(TypedReader& reader, const Place& place, bool is_file,
                                              const SecretFileCheck& check_file) {
  std::optional<std::string> text = reader.read_text(place, "text");
  if (!text) return std::nullopt;
  if (text->empty()) {
    reader.report(place, "must not be empty");
  } else if (has_control_character(*text)) {
    reader.report(place, "must not hold control characters, such as a line break at its end");
  } else if (is_file && check_file) {
    const Status readable = check_file(*text);
    if (!readable) reader.report(place, readable.error().message);
  }
  SecretSource source;
  (is_file ? source.path : source.text) = *std::move(text);
  source.where = place.path;
  return source;
}

std::optional<SecretSource> read_secret(const Entry& entry, std::string_view key, bool required,
                                        const SecretFileCheck& check_file) {
  const TextOrFile given = entry.section.find_text_or_file(key);
  if (given.text != nullptr && given.file != nullptr) {
    entry.reader.report(*given.file, "give either this or " + std::string(key) + ", not both");
  }
  if (given.text != nullptr) return read_secret_value(entry.reader, *given.text, false, check_file);
  if (given.file != nullptr) return read_secret_value(entry.reader, *given.file, true, check_file);
  if (required && !given.is_excused) {
    entry.reader.report(entry.section.position, entry.section.path_of(key),
                        "missing key; give " + std::string(key) + " or " + file_key_of(key));
  }
  return std::nullopt;
}

std::vector<Collector> read_collectors(const Entry& entry) {
  std::vector<Collector> collectors = entry.facts.default_collectors;
  if (const Place* place = entry.section.find("collectors")) {
    const std::vector<std::string_view> names = names_of(entry.facts.collectors);
    const auto parse = [&](std::string_view text) -> Result<Collector> {
      if (contains(names, text)) return collector_from_name(text).value();
      return Error{expect_choice(text, names)};
    };
    auto chosen = read_unique_items<Collector>(entry.reader, *place, "a collector", parse);
    if (chosen && place->node->items.empty()) {
      entry.reader.report(*place, "expected at least one of " + list_choices(names));
    }
    if (chosen) collectors = *std::move(chosen);
  }
  std::sort(collectors.begin(), collectors.end());
  return collectors;
}

std::map<Collector, std::chrono::seconds> read_intervals(const Entry& entry) {
  std::map<Collector, std::chrono::seconds> intervals;
  const Place* place = entry.section.find("intervals");
  if (place == nullptr) return intervals;
  const auto section = entry.reader.read_section(*place, names_of(entry.facts.collectors));
  if (!section) return intervals;
  for (const Collector collector : entry.facts.collectors) {
    std::chrono::seconds interval{};
    if (entry.reader.read_key(*section, collector_name(collector), "a duration", parse_interval,
                              interval)) {
      intervals.emplace(collector, interval);
    }
  }
  return intervals;
}

double read_rate(const Entry& entry) {
  double requests_per_second = entry.facts.default_requests_per_second;
  const auto parse = [&](std::string_view text) -> Result<double> {
    auto rate = parse_decimal(text);
    if (!rate) return rate;
    if (*rate <= 0) return Error{"expected more than 0"};
    std::string limit;
    if (*rate < kMinRequestsPerSecond) {
      append_number(limit, kMinRequestsPerSecond);
      return Error{"expected at least " + limit};
    }
    if (*rate > entry.facts.max_requests_per_second) {
      append_number(limit, entry.facts.max_requests_per_second);
      return Error{"above the documented limit of " + limit};
    }
    return rate;
  };
  entry.reader.read_key(entry.section, "requests_per_second", "a number", parse,
                        requests_per_second);
  return requests_per_second;
}

std::map<std::string, std::string, std::less<>> read_labels(
    const Entry& entry, std::span<const GroupDimension> group_by) {
  std::map<std::string, std::string, std::less<>> labels;
  const Place* place = entry.section.find("labels");
  if (place == nullptr) return labels;
  for (const NamedPlace& label : entry.reader.read_entries(*place)) {
    std::optional<std::string> refusal = refuse_label_name(label.name);
    for (const GroupDimension& dimension : group_by) {
      if (!refusal && dimension.label == label.name) {
        refusal = "already a label of aggregation.group_by";
      }
    }
    if (refusal) entry.reader.report(label.name_position, label.place.path, *refusal);
    if (auto value = entry.reader.read_text(label.place, "text")) {
      labels.emplace(label.name, *std::move(value));
    }
  }
  return labels;
}

Endpoint read_endpoint(const Entry& entry) {
  const Place* place = entry.section.find("endpoint");
  std::optional<std::string> text(entry.facts.default_endpoint);
  if (place != nullptr) text = entry.reader.read_text(*place, "an address");
  if (!text) return {};
  auto endpoint = parse_endpoint(*text);
  if (endpoint) return *std::move(endpoint);
  // The text is not shown: it may hold a password.
  if (place != nullptr) entry.reader.report(*place, endpoint.error().message);
  return {};
}

const ProviderFacts* read_provider(TypedReader& reader, const Section& section,
                                   std::span<const ProviderFacts> providers) {
  const Place* place = reader.require(section, "provider");
  if (place == nullptr) return nullptr;
  const auto parse = [&](std::string_view text) -> Result<const ProviderFacts*> {
    std::vector<std::string_view> names;
    for (const ProviderFacts& facts : providers) {
      if (facts.name == text) return &facts;
      names.push_back(facts.name);
    }
    return Error{expect_choice(text, names)};
  };
  const ProviderFacts* facts = nullptr;
  reader.read_value(*place, "a provider's name", parse, facts);
  return facts;
}

std::string read_name(TypedReader& reader, const Section& section, const Place& account,
                      TakenNames& taken_names) {
  std::string name;
  const Place* place = reader.require(section, "name");
  if (place == nullptr) return name;
  reader.read_value(*place, "text", parse_account_name, name);
  const auto [taken, is_new] = taken_names.emplace(name, account.path);
  if (!is_new && !name.empty()) {
    reader.report_value(*place, taken->second + " has the same name; names are unique");
  }
  return name;
}

}  // namespace

AccountConfig read_account(TypedReader& reader, const Place& place,
                           std::span<const ProviderFacts> providers,
                           std::span<const GroupDimension> group_by,
                           const SecretFileCheck& check_secret_file, TakenNames& taken_names) {
  AccountConfig account;
  account.position = place.node->position;
  const ProviderFacts any_provider = merge_facts(providers);
  std::optional<Section> section = reader.read_section(place, list_keys(any_provider));
  if (!section) return account;

  account.name = read_name(reader, *section, place, taken_names);
  account.provider = read_provider(reader, *section, providers);
  const Entry entry{reader, *std::move(section),
                    account.provider != nullptr ? *account.provider : any_provider};
  report_keys_of_others(reader, entry.section, entry.facts, providers);
  const auto secret = [&](std::string_view key, bool required) {
    return read_secret(entry, key, required, check_secret_file);
  };
  account.access_key_id = secret("access_key_id", true).value_or(SecretSource{});
  account.secret_access_key = secret("secret_access_key", true).value_or(SecretSource{});
  account.session_token = secret("session_token", false);
  account.collectors = read_collectors(entry);
  account.intervals = read_intervals(entry);
  account.settings = read_settings(reader, entry.section, entry.facts);
  reader.read_key(entry.section, "currency", "a currency code", parse_currency, account.currency);
  reader.read_key(entry.section, "budget", "a number", parse_budget, account.budget);
  reader.read_key(entry.section, "low_balance", "a number", parse_low_balance, account.low_balance);
  account.requests_per_second = read_rate(entry);
  account.labels = read_labels(entry, group_by);
  account.endpoint = read_endpoint(entry);
  return account;
}

}  // namespace cloud_billing
