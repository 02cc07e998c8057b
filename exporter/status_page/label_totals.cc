#include "status_page/label_totals.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace cloud_billing {

std::vector<std::string> list_label_names(const Snapshot& input) {
  std::set<std::string> names;
  for (const auto& view : input.accounts) {
    for (const auto& [name, value] : view->config->labels) names.insert(name);
  }
  return {names.begin(), names.end()};
}

std::string label_value_of(const AccountConfig& account, const std::string& label) {
  const auto found = account.labels.find(label);
  return found == account.labels.end() ? std::string() : found->second;
}

std::vector<LabelTotals> add_up_by_label(const std::vector<AccountSummary>& accounts,
                                         const std::string& label) {
  std::map<std::string, std::vector<const AccountSummary*>> by_value;
  for (const AccountSummary& account : accounts) {
    by_value[label_value_of(account.config(), label)].push_back(&account);
  }
  std::vector<LabelTotals> totals;
  for (const auto& [value, members] : by_value) {
    totals.push_back({value, members.size(), add_up_accounts(members)});
  }
  if (!totals.empty() && totals.front().value.empty()) {
    std::rotate(totals.begin(), totals.begin() + 1, totals.end());
  }
  return totals;
}

}  // namespace cloud_billing
