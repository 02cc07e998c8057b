#include "exposition/shown_account.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace cloud_billing {
namespace {

template <typename T>
const T* value_of(const std::optional<Read<T>>& read) {
  return read ? read->value.get() : nullptr;
}

template <typename T>
const T* value_of(const std::map<BillingMonth, Read<T>>& months, BillingMonth month) {
  const auto read = months.find(month);
  return read == months.end() ? nullptr : read->second.value.get();
}

// All that metrics show of a status: not when the next poll is due.
auto shown_of(const CollectorStatus& status) {
  const bool has_failed = status.last_failure.has_value();
  return std::tuple(status.collector, status.up, status.last_success, status.duration_seconds,
                    has_failed, has_failed ? status.last_failure->reason : Reason{});
}

bool are_shown_alike(const CollectorStatus& one, const CollectorStatus& other) {
  return shown_of(one) == shown_of(other);
}

// A part of the bills: without them, nothing is said of the balance either.
Trend trend_of(const AccountConfig& account, const ShownAccount& shown, BillingMonth current) {
  if (!polls(account, Collector::kBills)) return {};
  return make_trend({account.currency, account.provider->billing_zone, current, shown.days,
                     find_month(shown, current), find_month(shown, current.previous()),
                     shown.balance});
}

}  // namespace

ShownAccount select_shown(std::shared_ptr<const AccountView> view, std::string labels,
                          UtcSeconds now, const MaxAgeOf& max_age_of) {
  ShownAccount shown;
  const AccountResults results = view->results.fresh(now, max_age_of);
  shown.balance = value_of(results.balance);
  shown.sub_account_cash = value_of(results.sub_account_cash);
  shown.days = value_of(results.days);
  if (shown.days != nullptr) shown.day = &shown.days->newest();
  shown.orders = value_of(results.orders);
  shown.coupons = value_of(results.coupons);
  shown.packages = value_of(results.packages);
  shown.budgets = value_of(results.budgets);
  shown.renewals = value_of(results.renewals);
  const BillingZone zone = view->config->provider->billing_zone;
  const BillingMonth current = zone.month_at(now);
  for (const auto& [period, month] :
       {std::pair("current", current), std::pair("previous", current.previous())}) {
    const MonthCosts* const bill = value_of(results.months, month);
    if (bill != nullptr) {
      shown.months.push_back({period, month, bill});
      shown.region_ids.insert(bill->region_ids.begin(), bill->region_ids.end());
    }
    const EffectiveCosts* const effective = value_of(results.effective_months, month);
    if (effective != nullptr && is_told(*effective, bill)) {
      shown.effective_months.push_back({period, effective});
    }
    if (effective != nullptr && seems_switched_off(*effective, zone.start_of(month), bill)) {
      shown.not_amortised.push_back(month);
    }
  }
  // The new month's bill may have no row yet; an account that lacks them in one month has no 0 in
  // the other.
  if (!shown.not_amortised.empty()) {
    std::erase_if(shown.effective_months, [](const ShownEffectiveMonth& effective) {
      return effective.costs->shares.rows == 0;
    });
  }
  for (const auto& [month, read] : results.closed_months) {
    shown.closed_months.push_back({month, &read.value->costs()});
  }
  shown.trend = trend_of(*view->config, shown, current);
  shown.labels = std::move(labels);
  shown.view = std::move(view);
  return shown;
}

const MonthCosts* find_month(const ShownAccount& account, BillingMonth month) {
  const auto shown = std::ranges::find(account.months, month, &ShownMonth::month);
  return shown == account.months.end() ? nullptr : shown->costs;
}

Subjects changed_subjects(const ShownAccount& before, const ShownAccount& after) {
  Subjects changed;
  if (!before.view) return changed.set();
  const AccountView& old_view = *before.view;
  const AccountView& new_view = *after.view;
  changed[index_of(Subject::kSettings)] =
      old_view.config != new_view.config || before.labels != after.labels;
  changed[index_of(Subject::kAccountId)] =
      old_view.results.account_id != new_view.results.account_id;
  changed[index_of(Subject::kBalance)] = before.balance != after.balance;
  changed[index_of(Subject::kSubAccountCash)] = before.sub_account_cash != after.sub_account_cash;
  changed[index_of(Subject::kMonths)] = before.months != after.months;
  changed[index_of(Subject::kDay)] = before.day != after.day;
  changed[index_of(Subject::kDays)] = before.days != after.days;
  changed[index_of(Subject::kTrend)] = before.trend != after.trend;
  changed[index_of(Subject::kClosedMonths)] = before.closed_months != after.closed_months;
  changed[index_of(Subject::kEffectiveMonths)] =
      before.effective_months != after.effective_months || before.region_ids != after.region_ids;
  changed[index_of(Subject::kOrders)] = before.orders != after.orders;
  changed[index_of(Subject::kCoupons)] = before.coupons != after.coupons;
  changed[index_of(Subject::kPackages)] = before.packages != after.packages;
  changed[index_of(Subject::kBudgets)] = before.budgets != after.budgets;
  changed[index_of(Subject::kRenewals)] = before.renewals != after.renewals;
  changed[index_of(Subject::kCollectors)] =
      !std::equal(old_view.collectors.begin(), old_view.collectors.end(),
                  new_view.collectors.begin(), new_view.collectors.end(), are_shown_alike);
  return changed;
}

bool cover_differs(const ShownAccount& before, const ShownAccount& after) {
  if (!before.view) return true;
  const auto month_of = [](const ShownMonth& shown) { return shown.month; };
  return !std::ranges::equal(before.months, after.months, {}, month_of, month_of) ||
         !has_same_bills(before.view->results, after.view->results);
}

std::vector<CountedTwice> find_shown_twice(const std::vector<ShownAccount>& accounts) {
  std::vector<AccountResults> results;
  results.reserve(accounts.size());
  std::vector<KnownBills> bills;
  for (const ShownAccount& account : accounts) {
    AccountResults& shown = results.emplace_back();
    bills.push_back({{}, &shown});
    if (!account.view) continue;
    bills.back().provider = account.view->config->provider->name;
    shown.account_id = account.view->results.account_id;
    for (const ShownMonth& month : account.months) {
      shown.months.emplace(month.month, account.view->results.months.at(month.month));
    }
  }
  return find_counted_twice(bills);
}

}  // namespace cloud_billing
