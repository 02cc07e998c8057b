#pragma once

// How accounts fare, and how they can be chosen and ordered.

#include <array>

#include "status_page/account_condition.h"
#include "status_page/account_order.h"
#include "status_page/sentence.h"

namespace cloud_billing {

struct ChoiceSentences {
  std::array<Words, kAllConditions.size()> states;  // in the order of kAllConditions
  Words used_up;                                    // of a balance
  Words forecast_over;                              // of a budget that is not used up
  Words by_state;                                   // above the choice
  Words all;                                        // whatever the state
  Sentence<2> with_count;                           // a choice {0} that {1} accounts meet
  Words order;                                      // above the choice
  std::array<Words, kAllSortKeys.size()> orders;    // in the order of kAllSortKeys, as it begins
  Sentence<1> reversed;                             // the order {0}, the other way round
  Words totals_by;                                  // above the choice of a label
  Words no_label;                                   // no choice
  Sentence<1> totals_of;                            // label {0}
  Sentence<1> without_label;                        // {0}, for accounts that do not have it
};

extern const ChoiceSentences kEnglishChoices;
extern const ChoiceSentences kChineseChoices;

}  // namespace cloud_billing
