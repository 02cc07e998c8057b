#include "billed_account.h"

#include <algorithm>

namespace simulator {

std::optional<BilledAccount> find_billed_account(const OperationRequest& request,
                                                 const Parameters& parameters) {
  const Account& asking = request.account;
  const std::string queried = parameter(parameters, "queryAccountId");
  if (queried.empty()) {
    const Account* master =
        asking.master_id.empty() ? nullptr : request.company.find_by_id(asking.master_id);
    return BilledAccount{&asking, master, master != nullptr};
  }
  const auto& members = asking.member_ids;
  if (std::find(members.begin(), members.end(), queried) == members.end()) {
    return std::nullopt;
  }
  return BilledAccount{request.company.find_by_id(queried), &asking, false};
}

Refusal refuse_access() { return {403, "AccessDenied", "Access denied."}; }

Refusal refuse_parameter(const std::string& message) {
  return {400, "InvalidHTTPRequest", "There was an error in the request: " + message};
}

}  // namespace simulator
