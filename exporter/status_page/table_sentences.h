#pragma once

// The heads of the table of accounts.

#include "status_page/sentence.h"

namespace cloud_billing {

struct TableSentences {
  Words account;
  Words state;
  Words this_month;
  Words last_month;
  Words budget_used;
  Words available;
};

extern const TableSentences kEnglishTable;
extern const TableSentences kChineseTable;

}  // namespace cloud_billing
