#include "providers/doubtful_bill.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/measure.h"
#include "providers/composed_conversation.h"

namespace cloud_billing {
namespace {

// False if a sum overflows, too.
bool agrees(const CostSnapshot& costs, CurrencySums total) {
  for (const auto& [key, amounts] : costs.totals()) {
    Amount& rest = total.amounts[std::string(split_cost_key(key).front())];
    if (!rest.subtract(amounts[index_of(Measure::kBilledCost)])) return false;
  }
  return std::all_of(total.amounts.begin(), total.amounts.end(),
                     [](const auto& entry) { return entry.second == Amount(); });
}

class DecidedBill final : public ComposedConversation<BillSums> {
 public:
  DecidedBill(std::unique_ptr<Conversation<BillSums>> bill, AskTotals ask_totals)
      : bill_(std::move(bill)), ask_totals_(std::move(ask_totals)) {
    look_at_parts();
  }

 private:
  std::optional<PendingRequest> next_of_parts() override {
    return totals_ ? totals_->next() : bill_->next();
  }

  void look_at_parts() override {
    if (totals_) return decide();
    if (!bill_->finished()) return;
    if (bill_->failure()) return give_up(*bill_->failure());
    sums_ = bill_->take_result();
    if (sums_->doubt.empty()) return conclude(*std::move(sums_));
    totals_ = ask_totals_();
    if (!totals_) return give_up(Failure::inconsistent(sums_->doubt));
    decide();
  }

  void decide() {
    if (!totals_->finished()) return;
    if (totals_->failure()) {
      return give_up(totals_->failure()->with_prefix(
          sums_->doubt + ", and the provider's own total, which would tell, cannot be read"));
    }
    if (!agrees(sums_->costs, totals_->take_result())) {
      return give_up(
          Failure::inconsistent(sums_->doubt + ", and the sum is not the provider's own total"));
    }
    conclude(*std::move(sums_));
  }

  const std::unique_ptr<Conversation<BillSums>> bill_;
  const AskTotals ask_totals_;
  std::optional<BillSums> sums_;                        // once the bill is read
  std::unique_ptr<Conversation<CurrencySums>> totals_;  // once they are asked for
};

}  // namespace

std::unique_ptr<Conversation<BillSums>> decide_by_total(
    std::unique_ptr<Conversation<BillSums>> bill, AskTotals ask_totals) {
  return std::make_unique<DecidedBill>(std::move(bill), std::move(ask_totals));
}

}  // namespace cloud_billing
