// What is said of all metrics that /metrics serves, compared with what depends on it: the label
// names that a configuration may not choose, and the origins that the clouds tell.

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/providers.h"
#include "config/config.h"
#include "config/group_by.h"
#include "config/label_name.h"
#include "exposition/metric_table.h"
#include "publishing/counter_exposition.h"
#include "publishing/process_metrics.h"
#include "publishing/self_metrics.h"
#include "tests/exposition_text.h"

namespace cloud_billing {
namespace {

std::vector<MetricHead> all_heads() {
  std::vector<MetricHead> heads = process_metric_heads();
  for (const MetricRow& row : metric_table()) heads.push_back(row.head);
  for (const CounterRow& row : counter_table()) heads.push_back(row.head);
  return heads;
}

TEST(MetricHeads, NameEachMetricOnceAndExplainIt) {
  std::set<std::string> names;
  for (const MetricHead& head : all_heads()) {
    EXPECT_TRUE(names.insert(head.name).second) << head.name;
    EXPECT_TRUE(head.help.ends_with('.')) << head.name;
    EXPECT_EQ(head.name.ends_with("_total"), head.type == MetricType::kCounter) << head.name;
  }
}

// Otherwise a static label of such a name would stand twice in a series: then the whole exposition
// is invalid.
TEST(MetricHeads, DeclareTheLabelsThatAConfigurationCannotChoose) {
  std::set<std::string_view> declared;
  for (const MetricHead& head : all_heads()) {
    for (const std::string_view label : head.labels) {
      if (label == kAccountLabels) {
        declared.insert({"provider", "account"});
      } else if (label == kGroupLabels) {
        declared.insert(group_dimension_names().begin(), group_dimension_names().end());
      } else {
        declared.insert(label);
      }
    }
  }
  const std::set<std::string_view> own(own_label_names().begin(), own_label_names().end());
  EXPECT_EQ(own, declared);
  for (const std::string_view name : declared) EXPECT_TRUE(refuse_label_name(name)) << name;
  EXPECT_TRUE(refuse_label_name("le"));
}

TEST(MetricHeads, OfCountersDeclareTheLabelsOfTheirSeries) {
  const auto config = parse_config(
      "accounts: [{name: a, provider: baidu, access_key_id: k, secret_access_key: s}]\n",
      "config.yml", [](std::string_view) { return std::nullopt; }, all_providers().facts());
  ASSERT_TRUE(config);
  SelfMetrics metrics{all_providers()};
  metrics.apply_config(config.value());
  CounterExposition exposition(metrics);
  exposition.update();
  const std::vector<std::string> lines = lines_of(text_of(exposition.share()));
  for (const CounterRow& row : counter_table()) {
    const MetricHead& head = row.head;
    std::set<std::string> declared;
    for (const std::string_view label : head.labels) {
      if (label == kAccountLabels) {
        declared.insert({"provider", "account"});
      } else {
        declared.insert(std::string(label));
      }
    }
    int series = 0;
    for (const std::string& line : lines) {
      if (!line.starts_with(head.name)) continue;
      ++series;
      const std::vector<std::string> names = label_names(line);
      std::set<std::string> written(names.begin(), names.end());
      if (head.type == MetricType::kHistogram) written.erase("le");
      EXPECT_EQ(written, declared) << line;
    }
    EXPECT_GT(series, 0) << head.name;
  }
}

// A key that is misspelled on either side would silently say nothing.
TEST(Origins, OfEveryCloudAreAskedForByRowsAndTheOtherWayRound) {
  std::set<std::string_view> asked;
  for (const MetricRow& row : metric_table()) {
    if (!row.source.origin.empty()) asked.insert(row.source.origin);
  }
  std::set<std::string_view> told;
  for (const ProviderFacts& facts : all_providers().facts()) {
    EXPECT_FALSE(facts.display_name.empty()) << facts.name;
    std::set<std::string_view> once;
    for (const MetricOrigin& origin : facts.origins) {
      EXPECT_TRUE(once.insert(origin.key).second) << facts.name << ' ' << origin.key;
      EXPECT_FALSE(origin.text.empty()) << facts.name << ' ' << origin.key;
      EXPECT_EQ(origin.text.find_first_of("\"\\\n"), std::string::npos) << origin.text;
    }
    told.merge(once);
  }
  EXPECT_EQ(told, asked);
}

}  // namespace
}  // namespace cloud_billing
