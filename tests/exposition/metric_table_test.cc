// THE table of metrics: that its rows say what their functions write, and what HELP says of
// origins.

#include "exposition/metric_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "tests/exposition/scene.h"

namespace cloud_billing {
namespace {

using testing::ElementsAreArray;

TEST(MetricTable, NamesAndExplainsEveryMetric) {
  for (const MetricRow& row : metric_table()) {
    const MetricHead& head = row.head;
    EXPECT_TRUE(head.name.starts_with("cloud_billing_")) << head.name;
    EXPECT_FALSE(head.name.ends_with("_total")) << head.name << " is a gauge";
    EXPECT_EQ(head.type, MetricType::kGauge) << head.name;
    EXPECT_TRUE(head.help.ends_with('.')) << head.name;
    // The text format and OpenMetrics share the bytes: they escape quotes differently.
    EXPECT_EQ(head.help.find_first_of("\"\\\n"), std::string::npos) << head.name;
  }
}

// What the row declares, with the names that the configuration of full_scene() decides.
std::vector<std::string> declared_labels(const MetricHead& head) {
  std::vector<std::string> names;
  for (const std::string_view label : head.labels) {
    std::vector<std::string> more{std::string(label)};
    if (label == kAccountLabels) more = {"provider", "account", "team"};
    if (label == kGroupLabels) more = {"service_type", "region_id", "billing_mode", "tag_owner"};
    names.insert(names.end(), more.begin(), more.end());
  }
  return names;
}

TEST(MetricTable, EverySeriesHasTheLabelsThatItsRowDeclares) {
  const std::vector<std::string> lines = lines_of(render_exposition(full_scene().input()));
  for (const MetricRow& row : metric_table()) {
    int series = 0;
    for (const std::string& line : lines) {
      if (name_of(line) != row.head.name) continue;
      ++series;
      EXPECT_THAT(label_names(line), ElementsAreArray(declared_labels(row.head))) << line;
    }
    EXPECT_GT(series, 0) << row.head.name << " is missing in the full scene";
  }
}

TEST(MetricTable, HasEachSeriesOnceAndEachFamilyInOnePiece) {
  std::set<std::string> series;
  std::vector<std::string> families;
  for (const std::string& line : lines_of(render_exposition(full_scene().input()))) {
    if (line.starts_with("# HELP ")) {
      families.push_back(line.substr(7, line.find(' ', 7) - 7));
      continue;
    }
    if (line.starts_with('#')) {
      EXPECT_EQ(line, "# TYPE " + families.back() + " gauge");
      continue;
    }
    EXPECT_EQ(name_of(line), families.back());
    EXPECT_TRUE(series.insert(line.substr(0, line.rfind(' '))).second) << "twice: " << line;
  }
  EXPECT_GT(series.size(), 100U);
  std::vector<std::string> table;
  for (const MetricRow& row : metric_table()) table.push_back(row.head.name);
  EXPECT_EQ(families, table);
}

// Or a sum over the family adds two months.
TEST(MetricTable, AsksToSelectOnePeriodWhereverThereAreTwo) {
  int families = 0;
  for (const MetricRow& row : metric_table()) {
    const auto& labels = row.head.labels;
    const bool has_period = std::find(labels.begin(), labels.end(), "period") != labels.end();
    if (has_period) ++families;
    EXPECT_EQ(head_of(row, {}).help.ends_with(" Select one period."), has_period) << row.head.name;
  }
  EXPECT_GT(families, 20);
}

std::string help_of(const Source& source, std::span<const ProviderFacts> providers) {
  return head_of({{"cloud_billing_example", "An example.", {}}, source, {}}, providers).help;
}

ProviderFacts cloud(std::string_view name, std::span<const MetricOrigin> origins) {
  ProviderFacts facts{.name = "cloud", .billing_zone = kUtc};
  facts.display_name = name;
  facts.origins = origins;
  return facts;
}

TEST(Origins, AreThoseThatTheProvidersTellInTheirOrder) {
  static constexpr std::array kHighOrigins{MetricOrigin{"cash", "GetBalance Cash"},
                                           MetricOrigin{"day", ": yesterday"}};
  static constexpr std::array kLowOrigins{MetricOrigin{"cash", "QueryCash total"},
                                          MetricOrigin{"debt", "QueryCash debt"}};
  const std::array clouds{cloud("High", kHighOrigins), cloud("Low", kLowOrigins)};
  EXPECT_EQ(help_of(polled("cash"), clouds),
            "An example (High GetBalance Cash; Low QueryCash total). "
            "Refreshed by polls, not by scrapes.");
  EXPECT_EQ(help_of(polled("cash", "of that day"), clouds),
            "An example (High GetBalance Cash, Low QueryCash total of that day). "
            "Refreshed by polls, not by scrapes.");
  EXPECT_EQ(help_of(polled("day"), clouds),
            "An example (High: yesterday). Refreshed by polls, not by scrapes.");
  EXPECT_EQ(help_of(polled("debt"), clouds),
            "An example (Low QueryCash debt). Refreshed by polls, not by scrapes.");
  EXPECT_EQ(help_of(polled("nothing", "of that day"), clouds),
            "An example. Refreshed by polls, not by scrapes.");
  EXPECT_EQ(help_of(polled(), clouds), "An example. Refreshed by polls, not by scrapes.");
  EXPECT_EQ(help_of(kNotPolled, clouds), "An example.");
}

TEST(Origins, StandInTheExposition) {
  static constexpr std::array kOrigins{MetricOrigin{"account_id", "GetAccount Id"}};
  const std::array clouds{cloud("High", kOrigins)};
  Snapshot input = full_scene().input();
  input.providers = clouds;
  EXPECT_THAT(render_exposition(input),
              testing::HasSubstr("\n# HELP cloud_billing_account_info The cloud's own id of the "
                                 "account (High GetAccount Id). Refreshed by polls, not by "
                                 "scrapes.\n"));
}

}  // namespace
}  // namespace cloud_billing
