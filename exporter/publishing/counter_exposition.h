#pragma once

// Counters and histograms as they are served, written anew where they changed. Owned by one thread;
// what it shares is immutable.

#include <string>
#include <vector>

#include "exposition/family_parts.h"
#include "publishing/self_metrics.h"

namespace cloud_billing {

class CounterExposition {
 public:
  // The counters must outlive this.
  explicit CounterExposition(const SelfMetrics& counters);

  // Takes what has changed from the counters.
  void update();
  // The next update() writes everything.
  void forget() { shown_ = {}; }

  void keep_text(bool kept);
  [[nodiscard]] Families share();

 private:
  void write_group(std::size_t group);

  const SelfMetrics& counters_;
  SelfMetrics::Counted shown_;
  std::vector<FamilyParts> families_;  // by row of the table
};

// All series of the row.
void write_counter_row(FamilyWriter& family, const CounterRow& row,
                       const SelfMetrics::Counted& counted);

// Text format 0.0.4, histograms left out: what polls have counted. Everything at once.
[[nodiscard]] std::string render_counters(const SelfMetrics& counters);

}  // namespace cloud_billing
