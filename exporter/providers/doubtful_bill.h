#pragma once

// A bill whose pages leave a doubt, decided by the provider's own total. One thread.

#include <functional>
#include <memory>

#include "providers/bill_sums.h"
#include "providers/conversation.h"
#include "providers/provider_totals.h"

namespace cloud_billing {

// Asks for the provider's own total over the same days; may give null: there is none to ask for.
using AskTotals = std::function<std::unique_ptr<Conversation<CurrencySums>>()>;

// The bill as it is if there is no doubt (BillSums::doubt). Else it is good if its billed cost is
// the provider's own total in each currency, and fails otherwise: as inconsistent, or as the
// question for the total failed.
[[nodiscard]] std::unique_ptr<Conversation<BillSums>> decide_by_total(
    std::unique_ptr<Conversation<BillSums>> bill, AskTotals ask_totals);

}  // namespace cloud_billing
