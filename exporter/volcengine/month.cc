#include "volcengine/month.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "providers/bill_questions.h"
#include "providers/doubtful_bill.h"
#include "volcengine/bill_listing.h"
#include "volcengine/overview.h"
#include "volcengine/provider.h"

namespace cloud_billing::volcengine {

std::unique_ptr<Conversation<MonthCosts>> ask_month(const Site& site, const AccountConfig& account,
                                                    const AggregationConfig& aggregation,
                                                    const MonthQuery& query) {
  const auto ask_totals = [&site, &account, month = query.month] {
    return read_overview_of(site, account, month);
  };
  auto bill = read_bill(site, account, aggregation, {query.month, std::nullopt}, query.charges);
  return ask_month_of(site.zone, account, aggregation, query,
                      {decide_by_total(std::move(bill), ask_totals), ask_totals()});
}

std::unique_ptr<Conversation<EffectiveCosts>> ask_effective_month(
    const Site& site, const AccountConfig& account, const AggregationConfig& aggregation,
    const MonthQuery& query) {
  const BillingMonth month = query.month;
  const BillingZone zone = site.zone;
  const UtcSeconds through = std::clamp<UtcSeconds>(
      zone.end_of(newest_complete_day(query.now, zone)), zone.start_of(month), zone.end_of(month));
  return ask_effective_month_of(
      zone, account, aggregation, query,
      read_amortized_bill(site, account, aggregation, month, through, query.charges));
}

}  // namespace cloud_billing::volcengine
