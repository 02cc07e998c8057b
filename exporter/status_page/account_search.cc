#include "status_page/account_search.h"

#include <algorithm>

#include "core/ascii.h"

namespace cloud_billing {
namespace {

// Everything that can be searched for, a line each, so that no word spans two.
std::string searched_text(const AccountSummary& account) {
  const AccountConfig& config = *account.view->config;
  std::string text;
  const auto add = [&text](std::string_view line) { text.append(line) += '\n'; };
  add(config.name);
  add(config.provider->name);
  add(config.currency);
  add(account.view->results.account_id);
  for (const auto& [name, value] : config.labels) add(std::string(name).append("=").append(value));
  for (const CurrencyCosts& costs : account.costs) {
    for (const ServiceCost& service : costs.services) {
      add(service.service_type);
      add(service.name);
    }
  }
  return to_lower_case(text);
}

}  // namespace

SearchWords::SearchWords(std::string_view text) {
  std::string_view rest = trim_blanks(text);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
    words_.push_back(to_lower_case(rest.substr(0, end)));
    rest = trim_blanks(rest.substr(end));
  }
}

bool SearchWords::match(const AccountSummary& account) const {
  if (words_.empty()) return true;
  const std::string text = searched_text(account);
  return std::all_of(words_.begin(), words_.end(), [&text](const std::string& word) {
    return text.find(word) != std::string::npos;
  });
}

}  // namespace cloud_billing
