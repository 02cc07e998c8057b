#include "exposition/metric_writers.h"

#include <array>
#include <optional>

namespace cloud_billing {
namespace {

template <typename Select>
void write_balance(FamilyWriter& family, const Shown& shown, Select select) {
  for (const ShownAccount& account : shown.accounts) {
    if (account.balance == nullptr) continue;
    const std::optional<Amount> amount = select(*account.balance);
    if (!amount) continue;
    const std::array labels{Label{"currency", account.balance->currency}};
    family.add(account.labels, labels, *amount);
  }
}

}  // namespace

void write_available(FamilyWriter& family, const Shown& shown, Measure) {
  write_balance(family, shown, [](const Balance& b) { return std::optional(b.available); });
}

void write_cash(FamilyWriter& family, const Shown& shown, Measure) {
  write_balance(family, shown, [](const Balance& b) { return std::optional(b.cash); });
}

void write_credit_limit(FamilyWriter& family, const Shown& shown, Measure) {
  write_balance(family, shown, [](const Balance& b) { return b.credit_limit; });
}

void write_frozen(FamilyWriter& family, const Shown& shown, Measure) {
  write_balance(family, shown, [](const Balance& b) { return b.frozen; });
}
void write_arrears(FamilyWriter& family, const Shown& shown, Measure) {
  write_balance(family, shown, [](const Balance& b) { return b.arrears; });
}

}  // namespace cloud_billing
