#pragma once

// The heads of the tables of accounts and of totals.

#include "status_page/sentence.h"

namespace cloud_billing {

struct TableSentences {
  Words account;
  Words state;
  Words this_month;
  Words forecast;
  Words change;  // against the same days of the month before
  Words last_month;
  Words budget_used;
  Words available;
  Words days_left;
  Words value;  // of a label
  Words accounts;
};

extern const TableSentences kEnglishTable;
extern const TableSentences kChineseTable;

}  // namespace cloud_billing
