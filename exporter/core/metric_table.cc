#include "core/metric_table.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

namespace cloud_billing {
namespace {

using WriteFunction = decltype(MetricRow::write);

double seconds_of(UtcSeconds time) { return static_cast<double>(time.time_since_epoch().count()); }

bool is_chosen(const Shown& shown, Measure measure) {
  const std::vector<Measure>& chosen = shown.input->config->aggregation.measures;
  return std::find(chosen.begin(), chosen.end(), measure) != chosen.end();
}

std::string group_metric(Measure measure) {
  return "cloud_billing_" + std::string(measure_name(measure));
}

std::string tag_metric(Measure measure) { return group_metric(measure) + "_by_tag"; }

// ---- balances ----

template <typename Select>
void write_balance(FamilyWriter& family, const Shown& shown, Select select) {
  for (const ShownAccount& account : shown.accounts) {
    if (account.balance == nullptr) continue;
    const std::optional<Amount> amount = select(*account.balance);
    if (!amount) continue;
    const std::array labels{Label{"currency", account.balance->currency}};
    family.add(account.labels, labels, *amount);
  }
}

void write_available(FamilyWriter& family, const Shown& shown, Measure) {
  write_balance(family, shown, [](const Balance& b) { return std::optional(b.available); });
}
void write_cash(FamilyWriter& family, const Shown& shown, Measure) {
  write_balance(family, shown, [](const Balance& b) { return std::optional(b.cash); });
}
void write_credit_limit(FamilyWriter& family, const Shown& shown, Measure) {
  write_balance(family, shown, [](const Balance& b) { return b.credit_limit; });
}

// ---- costs ----

void write_account_measure(FamilyWriter& family, const Shown& shown, Measure measure) {
  if (!is_chosen(shown, measure)) return;
  for (const ShownAccount& account : shown.accounts) {
    for (const ShownMonth& month : account.months) {
      for (const auto& [key, amounts] : month.costs->totals) {
        const std::array labels{Label{"period", month.period}, Label{"currency", key.first},
                                Label{"billing_mode", key.second}};
        family.add(account.labels, labels, amounts[index_of(measure)]);
      }
    }
  }
}

void write_group_measure(FamilyWriter& family, const Shown& shown, Measure measure) {
  if (!is_chosen(shown, measure)) return;
  const std::vector<GroupDimension>& dimensions = shown.input->config->aggregation.group_by;
  std::vector<Label> labels{{"period", {}}, {"currency", {}}};
  for (const GroupDimension& dimension : dimensions) labels.push_back({dimension.label, {}});
  for (const ShownAccount& account : shown.accounts) {
    for (const ShownMonth& month : account.months) {
      labels[0].value = month.period;
      for (const GroupLine& line : month.costs->groups.lines) {
        for (std::size_t i = 0; i < line.values.size(); ++i) labels[i + 1].value = line.values[i];
        family.add(account.labels, labels, line.amounts[index_of(measure)]);
      }
    }
  }
}

void write_tag_measure(FamilyWriter& family, const Shown& shown, Measure measure) {
  if (!is_chosen(shown, measure)) return;
  const std::vector<std::string>& tag_keys = shown.input->config->aggregation.tag_keys;
  for (const ShownAccount& account : shown.accounts) {
    for (const ShownMonth& month : account.months) {
      for (std::size_t tag = 0; tag < month.costs->tag_groups.size(); ++tag) {
        for (const GroupLine& line : month.costs->tag_groups[tag].lines) {
          const std::array labels{Label{"period", month.period}, Label{"currency", line.values[0]},
                                  Label{"tag_key", tag_keys[tag]},
                                  Label{"tag_value", line.values[1]},
                                  Label{"service_type", line.values[2]}};
          family.add(account.labels, labels, line.amounts[index_of(measure)]);
        }
      }
    }
  }
}

void write_folded_groups(FamilyWriter& family, const Shown& shown, Measure) {
  for (const ShownAccount& account : shown.accounts) {
    for (const ShownMonth& month : account.months) {
      std::size_t tag_groups = 0;
      for (const GroupLines& lines : month.costs->tag_groups) tag_groups += lines.folded_groups;
      for (const Measure measure : shown.input->config->aggregation.measures) {
        const auto add = [&](const std::string& metric, std::size_t folded) {
          const std::array labels{Label{"period", month.period}, Label{"metric", metric}};
          family.add(account.labels, labels, static_cast<double>(folded));
        };
        add(group_metric(measure), month.costs->groups.folded_groups);
        if (!month.costs->tag_groups.empty()) add(tag_metric(measure), tag_groups);
      }
    }
  }
}

template <typename Select>
void write_per_month(FamilyWriter& family, const Shown& shown, Select select) {
  for (const ShownAccount& account : shown.accounts) {
    for (const ShownMonth& month : account.months) {
      const std::optional<double> value = select(*month.costs);
      if (!value) continue;
      const std::array labels{Label{"period", month.period}};
      family.add(account.labels, labels, *value);
    }
  }
}

void write_data_through(FamilyWriter& family, const Shown& shown, Measure) {
  write_per_month(family, shown, [](const MonthCosts& costs) {
    return costs.data_through ? std::optional(seconds_of(*costs.data_through)) : std::nullopt;
  });
}
void write_rows(FamilyWriter& family, const Shown& shown, Measure) {
  write_per_month(family, shown, [](const MonthCosts& costs) {
    return std::optional(static_cast<double>(costs.rows));
  });
}

template <typename Select>
void write_provider_total(FamilyWriter& family, const Shown& shown, Select select) {
  for (const ShownAccount& account : shown.accounts) {
    for (const ShownMonth& month : account.months) {
      for (const ProviderTotal& total : month.costs->provider_totals) {
        const std::array labels{Label{"period", month.period}, Label{"currency", total.currency}};
        family.add(account.labels, labels, select(total));
      }
    }
  }
}

void write_provider_cost(FamilyWriter& family, const Shown& shown, Measure) {
  write_provider_total(family, shown, [](const ProviderTotal& total) { return total.billed_cost; });
}
void write_difference(FamilyWriter& family, const Shown& shown, Measure) {
  write_provider_total(family, shown, [](const ProviderTotal& total) { return total.difference; });
}

// ---- configuration and information ----

template <typename Select>
void write_configured(FamilyWriter& family, const Shown& shown, Select select) {
  for (const ShownAccount& account : shown.accounts) {
    const std::optional<Amount>& amount = select(*account.view->config);
    if (!amount) continue;
    const std::array labels{Label{"currency", account.view->config->currency}};
    family.add(account.labels, labels, *amount);
  }
}

void write_budget(FamilyWriter& family, const Shown& shown, Measure) {
  write_configured(
      family, shown, [](const AccountConfig& c) -> auto& { return c.budget; });
}
void write_low_balance(FamilyWriter& family, const Shown& shown, Measure) {
  write_configured(
      family, shown, [](const AccountConfig& c) -> auto& { return c.low_balance; });
}

void write_account_info(FamilyWriter& family, const Shown& shown, Measure) {
  for (const ShownAccount& account : shown.accounts) {
    if (account.view->account_id.empty()) continue;
    const std::array labels{Label{"account_id", account.view->account_id}};
    family.add(account.labels, labels, 1.0);
  }
}

void write_service_info(FamilyWriter& family, const Shown& shown, Measure) {
  // Provider and service type -> when the name was delivered, and the name: the newest is shown.
  std::map<std::pair<std::string_view, std::string_view>, std::pair<UtcSeconds, std::string_view>>
      names;
  for (const ShownAccount& account : shown.accounts) {
    for (const auto& [month, read] : account.view->months) {
      for (const auto& [type, name] : read.value->service_names) {
        auto& known = names[{account.view->config->provider->name, type}];
        known = std::max(known, std::pair(read.at, std::string_view(name)));
      }
    }
  }
  for (const auto& [key, name] : names) {
    const std::array labels{Label{"provider", key.first}, Label{"service_type", key.second},
                            Label{"service_name", name.second}};
    family.add({}, labels, 1.0);
  }
}

void write_periods(FamilyWriter& family, const Shown& shown,
                   UtcSeconds (BillingMonth::*edge)() const) {
  const BillingMonth current = BillingMonth::at(shown.input->now);
  for (const auto& [period, month] :
       {std::pair("current", current), std::pair("previous", current.previous())}) {
    const std::array labels{Label{"period", period}};
    family.add({}, labels, seconds_of((month.*edge)()));
  }
}

void write_period_start(FamilyWriter& family, const Shown& shown, Measure) {
  write_periods(family, shown, &BillingMonth::start);
}
void write_period_end(FamilyWriter& family, const Shown& shown, Measure) {
  write_periods(family, shown, &BillingMonth::end);
}

// ---- collectors ----

template <typename Select>
void write_collectors(FamilyWriter& family, const Shown& shown, Select select) {
  for (const ShownAccount& account : shown.accounts) {
    for (const CollectorStatus& status : account.view->collectors) {
      const std::optional<double> value = select(status);
      if (!value) continue;
      const std::array labels{Label{"collector", collector_name(status.collector)}};
      family.add(account.labels, labels, *value);
    }
  }
}

void write_up(FamilyWriter& family, const Shown& shown, Measure) {
  write_collectors(family, shown, [](const CollectorStatus& status) {
    return status.up ? std::optional(*status.up ? 1.0 : 0.0) : std::nullopt;
  });
}
void write_last_success(FamilyWriter& family, const Shown& shown, Measure) {
  write_collectors(family, shown, [](const CollectorStatus& status) {
    return status.last_success ? std::optional(seconds_of(*status.last_success)) : std::nullopt;
  });
}
void write_duration(FamilyWriter& family, const Shown& shown, Measure) {
  write_collectors(family, shown, [](const CollectorStatus& status) {
    return status.up ? std::optional(status.duration_seconds) : std::nullopt;
  });
}

// ---- the exporter itself ----

void write_account_count(FamilyWriter& family, const Shown& shown, Measure) {
  family.add({}, {}, static_cast<double>(shown.input->config->accounts.size()));
}
void write_polled_count(FamilyWriter& family, const Shown& shown, Measure) {
  family.add({}, {}, static_cast<double>(shown.accounts.size()));
}
void write_build_info(FamilyWriter& family, const Shown& shown, Measure) {
  const BuildInfo& build = shown.input->build;
  const std::array labels{Label{"version", build.version}, Label{"revision", build.revision},
                          Label{"compiler", build.compiler}};
  family.add({}, labels, 1.0);
}
void write_config_good(FamilyWriter& family, const Shown&, Measure) { family.add({}, {}, 1.0); }
void write_config_time(FamilyWriter& family, const Shown& shown, Measure) {
  family.add({}, {}, seconds_of(shown.input->config_loaded_at));
}

struct MeasureMeaning {
  Measure measure;
  std::string_view meaning;
  std::string_view origin;  // per provider: operation and field
};

constexpr std::array kMeanings{
    MeasureMeaning{Measure::kBilledCost, "Billed cost (payable)",
                   "Baidu resource_month_bill financePrice"},
    MeasureMeaning{Measure::kListCost, "List cost (before discounts)",
                   "Baidu resource_month_bill originPrice"},
    MeasureMeaning{Measure::kPaidAmount, "Paid amount",
                   "Baidu resource_month_bill cash + rebate + creditCost + creditRefund"},
    MeasureMeaning{Measure::kUnpaidAmount, "Unpaid amount", "Baidu resource_month_bill debt"},
    MeasureMeaning{Measure::kCouponAmount, "Amount covered by coupons",
                   "Baidu resource_month_bill couponPrice + discountCouponPrice + "
                   "cashEquivalentCouponPrice"},
    MeasureMeaning{Measure::kDiscountAmount, "Amount discounted",
                   "Baidu resource_month_bill discountPrice"},
};

constexpr std::string_view kByPolls = "Refreshed by polls, not by scrapes.";

std::string help_of(std::string_view what, std::string_view origin) {
  std::string help(what);
  if (!origin.empty()) help += " (" + std::string(origin) + ")";
  return help + ". " + std::string(kByPolls);
}

std::vector<MetricRow> make_table() {
  std::vector<MetricRow> table;
  const auto add = [&table](std::string name, std::string help, WriteFunction write,
                            Measure measure = Measure::kBilledCost) {
    table.push_back({std::move(name), std::move(help), write, measure});
  };

  add("cloud_billing_available_balance",
      help_of(
          "What can be spent now",
          "Baidu cash_balance cashBalance plus credit_quota remainQuota where the key may read it"),
      write_available);
  add("cloud_billing_cash_balance", help_of("Cash balance", "Baidu cash_balance cashBalance"),
      write_cash);
  add("cloud_billing_credit_limit",
      help_of("Credit limit", "Baidu credit_quota quota, where the key may read it"),
      write_credit_limit);

  for (const MeasureMeaning& m : kMeanings) {
    add("cloud_billing_account_" + std::string(measure_name(m.measure)),
        help_of(std::string(m.meaning) + ": the account's total of the billing month", m.origin),
        write_account_measure, m.measure);
  }
  for (const MeasureMeaning& m : kMeanings) {
    add(group_metric(m.measure),
        help_of(std::string(m.meaning) + " of the billing month by group", m.origin),
        write_group_measure, m.measure);
  }
  for (const MeasureMeaning& m : kMeanings) {
    add(tag_metric(m.measure),
        help_of(std::string(m.meaning) +
                    " of the billing month by tag; each tag_key splits the whole cost once, so "
                    "always select one",
                m.origin),
        write_tag_measure, m.measure);
  }

  add("cloud_billing_bill_data_through_timestamp_seconds",
      help_of("Until when the bill covers",
              "Baidu: end of yesterday from 10:00 UTC+8 on, before "
              "that of the day before"),
      write_data_through);
  add("cloud_billing_bill_rows",
      help_of("Rows read in the last good poll of the month", "Baidu resource_month_bill bills"),
      write_rows);
  add("cloud_billing_folded_groups",
      help_of("Groups folded into __other__, by full metric name", ""), write_folded_groups);
  add("cloud_billing_provider_billed_cost",
      help_of("The provider's own total over the same days", "Baidu month_summary financePrice"),
      write_provider_cost);
  add("cloud_billing_reconciliation_difference",
      help_of("Our sum of billed cost minus the provider's own total over the same days",
              "Baidu month_summary financePrice"),
      write_difference);

  add("cloud_billing_budget", "Monthly budget as configured.", write_budget);
  add("cloud_billing_low_balance_threshold", "Low balance threshold as configured.",
      write_low_balance);
  add("cloud_billing_account_info",
      help_of("The cloud's own id of the account", "Baidu resource_month_bill accountId"),
      write_account_info);
  add("cloud_billing_service_info",
      help_of("Display name of a service as last delivered",
              "Baidu resource_month_bill serviceTypeName"),
      write_service_info);
  add("cloud_billing_period_start_timestamp_seconds",
      "Start of the billing month, 00:00 UTC+8 on the 1st.", write_period_start);
  add("cloud_billing_period_end_timestamp_seconds", "End of the billing month, exclusive.",
      write_period_end);

  add("cloud_billing_collector_up", help_of("1 if the latest poll succeeded, 0 if not", ""),
      write_up);
  add("cloud_billing_collector_last_success_timestamp_seconds",
      help_of("When the latest successful poll ended; for bills, of the current month", ""),
      write_last_success);
  add("cloud_billing_collector_duration_seconds", help_of("How long the latest poll took", ""),
      write_duration);
  add("cloud_billing_configured_accounts", "Accounts in the configuration file.",
      write_account_count);
  add("cloud_billing_polled_accounts", "Accounts that this process polls.", write_polled_count);
  add("cloud_billing_build_info", "1, with what this program was built from.", write_build_info);
  add("cloud_billing_config_last_reload_successful",
      "1 if the configuration was read successfully the last time.", write_config_good);
  add("cloud_billing_config_last_reload_success_timestamp_seconds",
      "When the configuration was last read successfully.", write_config_time);
  return table;
}

}  // namespace

const std::vector<MetricRow>& metric_table() {
  static const std::vector<MetricRow> table = make_table();
  return table;
}

}  // namespace cloud_billing
