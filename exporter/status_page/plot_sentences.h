#pragma once

// What is said of the plots and in the tables behind them.

#include <cstdint>

#include "status_page/sentence.h"

namespace cloud_billing {

struct PlotSentences {
  Sentence<2> days_caption;    // how many days {0}, currency {1}
  Sentence<1> months_caption;  // currency {0}
  // For those who do not see the plot: currency {0}, from one day or month {1} to another {2}, the
  // highest amount {3} and when it was {4}.
  Sentence<5> days_name;
  Sentence<5> months_name;
  Sentence<2> cost_at;       // day or month {0}, amount {1}
  Sentence<1> not_known_at;  // day or month {0}
  Sentence<3> part_at;       // day or month {0}, amount {1}, of how many accounts {2}
  Words other_services;
  Words not_by_service;  // days whose services are not told apart
  Words not_known;
  Words not_known_of_all;    // accounts
  Sentence<1> month_so_far;  // month {0}
  Words so_far;
  // Beside the lines of a plot and beneath its columns.
  std::int64_t tick_unit;  // of large amounts
  std::int64_t ticks_in_unit_from;
  Sentence<1> tick_in_unit;  // amount {0} in that unit
  Sentence<1> short_month;   // {0} of short_months
  Sentence<1> january;       // year {0}
  // The table.
  Words exact_values;
  Words day;
  Words month;
  Words cost;
  Words accounts;
  Sentence<2> some_of;  // {0} of {1}
};

extern const PlotSentences kEnglishPlots;
extern const PlotSentences kChinesePlots;

}  // namespace cloud_billing
