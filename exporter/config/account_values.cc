#include "config/account_values.h"

#include <algorithm>
#include <string>
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

// What the values are read with.
struct Entry {
  TypedReader& reader;
  const Section& section;
  const ProviderFacts& facts;
};

std::vector<std::string_view> names_of(const std::vector<Collector>& collectors) {
  std::vector<std::string_view> names(collectors.size());
  std::transform(collectors.begin(), collectors.end(), names.begin(), collector_name);
  return names;
}

std::vector<Collector> read_collectors(const Entry& entry) {
  std::vector<Collector> collectors = entry.facts.default_collectors;
  if (const Place* place = entry.section.find("collectors")) {
    const std::vector<std::string_view> names = names_of(entry.facts.collectors);
    const auto parse = [&](std::string_view text) -> Result<Collector> {
      if (contains(names, text)) return collector_from_name(text).value();
      const std::string expected = expect_choice(text, names);
      if (!collector_from_name(text)) return Error{expected};
      return Error{"provider " + quote_text(entry.facts.name) +
                   " has no such collector: " + expected};
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
    if (refusal && entry.reader.report_slip(label)) continue;
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
  if (place != nullptr) entry.reader.report_hidden_value(*place, endpoint.error().message);
  return {};
}

}  // namespace

void read_account_values(TypedReader& reader, const Section& section, const ProviderFacts& facts,
                         std::span<const GroupDimension> group_by, AccountConfig& account) {
  const Entry entry{reader, section, facts};
  account.collectors = read_collectors(entry);
  account.intervals = read_intervals(entry);
  account.settings = read_settings(reader, section, facts);
  account.currency = facts.default_currency;
  reader.read_key(section, "currency", "a currency code", parse_currency, account.currency);
  reader.read_key(section, "budget", "a number", parse_budget, account.budget);
  reader.read_key(section, "low_balance", "a number", parse_low_balance, account.low_balance);
  account.requests_per_second = read_rate(entry);
  account.labels = read_labels(entry, group_by);
  account.endpoint = read_endpoint(entry);
}

}  // namespace cloud_billing
