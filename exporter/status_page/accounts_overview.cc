#include "status_page/accounts_overview.h"

#include <algorithm>
#include <utility>

#include "exposition/overall.h"
#include "status_page/account_search.h"
#include "status_page/double_counting.h"
#include "status_page/time_words.h"

namespace cloud_billing {
namespace {

void note_bill_times(const Snapshot& input, Overview& overview) {
  for (const auto& view : input.accounts) {
    for (const CollectorStatus& status : view->collectors) {
      if (status.collector != Collector::kBills || !status.last_success) continue;
      const UtcSeconds read = *status.last_success;
      overview.newest_bill = std::max(overview.newest_bill.value_or(read), read);
      overview.oldest_bill = std::min(overview.oldest_bill.value_or(read), read);
    }
  }
}

// Whether the account's name and label are those asked for.
bool is_meant(const AccountConfig& account, const AccountSearch& search, const std::string& label) {
  if (!search.account.empty() && account.name != search.account) return false;
  return label.empty() || !search.label_value ||
         label_value_of(account, label) == *search.label_value;
}

// Those that have all that is asked for, but for their condition.
std::vector<AccountSummary> find_in_any_condition(const Snapshot& input,
                                                  const AccountSearch& search,
                                                  const std::string& label) {
  const SearchWords words(search.words);
  std::vector<AccountSummary> found;
  for (const auto& view : input.accounts) {
    if (!is_meant(*view->config, search, label)) continue;
    AccountSummary account = summarise_account(input, view);
    if (words.match(account)) found.push_back(std::move(account));
  }
  return found;
}

void choose_condition(const AccountSearch& search, Overview& overview) {
  for (const AccountCondition condition : kAllConditions) {
    const auto has = [condition](const AccountSummary& each) {
      return has_condition(each, condition);
    };
    const auto count = std::ranges::count_if(overview.found, has);
    overview.with_condition[condition] = static_cast<std::size_t>(count);
  }
  if (!search.condition) return;
  std::erase_if(overview.found, [&](const AccountSummary& each) {
    return !has_condition(each, *search.condition);
  });
}

std::vector<const AccountSummary*> pointers_to(const std::vector<AccountSummary>& accounts) {
  std::vector<const AccountSummary*> pointers;
  for (const AccountSummary& account : accounts) pointers.push_back(&account);
  return pointers;
}

}  // namespace

BillingMonth latest_month(const Snapshot& input) {
  std::optional<BillingMonth> latest;
  for (const auto& [provider, zone] : providers_of(*input.config)) {
    const BillingMonth month = zone.month_at(input.now);
    latest = std::max(latest.value_or(month), month);
  }
  return latest.value_or(kPageTime.month_at(input.now));  // of a file without accounts: nothing's
}

Overview summarise_accounts(const Snapshot& input, const AccountSearch& search) {
  Overview overview{input.now, latest_month(input), input.accounts.size()};
  overview.label_names = list_label_names(input);
  if (std::ranges::binary_search(overview.label_names, search.label)) overview.label = search.label;
  note_bill_times(input, overview);
  overview.found = find_in_any_condition(input, search, overview.label);
  choose_condition(search, overview);
  const bool by_value = !overview.label.empty() && search.label_value.has_value();
  overview.searched = !search.account.empty() || !SearchWords(search.words).empty() ||
                      search.condition.has_value() || by_value;
  note_double_counting(input, overview.found);
  order_accounts(overview.found, search.order);
  overview.totals = add_up_accounts(pointers_to(overview.found));
  if (!overview.label.empty()) {
    overview.by_label = add_up_by_label(overview.found, overview.label);
  }
  return overview;
}

}  // namespace cloud_billing
