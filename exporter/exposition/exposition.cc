#include "exposition/exposition.h"

#include <algorithm>
#include <tuple>

#include "exposition/family_writer.h"
#include "exposition/metric_table.h"

namespace cloud_billing {
namespace {

template <typename T>
const T* value_of(const std::optional<Read<T>>& read) {
  return read ? read->value.get() : nullptr;
}

ShownAccount select_shown(const Snapshot& input, const StaticLabelNames& names,
                          const AccountView& view) {
  ShownAccount shown;
  shown.view = &view;
  shown.results = view.results.fresh(input.now, input.config->polling.max_age_of());
  for (const auto& [name, value] : account_labels(names, *view.config)) {
    if (!shown.labels.empty()) shown.labels += ',';
    append_label(shown.labels, {name, value});
  }
  shown.balance = value_of(shown.results.balance);
  shown.day = value_of(shown.results.day);
  shown.orders = value_of(shown.results.orders);
  const BillingMonth current = BillingMonth::at(input.now);
  for (const auto& [period, month] :
       {std::pair("current", current), std::pair("previous", current.previous())}) {
    const auto read = shown.results.months.find(month);
    if (read != shown.results.months.end()) {
      shown.months.push_back({period, read->second.value.get()});
    }
  }
  return shown;
}

// More than the text will be, unless labels are unusually long.
std::size_t estimate_size(const Shown& shown) {
  constexpr std::size_t kHelp = std::size_t{32} << 10;
  constexpr std::size_t kSample = 256;  // without the account's labels
  constexpr std::size_t kOtherSamples = 128;
  const std::size_t measures = shown.input->config->aggregation.measures.size();
  std::size_t size = kHelp;
  for (const ShownAccount& account : shown.accounts) {
    std::size_t lines = kOtherSamples;
    for (const ShownMonth& month : account.months) {
      lines += month.costs->groups.lines.size() * measures;
      for (const GroupLines& tag : month.costs->tag_groups) lines += tag.lines.size() * measures;
    }
    if (account.day != nullptr) lines += account.day->billed_costs.size();
    size += lines * (kSample + account.labels.size());
  }
  return size;
}

}  // namespace

void sort_accounts(std::vector<std::shared_ptr<const AccountView>>& accounts) {
  std::sort(accounts.begin(), accounts.end(), [](const auto& a, const auto& b) {
    return std::tie(a->config->provider->name, a->config->name) <
           std::tie(b->config->provider->name, b->config->name);
  });
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

std::string render_exposition(const Snapshot& input) {
  Shown shown;
  shown.input = &input;
  const StaticLabelNames names = static_label_names(*input.config);
  for (const auto& view : input.accounts) {
    shown.accounts.push_back(select_shown(input, names, *view));
  }
  std::string out;
  out.reserve(estimate_size(shown));
  for (const MetricRow& row : metric_table()) {
    const MetricHead head = head_of(row, input.providers);
    FamilyWriter family(out, head);
    row.write(family, shown);
  }
  return out;
}

UtcSeconds next_change_after(const Snapshot& input) {
  const MaxAgeOf max_age_of = input.config->polling.max_age_of();
  UtcSeconds next = BillingMonth::at(input.now).end();
  for (const auto& view : input.accounts) {
    next = std::min(next, view->results.next_expiry(input.now, max_age_of).value_or(next));
  }
  return next;
}

}  // namespace cloud_billing
