#pragma once

// A row of the metric table: what is said of a gauge, and the function that writes its series from
// everything that is shown. A function leaves out what is not known. Each *_metrics.cc exports the
// rows of its subject; a new metric is a new row there. Pure, any thread.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "exposition/exposition.h"
#include "exposition/family_writer.h"
#include "exposition/metric_head.h"

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

// Where the values come from: HELP says it.
struct Source {
  bool polled = false;        // refreshed by polls
  std::string_view origin{};  // the key in the providers' facts; empty: not from a cloud's field
  std::string_view of_all{};  // said once, after all providers' origins: "of that day"
};

inline constexpr Source kNotPolled{};

[[nodiscard]] constexpr Source polled(std::string_view origin = {}, std::string_view of_all = {}) {
  return {true, origin, of_all};
}

struct MetricRow {
  MetricHead head;
  Source source;
  std::function<void(FamilyWriter& family, const Shown& shown)> write;
};

}  // namespace cloud_billing
