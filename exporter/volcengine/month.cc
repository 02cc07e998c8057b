#include "volcengine/month.h"

#include <optional>

#include "providers/bill_questions.h"
#include "volcengine/bill_listing.h"
#include "volcengine/overview.h"

namespace cloud_billing::volcengine {

std::unique_ptr<Conversation<MonthCosts>> ask_month(const AccountConfig& account,
                                                    const AggregationConfig& aggregation,
                                                    const MonthQuery& query) {
  return ask_month_of(account, aggregation, query,
                      {read_bill(account, aggregation, {query.month, std::nullopt}),
                       read_overview_of(account, query.month)});
}

}  // namespace cloud_billing::volcengine
