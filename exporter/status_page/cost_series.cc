#include "status_page/cost_series.h"

#include "status_page/day_columns.h"
#include "status_page/month_columns.h"
#include "status_page/summed_account.h"

namespace cloud_billing {
namespace {

bool polls_bills(const AccountSummary& account) {
  return polls(*account.view->config, Collector::kBills);
}

SeriesByCurrency list(const std::vector<SummedAccount>& accounts, BillingMonth month) {
  SeriesByCurrency series;
  list_days(accounts, series);
  list_months(accounts, month, series);
  return series;
}

}  // namespace

SeriesByCurrency list_costs_over_time(const AccountSummary& account) {
  if (!polls_bills(account)) return {};
  return list({{&account, false}}, account.month);
}

SeriesByCurrency list_costs_over_time(const Overview& overview) {
  std::vector<SummedAccount> accounts;
  for (const AccountSummary& account : overview.found) {
    if (polls_bills(account)) accounts.push_back({&account, true});
  }
  return list(accounts, overview.month);
}

}  // namespace cloud_billing
