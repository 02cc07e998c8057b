#include "status_page/double_counting.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "accounts/counted_twice.h"

namespace cloud_billing {
namespace {

// The accounts' places in the configuration, by name.
std::map<std::string_view, std::size_t> places_of(const Config& config) {
  std::map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < config.accounts.size(); ++i) {
    places.emplace(config.accounts[i].name, i);
  }
  return places;
}

// The accounts in the configuration's order, with what is known of their bills.
struct AllBills {
  AllBills(const Snapshot& input, std::vector<AccountSummary>& found) {
    const MaxAgeOf max_age_of = input.config->polling.max_age_of();
    const auto places = places_of(*input.config);
    for (const auto& view : input.accounts) views.push_back(view.get());
    std::sort(views.begin(), views.end(), [&places](const AccountView* a, const AccountView* b) {
      return places.at(a->config->name) < places.at(b->config->name);
    });
    std::map<std::string_view, AccountSummary*> by_name;
    for (AccountSummary& account : found) by_name.emplace(account.view->config->name, &account);
    for (const AccountView* view : views) {
      results.push_back(view->results.fresh(input.now, max_age_of));
      const auto summary = by_name.find(view->config->name);
      summaries.push_back(summary == by_name.end() ? nullptr : summary->second);
    }
    for (std::size_t i = 0; i < views.size(); ++i) {
      bills.push_back({views[i]->config->provider->name, &results[i]});
    }
  }

  [[nodiscard]] const std::string& name(std::size_t place) const {
    return views[place]->config->name;
  }

  std::vector<const AccountView*> views;
  std::vector<AccountResults> results;
  std::vector<AccountSummary*> summaries;  // null: not found
  std::vector<KnownBills> bills;
};

void leave_out_bills(const AllBills& all, const std::vector<KnownBills>& bills,
                     BillingMonth month) {
  const std::vector<std::size_t> counted_in = count_once(bills, month);
  for (std::size_t i = 0; i < counted_in.size(); ++i) {
    if (counted_in[i] != i) all.summaries[i]->counted_in.emplace(month, all.name(counted_in[i]));
  }
}

// Of entries with one account id, the balance is the same.
void leave_out_balances(const AllBills& all) {
  std::set<std::pair<std::string_view, std::string_view>> known;
  for (std::size_t i = 0; i < all.views.size(); ++i) {
    const std::string& id = all.results[i].account_id;
    if (all.summaries[i] == nullptr || !all.summaries[i]->balance || id.empty()) continue;
    all.summaries[i]->balance_counted = !known.emplace(all.bills[i].provider, id).second;
  }
}

// An account that is left out for another need not say that it holds that one's bill too.
bool is_left_out_for(const AccountSummary& account, const std::string& other) {
  return std::any_of(account.counted_in.begin(), account.counted_in.end(),
                     [&other](const auto& month) { return month.second == other; });
}

}  // namespace

void note_double_counting(const Snapshot& input, std::vector<AccountSummary>& found) {
  const AllBills all(input, found);
  const AccountResults nothing;  // is known of those that were not found
  std::vector<KnownBills> of_found = all.bills;
  for (std::size_t i = 0; i < of_found.size(); ++i) {
    if (all.summaries[i] == nullptr) of_found[i].results = &nothing;
  }
  std::set<BillingMonth> months;
  for (const AccountSummary& account : found) {
    months.insert({account.month, account.month.previous()});
  }
  for (const BillingMonth month : months) leave_out_bills(all, of_found, month);
  leave_out_balances(all);
  for (const CountedTwice& pair : find_counted_twice(all.bills)) {
    AccountSummary* const reader = all.summaries[pair.reader];
    if (reader == nullptr || is_left_out_for(*reader, all.name(pair.owner))) continue;
    reader->also_holds.push_back(all.name(pair.owner));
  }
}

}  // namespace cloud_billing
