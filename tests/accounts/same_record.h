#pragma once

// When two records of an account are the same, for tests.

#include <algorithm>

#include "accounts/account_record.h"

namespace cloud_billing {

// The tests' own idea of equal: every field.
inline bool operator==(const PollFailure& a, const PollFailure& b) {
  return a.reason == b.reason && a.message == b.message && a.at == b.at;
}
inline bool operator==(const CollectorStatus& a, const CollectorStatus& b) {
  return a.collector == b.collector && a.up == b.up && a.last_success == b.last_success &&
         a.duration_seconds == b.duration_seconds && a.last_failure == b.last_failure;
}
inline bool operator==(const CollectorRecord& a, const CollectorRecord& b) {
  return a.status == b.status && a.started == b.started && a.due == b.due &&
         a.failures_in_a_row == b.failures_in_a_row && a.failed_for == b.failed_for &&
         a.not_before == b.not_before;
}
inline bool operator==(const Balance& a, const Balance& b) {
  return a.currency == b.currency && a.available == b.available && a.cash == b.cash &&
         a.credit_limit == b.credit_limit && a.frozen == b.frozen && a.arrears == b.arrears &&
         a.account_id == b.account_id && a.available_at == b.available_at;
}
inline bool operator==(const GroupLine& a, const GroupLine& b) {
  return a.key == b.key && a.amounts == b.amounts;
}
inline bool operator==(const GroupLines& a, const GroupLines& b) {
  return a.lines == b.lines && a.folded_groups == b.folded_groups;
}
inline bool operator==(const ProviderTotal& a, const ProviderTotal& b) {
  return a.currency == b.currency && a.billed_cost == b.billed_cost && a.difference == b.difference;
}
inline bool operator==(const MonthCosts& a, const MonthCosts& b) {
  return a.rows == b.rows && a.lacked == b.lacked && a.totals == b.totals &&
         a.grouped == b.grouped && a.groups == b.groups && a.tag_groups == b.tag_groups &&
         a.service_names == b.service_names && a.sub_account_names == b.sub_account_names &&
         a.provider_totals == b.provider_totals && a.data_through == b.data_through &&
         a.account_id == b.account_id && a.account_ids == b.account_ids &&
         a.region_ids == b.region_ids && a.prepaid_services == b.prepaid_services;
}
inline bool operator==(const EffectiveCosts& a, const EffectiveCosts& b) {
  return a.shares == b.shares;
}
inline bool operator==(const DayCosts& a, const DayCosts& b) {
  return a.day == b.day && a.billed_costs == b.billed_costs;
}
inline bool operator==(const KnownDays& a, const KnownDays& b) {
  return a.days() == b.days() && std::ranges::all_of(a.days(), [&](BillingDay day) {
           return a.read_at(day) == b.read_at(day) && *a.find(day) == *b.find(day);
         });
}
inline bool operator==(const FirstExpiry& a, const FirstExpiry& b) {
  return a.earliest() == b.earliest() && a.undated() == b.undated();
}
inline bool operator==(const Coupons& a, const Coupons& b) {
  return a.count == b.count && a.balances == b.balances && a.first_expiry == b.first_expiry;
}
inline bool operator==(const PackageSums& a, const PackageSums& b) {
  return a.total == b.total && a.available == b.available && a.is_known == b.is_known;
}
inline bool operator==(const Packages& a, const Packages& b) {
  return a.count == b.count && a.sums == b.sums && a.first_expiries == b.first_expiries;
}
inline bool operator==(const ProviderBudgetSums& a, const ProviderBudgetSums& b) {
  return a.budget == b.budget && a.used == b.used && a.knows_budget == b.knows_budget &&
         a.knows_used == b.knows_used;
}
inline bool operator==(const ProviderBudgets& a, const ProviderBudgets& b) {
  return a.count == b.count && a.sums == b.sums;
}
inline bool operator==(const SubAccountCash& a, const SubAccountCash& b) {
  return a.currency == b.currency && a.balances == b.balances;
}
inline bool operator==(const ExpiringResources& a, const ExpiringResources& b) {
  return a.within == b.within && a.first_expiry == b.first_expiry;
}
inline bool operator==(const Renewals& a, const Renewals& b) {
  return a.resources == b.resources && a.configured_services == b.configured_services;
}
inline bool operator==(const OrderSums& a, const OrderSums& b) {
  return a.count == b.count && a.payable == b.payable;
}
inline bool operator==(const Orders& a, const Orders& b) {
  return a.groups() == b.groups() && a.oldest_unpaid() == b.oldest_unpaid();
}
template <typename T>
inline bool operator==(const Read<T>& a, const Read<T>& b) {
  return a.at == b.at && *a.value == *b.value;
}
inline bool operator==(const AccountRecord& a, const AccountRecord& b) {
  return a.account == b.account && a.identity == b.identity && a.grouping == b.grouping &&
         a.orders_window == b.orders_window && a.collectors == b.collectors &&
         a.results.account_id == b.results.account_id && a.results.balance == b.results.balance &&
         a.results.months == b.results.months && a.results.days == b.results.days &&
         a.results.orders == b.results.orders &&
         a.results.closed_months == b.results.closed_months &&
         a.results.effective_months == b.results.effective_months &&
         a.results.coupons == b.results.coupons && a.results.packages == b.results.packages &&
         a.results.budgets == b.results.budgets &&
         a.results.sub_account_cash == b.results.sub_account_cash &&
         a.results.renewals == b.results.renewals;
}

}  // namespace cloud_billing
