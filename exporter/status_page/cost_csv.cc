#include "status_page/cost_csv.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/measure.h"
#include "status_page/csv_row.h"

namespace cloud_billing {
namespace {

constexpr std::array<std::string_view, 5> kMonthNames{"account", "provider", "period", "month",
                                                      "currency"};

// A month of an account, or that it is not known.
struct AccountMonth {
  const AccountSummary& account;
  std::string_view period;
  BillingMonth month;
  const MonthCosts* costs = nullptr;  // null: not known

  [[nodiscard]] bool is_current() const { return period == "current"; }
};

std::array<AccountMonth, 2> months_of(const AccountSummary& account) {
  const BillingMonth current = account.month;
  const BillingMonth previous = current.previous();
  return {{{account, "current", current, find_month(account, current)},
           {account, "previous", previous, find_month(account, previous)}}};
}

void add_names(CsvRow& row, const AccountMonth& month, std::string_view currency) {
  const AccountConfig& config = month.account.config();
  row.add_text(config.name);
  row.add_text(config.provider->name);
  row.add_text(month.period);
  row.add_text(month.month.text());
  row.add_text(currency);
}

void add_measure_names(CsvRow& row) {
  for (const Measure measure : kAllMeasures) row.add_text(measure_name(measure));
}

// Those that the bill has.
void add_measures(CsvRow& row, const MonthCosts& month, const MeasureAmounts& amounts) {
  for (const Measure measure : kAllMeasures) {
    const bool lacks = month.lacked[index_of(measure)];
    row.add_amount(lacks ? std::nullopt : std::optional(amounts[index_of(measure)]));
  }
}

void add_label_names(CsvRow& row, const std::vector<std::string>& labels) {
  for (const std::string& label : labels) row.add_text("label_" + label);
}

void add_labels(CsvRow& row, const AccountSummary& account,
                const std::vector<std::string>& labels) {
  for (const std::string& label : labels) row.add_text(label_value_of(account.config(), label));
}

// Over the billing modes; nothing on overflow.
std::optional<MeasureAmounts> total_of(const MonthCosts& month, std::string_view currency) {
  MeasureAmounts total{};
  for (const auto& [key, amounts] : month.totals) {
    if (key.currency == currency && !add_amounts(total, amounts)) return std::nullopt;
  }
  return total;
}

std::string account_line(const AccountMonth& month, const CurrencyCosts& costs,
                         const std::vector<std::string>& labels) {
  CsvRow row;
  add_names(row, month, costs.currency);
  const auto total = month.costs == nullptr ? std::nullopt : total_of(*month.costs, costs.currency);
  if (total) {
    add_measures(row, *month.costs, *total);
  } else {
    for (std::size_t i = 0; i < kAllMeasures.size(); ++i) row.add_amount(std::nullopt);
  }
  const AccountConfig& config = month.account.config();
  const bool has_budget = month.is_current() && config.currency == costs.currency;
  row.add_amount(month.is_current() ? costs.trend.forecast : std::nullopt);
  row.add_amount(has_budget ? config.budget : std::nullopt);
  add_labels(row, month.account, labels);
  return row.text();
}

// All measures of each service; empty if the groups do not tell.
std::map<ServiceKey, MeasureAmounts> measures_by_service(const MonthCosts& month,
                                                         const AggregationConfig& aggregation) {
  const auto dimension = std::ranges::find(aggregation.group_by, GroupDimension::Kind::kServiceType,
                                           &GroupDimension::kind);
  if (dimension == aggregation.group_by.end() || !has_groups_of(month, aggregation) ||
      month.groups.folded_groups > 0) {
    return {};
  }
  const auto place = static_cast<std::size_t>(dimension - aggregation.group_by.begin()) + 1;
  std::map<ServiceKey, MeasureAmounts> services;
  for (const GroupLine& line : month.groups.lines) {
    const std::vector<std::string_view> values = line.values();
    MeasureAmounts& sum = services[{std::string(values[0]), std::string(values[place])}];
    if (!add_amounts(sum, line.amounts)) return {};
  }
  return services;
}

void append_services(std::string& text, const AccountMonth& month,
                     const AggregationConfig& aggregation, const std::vector<std::string>& labels) {
  const auto measures = measures_by_service(*month.costs, aggregation);
  for (const auto& [service, billed_cost] : month.costs->services) {
    CsvRow row;
    add_names(row, month, service.currency);
    row.add_text(service.service_type);
    row.add_text(find_service_name(month.account, service.service_type));
    const auto all = measures.find(service);
    if (all != measures.end()) {
      add_measures(row, *month.costs, all->second);
    } else {
      for (const Measure measure : kAllMeasures) {
        row.add_amount(measure == Measure::kBilledCost ? std::optional(billed_cost) : std::nullopt);
      }
    }
    add_labels(row, month.account, labels);
    text += row.text();
  }
}

Overview summarise_by_name(const Snapshot& input, AccountSearch search) {
  search.order = {SortKey::kName, false};
  return summarise_accounts(input, search);
}

}  // namespace

std::string render_accounts_csv(const Snapshot& input, AccountSearch search) {
  const Overview overview = summarise_by_name(input, std::move(search));
  CsvRow names;
  for (const std::string_view name : kMonthNames) names.add_text(name);
  add_measure_names(names);
  names.add_text("forecast_billed_cost");
  names.add_text("budget");
  add_label_names(names, overview.label_names);
  std::string text = names.text();
  for (const AccountSummary& account : overview.found) {
    for (const AccountMonth& month : months_of(account)) {
      for (const CurrencyCosts& costs : account.costs) {
        text += account_line(month, costs, overview.label_names);
      }
    }
  }
  return text;
}

std::string render_services_csv(const Snapshot& input, AccountSearch search) {
  const Overview overview = summarise_by_name(input, std::move(search));
  CsvRow names;
  for (const std::string_view name : kMonthNames) names.add_text(name);
  names.add_text("service_type");
  names.add_text("service_name");
  add_measure_names(names);
  add_label_names(names, overview.label_names);
  std::string text = names.text();
  for (const AccountSummary& account : overview.found) {
    for (const AccountMonth& month : months_of(account)) {
      if (month.costs == nullptr) continue;
      append_services(text, month, input.config->aggregation, overview.label_names);
    }
  }
  return text;
}

}  // namespace cloud_billing
