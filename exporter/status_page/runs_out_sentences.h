#pragma once

// What is said of coupons, resource packages, the cloud's own budgets and sub-accounts' cash.

#include "status_page/sentence.h"

namespace cloud_billing {

struct RunsOutSentences {
  Words none;
  Sentence<1> further;  // {0} more of what is listed
  Words coupons;
  Counted some_coupons;
  Words packages;
  Sentence<2> package;     // of service {0}, counted in {1}
  Sentence<1> left;        // percentage {0}
  Sentence<1> expires;     // the first of them: {0}, a time to come
  Words expiry_not_known;  // of the first of them
  Words budgets;
  Sentence<2> used;  // amount {0}; the budget is not known: {1}
  Words sub_accounts;
};

extern const RunsOutSentences kEnglishRunsOut;
extern const RunsOutSentences kChineseRunsOut;

}  // namespace cloud_billing
