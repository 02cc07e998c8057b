#pragma once

// Charges as bytes, and back: what stands in the spool between the page that brought a row and the
// line that is written of it. Only this program, in this run, reads them. Pure, any thread.

#include <string>
#include <string_view>

#include "billing/charge.h"

namespace cloud_billing {

void append_charge(std::string& bytes, const BillRow& row, const ChargeDetails& details);

// The charge that `bytes` begin with, which are then behind it; they must be whole records. Its
// texts are views into them. A charge that is used again keeps its memory.
void take_charge(std::string_view& bytes, Charge& charge);

}  // namespace cloud_billing
