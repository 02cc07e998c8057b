#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exposition/metric_table.h"

namespace cloud_billing {
namespace {

AccountSeries of_trend(void (*write)(FamilyWriter&, std::string_view, const Trend&)) {
  return {Subject::kTrend,
          [write](FamilyWriter& family, const AggregationConfig&, const ShownAccount& account) {
            write(family, account.labels, account.trend);
          }};
}

void write_averages(FamilyWriter& family, std::string_view account, const Trend& trend) {
  for (const auto& [window, averages] :
       {std::pair("7d", &trend.average_7d), std::pair("30d", &trend.average_30d)}) {
    for (const auto& [key, average] : *averages) {
      const std::array labels{Label{"window", window}, Label{"currency", key.currency},
                              Label{"billing_mode", key.billing_mode}};
      family.add(account, labels, average);
    }
  }
}

void write_previous_to_date(FamilyWriter& family, std::string_view account, const Trend& trend) {
  for (const auto& [key, amount] : trend.previous_month_to_date) {
    const std::array labels{Label{"currency", key.currency},
                            Label{"billing_mode", key.billing_mode}};
    family.add(account, labels, amount);
  }
}

void write_week_earlier(FamilyWriter& family, const AggregationConfig& /*aggregation*/,
                        const ShownAccount& account) {
  if (account.days == nullptr) return;
  for (const auto& [key, amount] : find_week_earlier_day(*account.days)) {
    const std::array labels{Label{"currency", key.currency},
                            Label{"service_type", key.service_type},
                            Label{"billing_mode", key.billing_mode}};
    family.add(account.labels, labels, amount);
  }
}

void write_coverage(FamilyWriter& family, std::string_view account, const Trend& trend) {
  if (trend.coverage) family.add(account, {}, *trend.coverage);
}

void write_forecast(FamilyWriter& family, std::string_view account, const Trend& trend) {
  for (const auto& [currency, amount] : trend.forecast) {
    const std::array labels{Label{"currency", currency}};
    family.add(account, labels, amount);
  }
}

void write_runway(FamilyWriter& family, std::string_view account, const Trend& trend) {
  if (!trend.runway) return;
  const std::array labels{Label{"currency", trend.runway->currency}};
  family.add(account, labels, trend.runway->seconds);
}

}  // namespace

std::vector<MetricRow> trend_metrics() {
  return {
      {{"cloud_billing_daily_billed_cost_average",
        "Mean billed cost of a day, over the known ones of the last 7 or 30 complete days; select "
        "one window.",
        {kAccountLabels, "window", "currency", "billing_mode"}},
       polled(),
       of_trend(write_averages)},
      {{"cloud_billing_trend_coverage_ratio",
        "Known days of the last 30 complete ones, divided by 30.",
        {kAccountLabels}},
       polled(),
       of_trend(write_coverage)},
      {{"cloud_billing_forecast_billed_cost",
        "Expected billed cost of the current month: what it has cost, and for the days after the "
        "newest complete one the mean postpaid cost of the last 7.",
        {kAccountLabels, "currency"}},
       polled(),
       of_trend(write_forecast)},
      {{"cloud_billing_balance_runway_seconds",
        "How long the available balance lasts at the mean postpaid cost of the last 7 complete "
        "days; 0 if there is none left.",
        {kAccountLabels, "currency"}},
       polled(),
       of_trend(write_runway)},
      {{"cloud_billing_previous_month_to_date_billed_cost",
        "Billed cost (payable) of the previous month's first days: as many as the current month's "
        "bill covers wholly, at most all.",
        {kAccountLabels, "currency", "billing_mode"}},
       polled(),
       of_trend(write_previous_to_date)},
      {{"cloud_billing_week_earlier_day_billed_cost",
        "Billed cost (payable) of the day 7 days before the newest complete one; 0 for what only "
        "that one has.",
        {kAccountLabels, "currency", "service_type", "billing_mode"}},
       polled(),
       AccountSeries{Subject::kDays, write_week_earlier}},
  };
}

}  // namespace cloud_billing
