#pragma once

// Reads the budgets (预算) of a Volcengine account: ListBudget, docs/6269.

#include <cstdint>
#include <memory>
#include <string>

#include "billing/provider_budgets.h"
#include "providers/provider.h"
#include "volcengine/entry_listing.h"
#include "volcengine/expiry.h"

namespace cloud_billing::volcengine {

struct ListedBudget {
  bool is_of_cost = false;  // by its BudgetType
  std::string name;         // its id, if it has none
  std::string currency;     // empty: the account's
  OptionalAmount budget;
  OptionalAmount used;
  Expiry end;
};

// `limit` budgets from `offset` on.
[[nodiscard]] ApiRequest budget_request(std::int64_t offset, std::int64_t limit);

[[nodiscard]] Result<EntryPage<ListedBudget>, Failure> read_budget_page(HttpResponse& response);

// Those of cost that have not ended. The account must outlive the conversation.
[[nodiscard]] std::unique_ptr<Conversation<ProviderBudgets>> ask_budgets(
    const AccountConfig& account, UtcSeconds now);

}  // namespace cloud_billing::volcengine
