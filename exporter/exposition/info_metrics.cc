#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exposition/metric_table.h"

namespace cloud_billing {
namespace {

AccountSeries write_configured(std::optional<Amount> AccountConfig::*configured) {
  return {Subject::kSettings, [configured](FamilyWriter& family, const AggregationConfig&,
                                           const ShownAccount& account) {
            const AccountConfig& config = *account.view->config;
            if (!(config.*configured)) return;
            const std::array labels{Label{"currency", config.currency}};
            family.add(account.labels, labels, *(config.*configured));
          }};
}

void write_account_info(FamilyWriter& family, const AggregationConfig&,
                        const ShownAccount& account) {
  if (account.view->results.account_id.empty()) return;
  const std::array labels{Label{"account_id", account.view->results.account_id}};
  family.add(account.labels, labels, 1.0);
}

// Of each id the name that the newer month tells.
void write_sub_account_info(FamilyWriter& family, const AggregationConfig&,
                            const ShownAccount& account) {
  std::map<std::string_view, std::string_view> names;
  for (const ShownMonth& month : account.months) {
    names.insert(month.costs->sub_account_names.begin(), month.costs->sub_account_names.end());
  }
  for (const auto& [id, name] : names) {
    const std::array labels{Label{"sub_account_id", id}, Label{"sub_account_name", name}};
    family.add(account.labels, labels, 1.0);
  }
}

void write_counted_twice(FamilyWriter& family, const Overall& overall) {
  for (const TwiceShown& pair : *overall.counted_twice) {
    const std::array labels{Label{"other_account", pair.other_account}};
    family.add(pair.labels, labels, 1.0);
  }
}

void write_service_info(FamilyWriter& family, const Overall& overall) {
  for (const auto& [key, delivered] : overall.service_names->names()) {
    const std::array labels{Label{"provider", key.provider},
                            Label{"service_type", key.service_type},
                            Label{"service_name", delivered.second}};
    family.add({}, labels, 1.0);
  }
}

// Calls write(provider, zone, period, month) for both months of each provider of the whole file.
template <typename Write>
void for_each_period(const Overall& overall, const Write& write) {
  for (const auto& [provider, zone] : *overall.providers) {
    const BillingMonth current = zone.month_at(overall.now);
    write(provider, zone, "current", current);
    write(provider, zone, "previous", current.previous());
  }
}

OverallSeries write_period_edge(UtcSeconds (BillingZone::*edge)(BillingMonth) const) {
  return {OverallSubject::kProgram, [edge](FamilyWriter& family, const Overall& overall) {
            for_each_period(overall, [&](std::string_view provider, BillingZone zone,
                                         std::string_view period, BillingMonth month) {
              const std::array labels{Label{"provider", provider}, Label{"period", period}};
              family.add({}, labels, (zone.*edge)(month));
            });
          }};
}

void write_period_info(FamilyWriter& family, const Overall& overall) {
  for_each_period(overall, [&](std::string_view provider, BillingZone /*zone*/,
                               std::string_view period, BillingMonth month) {
    const std::string text = month.text();
    const std::array labels{Label{"provider", provider}, Label{"period", period},
                            Label{"month", text}};
    family.add({}, labels, 1.0);
  });
}

}  // namespace

std::vector<MetricRow> info_metrics() {
  return {
      {{"cloud_billing_budget", "Monthly budget as configured.", {kAccountLabels, "currency"}},
       kNotPolled,
       write_configured(&AccountConfig::budget)},
      {{"cloud_billing_low_balance_threshold",
        "Low balance threshold as configured.",
        {kAccountLabels, "currency"}},
       kNotPolled,
       write_configured(&AccountConfig::low_balance)},
      {{"cloud_billing_account_info",
        "The cloud's own id of the account.",
        {kAccountLabels, "account_id"}},
       polled("account_id"),
       AccountSeries{Subject::kAccountId, write_account_info}},
      {{"cloud_billing_sub_account_info",
        "Name of an account whose cost the bill holds, as last delivered.",
        {kAccountLabels, "sub_account_id", "sub_account_name"}},
       polled("sub_account_name"),
       AccountSeries{Subject::kMonths, write_sub_account_info}},
      {{"cloud_billing_bill_counted_twice",
        "1 while the bill of this account holds rows of other_account, which the configuration "
        "polls "
        "too: a sum over both counts their cost twice.",
        {kAccountLabels, "other_account"}},
       polled(),
       OverallSeries{OverallSubject::kCountedTwice, write_counted_twice}},
      {{"cloud_billing_service_info",
        "Display name of a service as last delivered.",
        {"provider", "service_type", "service_name"}},
       polled("service_name"),
       OverallSeries{OverallSubject::kServiceNames, write_service_info}},
      {{"cloud_billing_period_start_timestamp_seconds",
        "Start of the billing month, 00:00 in the provider's billing zone on the 1st.",
        {"provider", "period"}},
       kNotPolled,
       write_period_edge(&BillingZone::start_of)},
      {{"cloud_billing_period_end_timestamp_seconds",
        "End of the billing month, exclusive.",
        {"provider", "period"}},
       kNotPolled,
       write_period_edge(&BillingZone::end_of)},
      {{"cloud_billing_period_info",
        "1, with the billing month that the period is now.",
        {"provider", "period", "month"}},
       kNotPolled,
       OverallSeries{OverallSubject::kProgram, write_period_info}},
  };
}

}  // namespace cloud_billing
