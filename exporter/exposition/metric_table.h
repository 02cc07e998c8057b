#pragma once

// THE table of poll-time metrics, in the order in which they are served. Every row is a gauge; a
// metric's name is written in its row and nowhere else. Pure, any thread.

#include <span>
#include <vector>

#include "config/provider_facts.h"
#include "exposition/metric_head.h"
#include "exposition/metric_row.h"

namespace cloud_billing {

[[nodiscard]] const std::vector<MetricRow>& metric_table();

// Its parts, by subject; each is defined in the file of its name.
[[nodiscard]] std::vector<MetricRow> balance_metrics();
[[nodiscard]] std::vector<MetricRow> cost_metrics();     // months, and the newest complete day
[[nodiscard]] std::vector<MetricRow> trend_metrics();    // what the days say about what comes
[[nodiscard]] std::vector<MetricRow> history_metrics();  // closed months
[[nodiscard]] std::vector<MetricRow> amortization_metrics();
[[nodiscard]] std::vector<MetricRow> order_metrics();
[[nodiscard]] std::vector<MetricRow> coupon_metrics();
[[nodiscard]] std::vector<MetricRow> package_metrics();
[[nodiscard]] std::vector<MetricRow> budget_metrics();   // those with the cloud itself
[[nodiscard]] std::vector<MetricRow> renewal_metrics();  // what ends soon
[[nodiscard]] std::vector<MetricRow> info_metrics();     // what other metrics are compared with
[[nodiscard]] std::vector<MetricRow> program_metrics();  // collectors, and this program

// The row's head as it is served: its HELP names the origins that the providers tell, in order.
[[nodiscard]] MetricHead head_of(const MetricRow& row, std::span<const ProviderFacts> providers);

}  // namespace cloud_billing
