#pragma once

// What is said of a metric beside its values: name, HELP, type and labels. Every metric that
// /metrics serves has one head: gauges in the rows of the metric table, counters, histograms and
// process metrics in the tables of publishing/. Plain values, any thread.

#include <string>
#include <string_view>
#include <vector>

namespace cloud_billing {

enum class MetricType { kGauge, kCounter, kHistogram };

// In a head's labels, these stand for names that the configuration decides.
inline constexpr std::string_view kAccountLabels = "...";       // provider, account, static labels
inline constexpr std::string_view kGroupLabels = "<group_by>";  // of aggregation.group_by

struct MetricHead {
  std::string name;                        // of a counter: with _total
  std::string help;                        // whole sentences, without quotes
  std::vector<std::string_view> labels{};  // all that its series may carry; "le" is understood
  MetricType type = MetricType::kGauge;
};

}  // namespace cloud_billing
