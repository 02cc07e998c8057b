#include "exposition/exposition.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "exposition/family_writer.h"
#include "exposition/metric_table.h"
#include "exposition/overall.h"
#include "exposition/shown_account.h"

namespace cloud_billing {
namespace {

// By provider, then by name.
bool is_shown_before(const AccountConfig& one, const AccountConfig& other) {
  return std::tie(one.provider->name, one.name) < std::tie(other.provider->name, other.name);
}

}  // namespace

void sort_accounts(std::vector<std::shared_ptr<const AccountView>>& accounts) {
  std::sort(accounts.begin(), accounts.end(), [](const auto& one, const auto& other) {
    return is_shown_before(*one->config, *other->config);
  });
}

std::vector<std::size_t> shown_places(const Config& config) {
  std::vector<std::size_t> order(config.accounts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&config](std::size_t a, std::size_t b) {
    return is_shown_before(config.accounts[a], config.accounts[b]);
  });
  std::vector<std::size_t> places(order.size());
  for (std::size_t place = 0; place < order.size(); ++place) places[order[place]] = place;
  return places;
}

StaticLabelNames static_label_names(const Config& config) {
  StaticLabelNames names = config.other_shards.label_names;
  for (const AccountConfig& account : config.accounts) {
    for (const auto& [name, value] : account.labels) names.insert(name);
  }
  return names;
}

std::vector<std::pair<std::string, std::string>> account_labels(const StaticLabelNames& names,
                                                                const AccountConfig& account) {
  std::vector<std::pair<std::string, std::string>> labels{
      {"provider", std::string(account.provider->name)}, {"account", account.name}};
  for (const std::string& name : names) {
    const auto own = account.labels.find(name);
    labels.emplace_back(name, own == account.labels.end() ? "" : own->second);
  }
  return labels;
}

std::string render_account_labels(const StaticLabelNames& names, const AccountConfig& account) {
  std::string rendered;
  for (const auto& [name, value] : account_labels(names, account)) {
    if (!rendered.empty()) rendered += ',';
    append_label(rendered, {name, value});
  }
  return rendered;
}

std::string render_exposition(const Snapshot& input) {
  const StaticLabelNames names = static_label_names(*input.config);
  const MaxAgeOf max_age_of = input.config->polling.max_age_of();
  std::vector<ShownAccount> accounts;
  for (const auto& view : input.accounts) {
    accounts.push_back(
        select_shown(view, render_account_labels(names, *view->config), input.now, max_age_of));
  }
  ServiceNames service_names;
  service_names.read_all(accounts);
  const auto providers = providers_of(*input.config);
  const std::vector<TwiceShown> counted_twice = list_counted_twice(accounts);
  const Overall overall{input.now,       &input,         &providers,
                        accounts.size(), &counted_twice, &service_names};
  std::string out;
  for (const MetricRow& row : metric_table()) {
    std::string series;
    FamilyWriter family(series, row.head.name);
    if (const auto* of_accounts = std::get_if<AccountSeries>(&row.series)) {
      for (const ShownAccount& account : accounts) {
        of_accounts->write(family, input.config->aggregation, account);
      }
    } else {
      std::get<OverallSeries>(row.series).write(family, overall);
    }
    append_family(out, head_of(row, input.providers), series, ExpositionFormat::kText);
  }
  return out;
}

UtcSeconds next_change_after(const Snapshot& input) {
  const MaxAgeOf max_age_of = input.config->polling.max_age_of();
  UtcSeconds next = next_month_change(providers_of(*input.config), input.now);
  for (const auto& view : input.accounts) {
    next = std::min(next, view->results.next_expiry(input.now, max_age_of).value_or(next));
  }
  return next;
}

}  // namespace cloud_billing
