#pragma once

// What needs attention: a line for an account, whose name is {0}, and a cause; or for many of them.

#include <array>
#include <cstddef>

#include "status_page/attention.h"
#include "status_page/sentence.h"

namespace cloud_billing {

inline constexpr std::size_t kConcernKinds = static_cast<std::size_t>(ConcernKind::kDaysFailed) + 1;

struct AttentionSentences {
  Words heading;
  Counted more;
  Sentence<1> reload_refused;   // {0}: how long ago the one in use was loaded
  Sentence<4> failing;          // collectors {1}, last success {2}, reason {3}
  Sentence<3> never_succeeded;  // collectors {1}, reason {2}
  Sentence<2> in_debt;          // balance {1}
  Sentence<2> used_up;          // balance {1}
  Sentence<3> below_threshold;  // balance {1}, threshold {2}
  Sentence<4> low_and_short;    // the same, lasts for {3}
  Sentence<3> lasts;            // balance {1}, lasts for {2}
  Sentence<3> budget_used;      // percentage {1}, budget {2}
  Sentence<4> forecast_over;    // forecast {1}, percentage {2}, budget {3}
  Sentence<2> holds_other;      // the account {1}
  Sentence<5> wrong_currency;   // key {1}, its currency {2}, currencies {3}, key to set {4}
  Sentence<3> stale;            // collectors {1}, for {2}
  Sentence<2> unpaid_orders;    // {1} of counted_orders
  Counted counted_orders;
  Sentence<2> days_failed;                  // reason {1}
  Sentence<3> group;                        // accounts {0}, cause {1}, some of their names {2}
  std::array<Words, kConcernKinds> causes;  // of a group, in the order of ConcernKind
  Sentence<1> and_more;                     // {0} names, and others
};

extern const AttentionSentences kEnglishAttention;
extern const AttentionSentences kChineseAttention;

}  // namespace cloud_billing
