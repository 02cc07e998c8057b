#pragma once

// The part of an account's record that clouds tell as lists: orders, coupons, packages, budgets,
// the cash of sub-accounts, what ends soon.
// Used by account_record.cc only. Pure, any thread.

#include "accounts/record_json.h"
#include "billing/coupons.h"
#include "billing/orders.h"
#include "billing/packages.h"
#include "billing/provider_budgets.h"
#include "billing/renewals.h"

namespace cloud_billing {

// Readers throw if it is not as it was written.
[[nodiscard]] Json write(const Orders& orders);
[[nodiscard]] Orders read_orders(const Json& in);

[[nodiscard]] Json write(const Coupons& coupons);
[[nodiscard]] Coupons read_coupons(const Json& in);

[[nodiscard]] Json write(const Packages& packages);
[[nodiscard]] Packages read_packages(const Json& in);

[[nodiscard]] Json write(const ProviderBudgets& budgets);
[[nodiscard]] ProviderBudgets read_budgets(const Json& in);
[[nodiscard]] Json write(const SubAccountCash& cash);
[[nodiscard]] SubAccountCash read_sub_account_cash(const Json& in);

[[nodiscard]] Json write(const Renewals& renewals);
[[nodiscard]] Renewals read_renewals(const Json& in);

}  // namespace cloud_billing
