#include <utility>

#include "polling/account_state.h"
#include "polling/collector_kind.h"
#include "polling/known_months.h"

namespace cloud_billing {
namespace {

class AmortizationCollector final : public CollectorKind {
 public:
  // A poll fixes its months when it starts.
  void start(AccountState& account, CollectorState& collector, UtcSeconds now) const override {
    const BillingMonth current = account.zone().month_at(now);
    add_month(account, *collector.run, {now, current});
    if (reads_previous_month(account.results.effective_months, collector,
                             account.config->polling.amortization.max_age, now, account.zone())) {
      add_month(account, *collector.run, {now, current.previous()});
    }
  }

  Digest digest(const AccountResults& results, UtcSeconds /*now*/) const override {
    return digest_of(results.effective_months);
  }

  bool asks_anew(const Config& before, const Config& after) const override {
    return grouping_text(before.aggregation) != grouping_text(after.aggregation);
  }
  void adapt(AccountResults& results, const Config& before, const Config& after) const override {
    if (asks_anew(before, after)) drop_groups(results.effective_months);
  }

  void restore(AccountResults& results, const AccountRecord& record, const AccountState& account,
               UtcSeconds now) const override {
    drop_other_months(results.effective_months, now, account.zone());
    const AggregationConfig& aggregation = account.config->aggregation;
    if (record.grouping != grouping_text(aggregation) ||
        !are_grouped(results.effective_months, aggregation)) {
      drop_groups(results.effective_months);
    }
  }
  Resumption resume(const AccountState& account, const AccountRecord& /*record*/,
                    const CollectorStatus& status) const override {
    const auto& months = account.results.effective_months;
    if (status.last_success && months.empty()) return Resumption::kAnew;
    return are_grouped(months, account.config->aggregation) ? Resumption::kAsPlanned
                                                            : Resumption::kAtOnce;
  }

 private:
  static void add_month(AccountState& account, CollectorRun& run, const MonthQuery& query) {
    run.add_leg(account.provider->ask_effective_month(account.account(),
                                                      account.config->aggregation, query),
                [&account, &run, month = query.month](Conversation<EffectiveCosts>& conversation,
                                                      UtcSeconds read_at) {
                  if (!run.note_outcome(conversation)) return false;
                  EffectiveCosts costs = conversation.take_result();
                  account.remember_id(costs.shares.account_id);
                  auto& months = account.results.effective_months;
                  months.insert_or_assign(month, read_now(std::move(costs), read_at));
                  drop_other_months(months, read_at, account.zone());
                  return true;
                });
  }
};

}  // namespace

const CollectorKind& amortization_collector() {
  static const AmortizationCollector collector;
  return collector;
}

}  // namespace cloud_billing
