#pragma once

// What needs attention: a line for an account, whose name is {0}, and a cause.

#include "status_page/sentence.h"

namespace cloud_billing {

struct AttentionSentences {
  Words heading;
  Counted more;
  Sentence<1> reload_refused;   // {0}: how long ago the one in use was loaded
  Sentence<4> failing;          // collector {1}, last success {2}, reason {3}
  Sentence<3> never_succeeded;  // collector {1}, reason {2}
  Sentence<3> late;             // collector {1}, for {2}
  Sentence<2> in_debt;          // balance {1}
  Sentence<3> below_threshold;  // balance {1}, threshold {2}
  Sentence<2> budget_used;      // percentage {1}
  Sentence<2> holds_other;      // the account {1}
  Sentence<5> wrong_currency;   // key {1}, its currency {2}, currencies {3}, key to set {4}
  Sentence<2> unpaid_orders;    // {1} of counted_orders
  Counted counted_orders;
};

extern const AttentionSentences kEnglishAttention;
extern const AttentionSentences kChineseAttention;

}  // namespace cloud_billing
