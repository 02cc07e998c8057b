#pragma once

// A row of the metric table: what is said of a gauge, and the function that writes its series, of
// one account or of everything together. A function leaves out what is not known. Each *_metrics.cc
// exports the rows of its subject; a new metric is a new row there. Pure, any thread.

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/config.h"
#include "exposition/family_writer.h"
#include "exposition/metric_head.h"
#include "exposition/overall.h"
#include "exposition/shown_account.h"

namespace cloud_billing {

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

// The series of one account. They may depend on nothing of it but this subject and its labels:
// they are written anew only when that changes.
struct AccountSeries {
  Subject subject{};
  std::function<void(FamilyWriter& family, const AggregationConfig& aggregation,
                     const ShownAccount& account)>
      write;
};

// Series that are not about one account. They may depend on nothing of what is shown of all but
// this subject.
enum class OverallSubject { kProgram, kServiceNames, kCountedTwice };

struct OverallSeries {
  OverallSubject subject{};
  std::function<void(FamilyWriter& family, const Overall& overall)> write;
};

struct MetricRow {
  MetricHead head;
  Source source;
  std::variant<AccountSeries, OverallSeries> series;
};

}  // namespace cloud_billing
