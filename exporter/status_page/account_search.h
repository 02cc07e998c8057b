#pragma once

// What a person typed to find accounts. Pure, any thread.

#include <string>
#include <string_view>
#include <vector>

#include "status_page/account_summary.h"

namespace cloud_billing {

class SearchWords {
 public:
  // Words are separated by blanks; upper and lower case of ASCII are the same.
  explicit SearchWords(std::string_view text);

  [[nodiscard]] bool empty() const { return words_.empty(); }

  // Whether each word occurs in the account's name, provider, currency, cloud id, labels
  // ("team=infra") or the codes and names of its services.
  [[nodiscard]] bool match(const AccountSummary& account) const;

 private:
  std::vector<std::string> words_;  // lower case
};

}  // namespace cloud_billing
