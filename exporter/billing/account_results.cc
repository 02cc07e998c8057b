#include "billing/account_results.h"

#include <algorithm>

namespace cloud_billing {
namespace {

// Calls visit(collector, result) for each member that a collector brings: an optional reading, or
// several by month.
template <typename Results, typename Visit>
void visit_results(Results& results, const Visit& visit) {
  auto& [account_id, balance, months, days, orders, closed_months, effective_months, coupons,
         packages, budgets, sub_account_cash,
         renewals] = results;  // all of them: a new one must be named
  visit(Collector::kBalance, balance);
  visit(Collector::kBills, months);
  visit(Collector::kBills, days);
  visit(Collector::kOrders, orders);
  visit(Collector::kHistory, closed_months);
  visit(Collector::kAmortization, effective_months);
  visit(Collector::kCoupons, coupons);
  visit(Collector::kPackages, packages);
  visit(Collector::kBudgets, budgets);
  visit(Collector::kBalance, sub_account_cash);
  visit(Collector::kRenewals, renewals);
}

template <typename T, typename Stays>
void keep_if(std::optional<Read<T>>& read, const Stays& stays) {
  if (read && !stays(read->at)) read.reset();
}
template <typename Key, typename T, typename Stays>
void keep_if(std::map<Key, Read<T>>& reads, const Stays& stays) {
  std::erase_if(reads, [&](const auto& entry) { return !stays(entry.second.at); });
}

template <typename T, typename Visit>
void visit_times(std::optional<Read<T>>& read, const Visit& visit) {
  if (read) visit(read->at);
}
template <typename T, typename Visit>
void visit_times(const std::optional<Read<T>>& read, const Visit& visit) {
  if (read) visit(read->at);
}
template <typename Key, typename T, typename Visit>
void visit_times(std::map<Key, Read<T>>& reads, const Visit& visit) {
  for (auto& [key, read] : reads) visit(read.at);
}
template <typename Key, typename T, typename Visit>
void visit_times(const std::map<Key, Read<T>>& reads, const Visit& visit) {
  for (const auto& [key, read] : reads) visit(read.at);
}

}  // namespace

void AccountResults::drop(Collector dropped) {
  visit_results(*this, [dropped](Collector collector, auto& result) {
    if (collector == dropped) result = {};
  });
}

AccountResults AccountResults::fresh(UtcSeconds now, const MaxAgeOf& max_age_of) const {
  AccountResults shown = *this;
  visit_results(shown, [&](Collector collector, auto& result) {
    const std::chrono::seconds max_age = max_age_of(collector);
    keep_if(result, [&](UtcSeconds at) { return is_fresh(at, max_age, now); });
  });
  return shown;
}

std::optional<UtcSeconds> AccountResults::next_expiry(UtcSeconds now,
                                                      const MaxAgeOf& max_age_of) const {
  std::optional<UtcSeconds> next;
  visit_results(*this, [&](Collector collector, const auto& result) {
    const std::chrono::seconds max_age = max_age_of(collector);
    if (max_age.count() == 0) return;
    visit_times(result, [&](UtcSeconds at) {
      const UtcSeconds expiry = at + max_age;
      if (expiry > now) next = std::min(next.value_or(expiry), expiry);
    });
  });
  return next;
}

void AccountResults::bound_times(UtcSeconds now) {
  visit_results(*this, [now](Collector, auto& result) {
    visit_times(result, [now](UtcSeconds& at) { at = std::min(at, now); });
  });
}

}  // namespace cloud_billing
