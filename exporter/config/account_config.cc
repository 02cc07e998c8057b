#include "config/account_config.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "config/endpoint.h"
#include "config/label_name.h"
#include "config/value_parsers.h"
#include "core/number_text.h"
#include "core/spelling.h"

namespace cloud_billing {
namespace {

// One request in 1000 s: below that, waiting times leave every useful range.
constexpr double kMinRequestsPerSecond = 0.001;

// Which of them a provider knows, is in its facts.
constexpr std::array<std::string_view, 19> kAccountKeys{
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
    "sub_accounts",
    "tag_separators",
    "region",
    "currency",
    "budget",
    "low_balance",
    "requests_per_second",
    "labels",
    "endpoint",
};

bool contains(const std::vector<std::string_view>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Stands in for a provider that is missing or unknown, so that the entry's other mistakes show too:
// it allows what any provider allows.
ProviderFacts merge_facts(std::span<const ProviderFacts> providers) {
  ProviderFacts merged;
  merged.max_requests_per_second = std::numeric_limits<double>::max();
  const auto add_all = [](std::vector<std::string_view>& to,
                          const std::vector<std::string_view>& from) {
    for (const std::string_view word : from) {
      if (!contains(to, word)) to.push_back(word);
    }
  };
  for (const ProviderFacts& facts : providers) {
    merged.default_endpoint = facts.default_endpoint;
    add_all(merged.collectors, facts.collectors);
    add_all(merged.own_account_keys, facts.own_account_keys);
  }
  return merged;
}

// Reads one account. Members are what its parts share.
class AccountReader {
 public:
  AccountReader(TypedReader& reader, Section section, const ProviderFacts& facts,
                const SecretFileCheck& check_secret_file)
      : reader_(reader),
        section_(std::move(section)),
        facts_(facts),
        check_secret_file_(check_secret_file) {}

  void refuse_other_providers_keys(std::span<const ProviderFacts> providers) {
    for (const auto& [key, place] : section_.values) {
      if (contains(facts_.own_account_keys, key)) continue;
      for (const ProviderFacts& other : providers) {
        if (!contains(other.own_account_keys, key)) continue;
        reader_.report(place, "provider " + quote_text(facts_.name) + " has no such key, only " +
                                  quote_text(other.name) + " has");
        break;
      }
    }
  }

  [[nodiscard]] std::optional<SecretSource> read_secret(std::string_view key, bool required) {
    const std::string file_key = std::string(key) + "_file";
    const Place* inline_place = section_.find(key);
    const Place* file_place = section_.find(file_key);
    if (inline_place != nullptr && file_place != nullptr) {
      reader_.report(*file_place, "give either this or " + std::string(key) + ", not both");
    }
    if (const Place* place = inline_place != nullptr ? inline_place : file_place) {
      return read_secret_value(*place, place == file_place);
    }
    const bool excused = section_.excused.contains(key) || section_.excused.contains(file_key);
    if (required && !excused) {
      reader_.report(section_.position, section_.path_of(key),
                     "missing key; give " + std::string(key) + " or " + file_key);
    }
    return std::nullopt;
  }

  void read_collectors(AccountConfig& account) {
    for (const std::string_view name : facts_.default_collectors) {
      if (const auto collector = collector_from_name(name))
        account.collectors.push_back(*collector);
    }
    if (const Place* place = section_.find("collectors")) {
      const auto parse = [this](std::string_view text) -> Result<Collector, std::string> {
        const auto collector = collector_from_name(text);
        if (collector && contains(facts_.collectors, text)) return *collector;
        return expect_choice(text, facts_.collectors);
      };
      auto collectors = read_unique_items<Collector>(reader_, *place, "a collector", parse);
      if (collectors && place->node->items.empty()) {
        reader_.report(*place, "expected at least one of " + list_choices(facts_.collectors));
      }
      if (collectors) account.collectors = *std::move(collectors);
    }
    std::sort(account.collectors.begin(), account.collectors.end());
  }

  void read_intervals(AccountConfig& account) {
    const Place* place = section_.find("intervals");
    if (place == nullptr) return;
    const std::optional<Section> intervals = reader_.read_section(*place, facts_.collectors);
    if (!intervals) return;
    for (const auto& [name, interval_place] : intervals->values) {
      std::chrono::seconds interval{};
      const std::optional<Collector> collector = collector_from_name(name);
      if (reader_.read_value(interval_place, "a duration", parse_interval, interval) && collector) {
        account.intervals.emplace(*collector, interval);
      }
    }
  }

  void read_sub_accounts(AccountConfig& account) {
    const Place* place = section_.find("sub_accounts");
    if (place == nullptr) return;
    auto ids = read_unique_items<std::string>(reader_, *place, "an account id", parse_non_empty);
    if (ids) account.sub_accounts = *std::move(ids);
  }

  void read_rate(AccountConfig& account) {
    account.requests_per_second = facts_.default_requests_per_second;
    const auto parse = [this](std::string_view text) -> Result<double, std::string> {
      auto rate = parse_decimal(text);
      if (!rate) return rate;
      if (*rate <= 0) return std::string("expected more than 0");
      if (*rate < kMinRequestsPerSecond) return std::string("expected at least 0.001");
      if (*rate > facts_.max_requests_per_second) {
        std::string limit;
        append_number(limit, facts_.max_requests_per_second);
        return "above the documented limit of " + limit;
      }
      return rate;
    };
    if (const Place* place = section_.find("requests_per_second")) {
      reader_.read_value(*place, "a number", parse, account.requests_per_second);
    }
  }

  void read_labels(AccountConfig& account, std::span<const GroupDimension> group_by) {
    const Place* place = section_.find("labels");
    if (place == nullptr) return;
    for (const NamedPlace& entry : reader_.read_entries(*place)) {
      std::optional<std::string> refusal = refuse_label_name(entry.name);
      for (const GroupDimension& dimension : group_by) {
        if (!refusal && dimension.label == entry.name) {
          refusal = "already a label of aggregation.group_by";
        }
      }
      if (refusal) reader_.report(entry.name_position, entry.place.path, *refusal);
      if (auto value = reader_.read_text(entry.place, "text")) {
        account.labels.emplace(entry.name, *std::move(value));
      }
    }
  }

  void read_endpoint(AccountConfig& account) {
    const Place* place = section_.find("endpoint");
    if (place == nullptr) {
      if (auto endpoint = parse_endpoint(facts_.default_endpoint)) account.endpoint = *endpoint;
      return;
    }
    const std::optional<std::string> text = reader_.read_text(*place, "an address");
    if (!text) return;
    auto endpoint = parse_endpoint(*text);
    // The text is not shown: it may hold a password.
    if (!endpoint) reader_.report(*place, endpoint.error());
    if (endpoint) account.endpoint = std::move(endpoint).value();
  }

  // A key without rules between it and others.
  template <typename Parse, typename T>
  void read_plain(std::string_view key, std::string_view noun, const Parse& parse, T& out) {
    if (const Place* place = section_.find(key)) reader_.read_value(*place, noun, parse, out);
  }

  void read_separators(AccountConfig& account) {
    const Place* place = section_.find("tag_separators");
    if (place == nullptr) return;
    if (auto text = reader_.read_text(*place, "text")) account.tag_separators = *std::move(text);
  }

 private:
  // The value is never shown.
  std::optional<SecretSource> read_secret_value(const Place& place, bool is_file) {
    std::optional<std::string> text = reader_.read_text(place, "text");
    if (!text) return std::nullopt;
    if (text->empty()) {
      reader_.report(place, "must not be empty");
    } else if (has_control_character(*text)) {
      reader_.report(place, "must not hold control characters, such as a line break at its end");
    } else if (is_file && check_secret_file_) {
      if (const auto unreadable = check_secret_file_(*text)) reader_.report(place, *unreadable);
    }
    SecretSource source;
    (is_file ? source.path : source.text) = *std::move(text);
    source.where = place.path;
    return source;
  }

  TypedReader& reader_;
  const Section section_;
  const ProviderFacts& facts_;
  const SecretFileCheck& check_secret_file_;
};

const ProviderFacts* read_provider(TypedReader& reader, const Section& section,
                                   std::span<const ProviderFacts> providers) {
  const Place* place = reader.require(section, "provider");
  if (place == nullptr) return nullptr;
  const auto parse = [&](std::string_view text) -> Result<const ProviderFacts*, std::string> {
    std::vector<std::string_view> names;
    for (const ProviderFacts& facts : providers) {
      if (facts.name == text) return &facts;
      names.push_back(facts.name);
    }
    return expect_choice(text, names);
  };
  const ProviderFacts* facts = nullptr;
  reader.read_value(*place, "a provider's name", parse, facts);
  return facts;
}

}  // namespace

AccountConfig read_account(TypedReader& reader, const Place& place,
                           std::span<const ProviderFacts> providers,
                           std::span<const GroupDimension> group_by,
                           const SecretFileCheck& check_secret_file, TakenNames& taken_names) {
  AccountConfig account;
  account.position = place.node->position;
  std::optional<Section> section = reader.read_section(place, kAccountKeys);
  if (!section) return account;

  if (const Place* name = reader.require(*section, "name")) {
    reader.read_value(*name, "text", parse_account_name, account.name);
    const auto [taken, is_new] = taken_names.emplace(account.name, place.path);
    if (!is_new && !account.name.empty()) {
      reader.report_value(*name, taken->second + " has the same name; names are unique");
    }
  }
  account.provider = read_provider(reader, *section, providers);
  const ProviderFacts any_provider = merge_facts(providers);
  AccountReader parts(reader, *std::move(section),
                      account.provider != nullptr ? *account.provider : any_provider,
                      check_secret_file);
  parts.refuse_other_providers_keys(providers);
  account.access_key_id = parts.read_secret("access_key_id", true).value_or(SecretSource{});
  account.secret_access_key = parts.read_secret("secret_access_key", true).value_or(SecretSource{});
  account.session_token = parts.read_secret("session_token", false);
  parts.read_collectors(account);
  parts.read_intervals(account);
  parts.read_sub_accounts(account);
  parts.read_separators(account);
  parts.read_plain("region", "a region", parse_region, account.region);
  parts.read_plain("currency", "a currency code", parse_currency, account.currency);
  parts.read_plain("budget", "a number", parse_budget, account.budget);
  parts.read_plain("low_balance", "a number", parse_low_balance, account.low_balance);
  parts.read_rate(account);
  parts.read_labels(account, group_by);
  parts.read_endpoint(account);
  return account;
}

}  // namespace cloud_billing
