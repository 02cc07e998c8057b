#include "providers/bill_questions.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "providers/api_error.h"
#include "providers/composed_conversation.h"
#include "providers/doubtful_bill.h"
#include "providers/mapped_conversation.h"

namespace cloud_billing {
namespace {

class MonthConversation final : public ComposedConversation<MonthCosts> {
 public:
  MonthConversation(BillingZone zone, const AccountConfig& account,
                    const AggregationConfig& aggregation, const MonthQuery& query, MonthParts parts)
      : zone_(zone),
        account_(account),
        aggregation_(aggregation),
        query_(query),
        parts_(std::move(parts)) {}

 private:
  std::optional<PendingRequest> next_of_parts() override {
    if (auto pending = parts_.bill->next()) return pending;
    if (!costs_ || !parts_.totals) return std::nullopt;
    auto pending = parts_.totals->next();
    if (pending) pending->informational = true;
    return pending;
  }

  void look_at_parts() override {
    if (parts_.bill->failure()) return give_up(*parts_.bill->failure());
    if (!parts_.bill->finished()) return;
    if (!costs_) costs_ = summarise(parts_.bill->take_result());
    if (!costs_) {
      return give_up(response_not_understood("a sum of " + query_.month.text() + " is too large"));
    }
    if (!parts_.totals) return conclude(*std::move(costs_));
    if (!parts_.totals->finished()) return;
    if (!parts_.totals->failure()) {
      costs_->provider_totals = reconcile(*costs_, parts_.totals->take_result());
    }
    conclude(*std::move(costs_));
  }

  // Nothing if a sum overflows.
  [[nodiscard]] std::optional<MonthCosts> summarise(const BillSums& bill) const {
    auto costs = summarise_month(bill.costs, aggregation_, account_.currency);
    if (!costs) return std::nullopt;
    costs->account_id = bill.account_id;
    costs->region_ids = bill.region_ids;
    if (bill.data_through) {
      costs->data_through = std::min({*bill.data_through, query_.now, zone_.end_of(query_.month)});
    }
    return costs;
  }

  const BillingZone zone_;
  const AccountConfig& account_;
  const AggregationConfig& aggregation_;
  const MonthQuery query_;
  const MonthParts parts_;
  std::optional<MonthCosts> costs_;
};

}  // namespace

std::unique_ptr<Conversation<MonthCosts>> ask_month_of(BillingZone zone,
                                                       const AccountConfig& account,
                                                       const AggregationConfig& aggregation,
                                                       const MonthQuery& query, MonthParts parts) {
  return std::make_unique<MonthConversation>(zone, account, aggregation, query, std::move(parts));
}

std::unique_ptr<Conversation<EffectiveCosts>> ask_effective_month_of(
    BillingZone zone, const AccountConfig& account, const AggregationConfig& aggregation,
    const MonthQuery& query, std::unique_ptr<Conversation<BillSums>> shares) {
  auto decided = decide_by_total(std::move(shares), [] { return nullptr; });
  return map_result<EffectiveCosts, MonthCosts>(
      ask_month_of(zone, account, aggregation, query, {std::move(decided), nullptr}),
      [](MonthCosts costs) { return EffectiveCosts{std::move(costs)}; });
}

const AggregationConfig& totals_only() {
  static const AggregationConfig aggregation = [] {
    AggregationConfig none;
    none.group_by.clear();
    return none;
  }();
  return aggregation;
}

std::unique_ptr<Conversation<DayCosts>> ask_day_of(std::unique_ptr<Conversation<BillSums>> bill,
                                                   BillingDay day) {
  return map_result<DayCosts, BillSums>(
      std::move(bill), [day](const BillSums& sums) { return summarise_day(sums.costs, day); });
}

}  // namespace cloud_billing
