#include "publishing/account_warnings.h"

#include <string_view>
#include <utility>

#include "accounts/currency_mismatch.h"
#include "system/log.h"

namespace cloud_billing {
namespace {

constexpr std::string_view kBudgetMessage =
    "the budget is in a currency in which the account has no cost: set the account's currency";
constexpr std::string_view kBalanceMessage =
    "low_balance is in a currency in which the account has no balance: set the account's currency";

void warn_of_mismatch(const AccountConfig& account, const CurrencyMismatch& mismatch) {
  log_warn(
      mismatch.key == "budget" ? kBudgetMessage : kBalanceMessage,
      {{"account", account.name}, {"currency", account.currency}, {"has", mismatch.currencies}});
}

void warn_of_double(const TwiceShown& pair) {
  log_warn("the same bill is read by two accounts, so its cost is counted twice",
           {{"account", pair.account},
            {"other_account", pair.other_account},
            {"account_id", pair.account_id}});
}

}  // namespace

void AccountWarnings::look_at(const AccountView& account) {
  std::set<std::string> now;
  const std::string& name = account.config->name;
  for (const CurrencyMismatch& mismatch :
       find_currency_mismatches(*account.config, account.results)) {
    const auto told = mismatches_.find(name);
    if (told == mismatches_.end() || !told->second.contains(mismatch.key)) {
      warn_of_mismatch(*account.config, mismatch);
    }
    now.insert(mismatch.key);
  }
  if (now.empty()) {
    mismatches_.erase(name);
  } else {
    mismatches_[name] = std::move(now);
  }
}

void AccountWarnings::look_at_accounts(const std::vector<NewView>& changed) {
  for (const NewView& each : changed) {
    if (each.view) look_at(*each.view);
  }
}

void AccountWarnings::look_at_bills(const std::vector<TwiceShown>& counted_twice) {
  std::set<std::pair<std::string, std::string>> now;
  for (const TwiceShown& pair : counted_twice) {
    const auto [place, is_new] = now.emplace(pair.account, pair.other_account);
    if (is_new && !counted_twice_.contains(*place)) warn_of_double(pair);
  }
  counted_twice_ = std::move(now);
}

void AccountWarnings::keep_accounts_of(const Config& config) {
  std::set<std::string_view> known;
  for (const AccountConfig& account : config.accounts) known.insert(account.name);
  std::erase_if(mismatches_, [&known](const auto& told) { return !known.contains(told.first); });
}

}  // namespace cloud_billing
