#include "publishing/account_warnings.h"

#include <string_view>
#include <utility>
#include <vector>

#include "accounts/counted_twice.h"
#include "accounts/currency_mismatch.h"
#include "system/log.h"

namespace cloud_billing {
namespace {

constexpr std::string_view kBudgetMessage =
    "the budget is in a currency in which the account has no cost: set the account's currency";
constexpr std::string_view kBalanceMessage =
    "low_balance is in a currency in which the account has no balance: set the account's currency";

// Something to say of an account, or of two.
struct Warning {
  std::string_view message;
  const AccountView* account = nullptr;
  const AccountView* other = nullptr;  // null: of one
  CurrencyMismatch mismatch{};         // if it is about that

  [[nodiscard]] std::string key() const {
    std::string key = std::string(message) + '\n' + account->config->name + '\n';
    return key + (other == nullptr ? mismatch.key : other->config->name);
  }
};

std::vector<Warning> find_warnings(const Snapshot& known) {
  std::vector<Warning> warnings;
  std::vector<KnownBills> bills;
  for (const auto& view : known.accounts) {
    bills.push_back({view->config->provider->name, &view->results});
    for (CurrencyMismatch& mismatch : find_currency_mismatches(*view->config, view->results)) {
      const std::string_view message = mismatch.key == "budget" ? kBudgetMessage : kBalanceMessage;
      warnings.push_back({message, view.get(), nullptr, std::move(mismatch)});
    }
  }
  for (const CountedTwice& pair : find_counted_twice(bills)) {
    warnings.push_back({"the same bill is read by two accounts, so its cost is counted twice",
                        known.accounts[pair.reader].get(), known.accounts[pair.owner].get()});
  }
  return warnings;
}

void log_warning(const Warning& warning) {
  const AccountConfig& account = *warning.account->config;
  if (warning.other != nullptr) {
    log_warn(warning.message, {{"account", account.name},
                               {"other_account", warning.other->config->name},
                               {"account_id", warning.other->results.account_id}});
    return;
  }
  log_warn(warning.message, {{"account", account.name},
                             {"currency", account.currency},
                             {"has", warning.mismatch.currencies}});
}

}  // namespace

void AccountWarnings::look(const Snapshot& known) {
  std::set<std::string> true_now;
  for (const Warning& warning : find_warnings(known)) {
    std::string key = warning.key();
    if (!told_.contains(key)) log_warning(warning);
    true_now.insert(std::move(key));
  }
  told_ = std::move(true_now);
}

}  // namespace cloud_billing
