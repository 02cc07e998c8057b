#include <array>
#include <optional>

#include "exposition/metric_table.h"

namespace cloud_billing {
namespace {

// Writes what `select` finds in the balance, if it is known.
template <typename Select>
AccountSeries write_balance(Select select) {
  return {Subject::kBalance,
          [select](FamilyWriter& family, const AggregationConfig&, const ShownAccount& account) {
            if (account.balance == nullptr) return;
            const std::optional<Amount> amount = select(*account.balance);
            if (!amount) return;
            const std::array labels{Label{"currency", account.balance->currency}};
            family.add(account.labels, labels, *amount);
          }};
}

void write_sub_account_cash(FamilyWriter& family, const AggregationConfig&,
                            const ShownAccount& account) {
  if (account.sub_account_cash == nullptr) return;
  for (const auto& [id, amount] : account.sub_account_cash->balances) {
    const std::array labels{Label{"sub_account_id", id},
                            Label{"currency", account.sub_account_cash->currency}};
    family.add(account.labels, labels, amount);
  }
}

}  // namespace

std::vector<MetricRow> balance_metrics() {
  return {
      {{"cloud_billing_available_balance", "What can be spent now.", {kAccountLabels, "currency"}},
       polled("available_balance"),
       write_balance([](const Balance& balance) { return balance.available; })},
      {{"cloud_billing_cash_balance", "Cash balance.", {kAccountLabels, "currency"}},
       polled("cash_balance"),
       write_balance([](const Balance& balance) { return balance.cash; })},
      {{"cloud_billing_credit_limit", "Credit limit.", {kAccountLabels, "currency"}},
       polled("credit_limit"),
       write_balance([](const Balance& balance) { return balance.credit_limit; })},
      {{"cloud_billing_frozen_balance",
        "Part of the cash that is frozen.",
        {kAccountLabels, "currency"}},
       polled("frozen_balance"),
       write_balance([](const Balance& balance) { return balance.frozen; })},
      {{"cloud_billing_arrears",
        "What is owed on bills that are due.",
        {kAccountLabels, "currency"}},
       polled("arrears"),
       write_balance([](const Balance& balance) { return balance.arrears; })},
      {{"cloud_billing_sub_account_cash_balance",
        "Cash balance of a sub-account that the configuration lists.",
        {kAccountLabels, "sub_account_id", "currency"}},
       polled("sub_account_cash_balance"),
       AccountSeries{Subject::kSubAccountCash, write_sub_account_cash}},
  };
}

}  // namespace cloud_billing
