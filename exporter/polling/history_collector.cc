#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "polling/account_state.h"
#include "polling/collector_kind.h"

namespace cloud_billing {
namespace {

// The months before `previous`, the newest first.
std::vector<BillingMonth> closed_months(const AccountState& account, UtcSeconds now) {
  std::vector<BillingMonth> months{account.zone().month_at(now).previous().previous()};
  for (int i = 1; i < account.config->polling.history_months; ++i)
    months.push_back(months.back().previous());
  return months;
}

// The window moves on with each month, and what a clock set wrong has read ahead of time is none.
void drop_others(AccountResults& results, const std::vector<BillingMonth>& months) {
  std::erase_if(results.closed_months, [&months](const auto& entry) {
    return entry.first > months.front() || entry.first < months.back();
  });
}

// What a key may not read it may not read of any month: after a refusal no further month is asked
// for. Months that are under way go on.
class UnlessRefused final : public Conversation<ServiceCosts> {
 public:
  UnlessRefused(Question<ServiceCosts> question, std::shared_ptr<std::optional<Failure>> refusal)
      : question_(std::move(question)), refusal_(std::move(refusal)) {}

  std::optional<PendingRequest> next() override {
    if (finished()) return std::nullopt;
    auto pending = question_->next();
    is_asked_ = is_asked_ || pending;
    return pending;
  }
  bool finished() const override { return is_spared() || question_->finished(); }
  const std::optional<Failure>& failure() const override {
    return is_spared() ? *refusal_ : question_->failure();
  }
  ServiceCosts take_result() override { return question_->take_result(); }

 private:
  [[nodiscard]] bool is_spared() const { return !is_asked_ && refusal_->has_value(); }

  const Question<ServiceCosts> question_;
  const std::shared_ptr<std::optional<Failure>> refusal_;
  bool is_asked_ = false;
};

bool is_refusal(const Failure& failure) {
  return failure.reason == Reason::kPermission || failure.reason == Reason::kAuth;
}

class HistoryCollector final : public CollectorKind {
 public:
  // A month is read once: most polls ask nothing.
  void start(AccountState& account, CollectorState& collector, UtcSeconds now) const override {
    const auto months = closed_months(account, now);
    drop_others(account.results, months);
    const auto refusal = std::make_shared<std::optional<Failure>>();
    CollectorRun& run = *collector.run;
    for (const BillingMonth month : months) {
      if (account.results.closed_months.contains(month)) continue;
      auto question = account.provider->ask_closed_month(account.account(), month);
      run.add_leg(
          Question<ServiceCosts>(std::make_unique<UnlessRefused>(std::move(question), refusal)),
          [&account, &run, month, refusal](Conversation<ServiceCosts>& conversation,
                                           UtcSeconds read_at) {
            if (!run.note_outcome(conversation)) {
              if (is_refusal(*conversation.failure())) *refusal = conversation.failure();
              return false;
            }
            ServiceCosts costs = conversation.take_result();
            account.remember_id(costs.account_id);
            drop_zeros(costs);
            account.results.closed_months.insert_or_assign(
                month, read_now(ClosedMonth(std::move(costs)), read_at));
            return true;
          });
    }
  }

  bool spreads_over_interval() const override { return true; }

  // The amounts of all months, and their sum.
  Digest digest(const AccountResults& results, UtcSeconds /*now*/) const override {
    Digest digest;
    bool fits = true;
    for (const auto& [month, read] : results.closed_months) {
      digest.rows += read.value->costs().billed_costs.size();
      for (const auto& [currency, billed_cost] : read.value->sums()) {
        fits = billed_cost && digest.totals[currency].add(*billed_cost) && fits;
      }
    }
    if (!fits) digest.totals.clear();
    return digest;
  }

  bool asks_anew(const Config& before, const Config& after) const override {
    return before.polling.history_months != after.polling.history_months;
  }

  void restore(AccountResults& results, const AccountRecord& /*record*/,
               const AccountState& account, UtcSeconds now) const override {
    drop_others(results, closed_months(account, now));
  }
  // Months may be missing: of a longer window, or closed meanwhile.
  Resumption resume(const AccountState& account, const AccountRecord& /*record*/,
                    const CollectorStatus& /*status*/) const override {
    const auto known = static_cast<int>(account.results.closed_months.size());
    return known < account.config->polling.history_months ? Resumption::kAtOnce
                                                          : Resumption::kAsPlanned;
  }
};

}  // namespace

const CollectorKind& history_collector() {
  static const HistoryCollector collector;
  return collector;
}

}  // namespace cloud_billing
