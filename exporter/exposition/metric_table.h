#pragma once

// THE table of poll-time metrics: name, help and the function that writes the series. A metric's
// name is written nowhere else. Every row is a gauge.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/measure.h"
#include "exposition/exposition.h"
#include "exposition/family_writer.h"

namespace cloud_billing {

// An account with what is selected for showing at the input's time.
struct ShownMonth {
  std::string_view period;  // "current" or "previous"
  const MonthCosts* costs = nullptr;
};

struct ShownAccount {
  const AccountView* view = nullptr;
  std::string labels;      // rendered: provider, account, static labels
  AccountResults results;  // without what is too old to be shown
  // Of the results. Null: none, or too old.
  const Balance* balance = nullptr;
  const DayCosts* day = nullptr;
  const Orders* orders = nullptr;
  std::vector<ShownMonth> months;
};

struct Shown {
  const Snapshot* input = nullptr;
  std::vector<ShownAccount> accounts;
};

struct MetricRow {
  std::string name;
  std::string help;
  void (*write)(FamilyWriter& family, const Shown& shown, Measure measure) = nullptr;
  Measure measure = Measure::kBilledCost;  // for rows that are about one
};

[[nodiscard]] const std::vector<MetricRow>& metric_table();

}  // namespace cloud_billing
