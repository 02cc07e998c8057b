#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "polling/account_state.h"
#include "polling/collector_kind.h"

namespace cloud_billing {
namespace {

// Told so by both: an id may be unknown.
bool is_of_another(const Balance& a, const Balance& b) {
  return !a.account_id.empty() && !b.account_id.empty() && a.account_id != b.account_id;
}

// What can be spent stays what it last was, as long as that may be shown.
void keep_available(const AccountState& account, Balance& balance, UtcSeconds now) {
  const auto& known = account.results.balance;
  if (!known || account.has_results_of_other_key) return;
  const Balance& before = *known->value;
  const UtcSeconds read_at = before.available_at.value_or(known->at);
  const std::chrono::seconds max_age = account.config->polling.balance.max_age;
  if (before.currency != balance.currency || !is_fresh(read_at, max_age, now)) return;
  if (is_of_another(before, balance)) return;
  balance.available = before.available;
  balance.credit_limit = before.credit_limit;
  balance.available_at = read_at;
}

// Beside the balance and independent of it: what it does not tell is left as it was.
void ask_sub_accounts(AccountState& account, CollectorRun& run, UtcSeconds now) {
  const auto& known = account.results.sub_account_cash;
  const bool was_told = known && !known->value->balances.empty() &&
                        is_fresh(known->at, account.config->polling.balance.max_age, now) &&
                        !account.has_results_of_other_key;
  auto question =
      account.provider->ask_sub_account_cash(account.account(), {now, was_told, account.refusals});
  if (!question) return;
  run.add_leg(*std::move(question),
              [&account, &run](Conversation<SubAccountCash>& conversation, UtcSeconds read_at) {
                if (!run.note_outcome(conversation)) return false;
                SubAccountCash result = conversation.take_result();
                if (const auto failure = std::exchange(result.failure, std::nullopt)) {
                  run.note_failure(*failure);
                }
                account.results.sub_account_cash = read_now(std::move(result), read_at);
                return true;
              });
}

class BalanceCollector final : public CollectorKind {
 public:
  void start(AccountState& account, CollectorState& collector, UtcSeconds now) const override {
    const auto& balance = account.results.balance;
    const bool had_credit_limit =
        balance && balance->value->credit_limit && !account.has_results_of_other_key;
    CollectorRun& run = *collector.run;
    run.add_leg(
        account.provider->ask_balance(account.account(),
                                      {now, account.id_of_key, had_credit_limit, account.refusals}),
        [&account, &run](Conversation<Balance>& conversation, UtcSeconds read_at) {
          if (!run.note_outcome(conversation)) return false;
          Balance result = conversation.take_result();
          account.remember_id(result.account_id);
          if (const auto failure = std::exchange(result.available_failure, std::nullopt)) {
            run.note_failure(*failure);
            keep_available(account, result, read_at);
          } else {
            account.has_results_of_other_key = false;
          }
          account.results.balance = read_now(std::move(result), read_at);
          return true;
        });
    ask_sub_accounts(account, run, now);
  }

  bool spreads_over_interval() const override { return true; }

  Digest digest(const AccountResults& results, UtcSeconds /*now*/) const override {
    Digest digest;
    if (!results.balance) return digest;
    digest.rows = 1;
    const Balance& balance = *results.balance->value;
    if (balance.available) digest.totals.emplace(balance.currency, *balance.available);
    return digest;
  }
};

}  // namespace

const CollectorKind& balance_collector() {
  static const BalanceCollector collector;
  return collector;
}

}  // namespace cloud_billing
