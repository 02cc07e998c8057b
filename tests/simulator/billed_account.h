#pragma once

// Whose bill a request is about: the asking account's own, or that of a member named by
// queryAccountId. Pure.

#include <optional>
#include <string>

#include "operations.h"

namespace simulator {

struct BilledAccount {
  const Account* account = nullptr;
  const Account* master = nullptr;  // set for financial-circle members
  bool masked = false;              // a member asks itself
};

// Nothing: queryAccountId names no member of the asking account.
[[nodiscard]] std::optional<BilledAccount> find_billed_account(const OperationRequest& request,
                                                               const Parameters& parameters);

[[nodiscard]] Refusal refuse_access();
[[nodiscard]] Refusal refuse_parameter(const std::string& message);

[[nodiscard]] OperationResult prepare_resource_month_bill(const OperationRequest& request);
[[nodiscard]] OperationResult prepare_month_summary(const OperationRequest& request);
[[nodiscard]] OperationResult prepare_order_list(const OperationRequest& request);
[[nodiscard]] OperationResult prepare_share_bill(const OperationRequest& request);
[[nodiscard]] OperationResult prepare_renewal_list(const OperationRequest& request);

}  // namespace simulator
