#pragma once

// What is said of collectors and their polls.

#include <array>

#include "core/collector.h"
#include "core/failure.h"
#include "status_page/sentence.h"

namespace cloud_billing {

struct PollSentences {
  std::array<Words, kAllCollectors.size()> collectors;  // in the order of kAllCollectors
  std::array<Words, kAllReasons.size()> reasons;        // in the order of kAllReasons
  Sentence<2> reason;                                   // {0} its code, {1} of reasons
  Words first_poll_under_way;
  Words ok;
  Words failed;
  Words not_yet;
  Words never;
  Words too_old;
  // The table of an account's collectors.
  Words latest_poll;
  Words last_success;
  Words next_poll;
  Sentence<4> in_short;    // collector {0} is {1}, last success {2}, next poll {3}
  Sentence<3> failed_ago;  // collector {0}, how long ago {1}, reason {2}
  Sentence<3> last_error;  // collector {0}, time {1}, reason {2}
  Words message_not_kept;  // in place of the message of a failure
  // Days.
  Sentence<2> days_not_known;  // the days {0}, why {1}
  Words days_are_read;
  Words days_are_read_next;
  Sentence<2> days_failed;        // reason {0}, message {1}
  Sentence<2> days_add_up;        // month {0}, amount {1}
  Sentence<3> days_come_to_more;  // month {0}, sum {1}, by how much {2}
  Sentence<3> days_come_to_less;
  Sentence<2> not_amortised;  // month {0}, the amortised bill in the cloud's words {1}
};

extern const PollSentences kEnglishPolls;
extern const PollSentences kChinesePolls;

}  // namespace cloud_billing
