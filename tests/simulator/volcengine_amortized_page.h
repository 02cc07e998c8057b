#pragma once

// Rows of ListAmortizedCostBillMonthly as JSON text. Pure.

#include <string>

#include "amortized_rows.h"
#include "bill_page.h"

namespace simulator {

// An object, and a comma after it.
void append_amortized_row(std::string& out, const VolcengineShareRow& share, const Account& account,
                          Month month, const PageSpoiling& spoiling);

}  // namespace simulator
