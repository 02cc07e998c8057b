#pragma once

// Times, days and months in words.

#include <array>

#include "status_page/sentence.h"

namespace cloud_billing {

struct TimeSentences {
  std::array<Words, 12> months;
  std::array<Words, 12> short_months;
  Sentence<2> month;       // {0} of months, {1} year
  Sentence<2> day;         // {0} of short_months, {1} day
  Sentence<2> days;        // from day {0} to day {1}
  Sentence<2> day_time;    // day {0}, time of day {1}
  Sentence<1> china_time;  // {0} is a full time
  Sentence<2> in_zone;     // day {0} of the zone {1}
  Counted whole_days;
  Sentence<1> hours;
  Sentence<1> minutes;
  Sentence<1> seconds;
  Sentence<1> ago;  // {0} is a duration
  Sentence<1> ahead;
  Words under_way;
  Words comma;  // between things that are listed
};

extern const TimeSentences kEnglishTimes;
extern const TimeSentences kChineseTimes;

}  // namespace cloud_billing
