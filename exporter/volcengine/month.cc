#include "volcengine/month.h"

#include <optional>

#include "providers/bill_questions.h"
#include "providers/doubtful_bill.h"
#include "volcengine/bill_listing.h"
#include "volcengine/overview.h"

namespace cloud_billing::volcengine {

std::unique_ptr<Conversation<MonthCosts>> ask_month(const AccountConfig& account,
                                                    const AggregationConfig& aggregation,
                                                    const MonthQuery& query) {
  const auto ask_totals = [&account, month = query.month] {
    return read_overview_of(account, month);
  };
  auto bill = read_bill(account, aggregation, {query.month, std::nullopt});
  return ask_month_of(account, aggregation, query,
                      {decide_by_total(std::move(bill), ask_totals), ask_totals()});
}

}  // namespace cloud_billing::volcengine
