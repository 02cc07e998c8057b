#include "baidu/month.h"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "baidu/bill_listings.h"
#include "baidu/money.h"
#include "baidu/operations.h"
#include "baidu/provider.h"
#include "providers/bill_questions.h"
#include "providers/conversation_set.h"
#include "providers/single_request.h"

namespace cloud_billing::baidu {
namespace {

ApiRequest summary_request(BillingMonth month, UtcSeconds through, const std::string& billed) {
  ApiRequest request;
  request.operation = &kMonthSummary;
  // Both days are covered ones: the summary could reach to today, which the bill does not.
  const BillingDay last_day = billing_day_at(through - std::chrono::seconds(1));
  request.query = {{"billMonth", month.text()},
                   {"startDay", day_text(billing_day_at(month.start()))},
                   {"endDay", day_text(last_day)}};
  if (!billed.empty()) request.query.push_back({"queryAccountId", billed});
  request.subject = describe_baidu_request("month summary", month.text(), billed);
  return request;
}

// One summary of each billed account, or null before a day is covered.
std::unique_ptr<Conversation<CurrencySums>> read_summaries(const AccountConfig& account,
                                                           BillingMonth month, UtcSeconds through) {
  if (through <= month.start()) return nullptr;
  std::vector<std::unique_ptr<Conversation<CurrencySums>>> summaries;
  for (const std::string& billed : billed_accounts(account)) {
    summaries.push_back(std::make_unique<SingleRequest<CurrencySums>>(
        summary_request(month, through, billed),
        [&account](HttpResponse& response) -> Result<CurrencySums, Failure> {
          const auto total = read_summary(response);
          if (!total) return total.error();
          return CurrencySums{{{account.currency, *total}}};
        }));
  }
  return std::make_unique<ConversationSet<CurrencySums>>(std::move(summaries), CurrencySums{});
}

}  // namespace

std::unique_ptr<Conversation<MonthCosts>> ask_month(const AccountConfig& account,
                                                    const AggregationConfig& aggregation,
                                                    const MonthQuery& query) {
  const UtcSeconds through = data_through(query.month, query.now);
  return ask_month_of(account, aggregation, query,
                      {read_bills(account, aggregation, BillPeriod::of(query.month), through),
                       read_summaries(account, query.month, through)});
}

}  // namespace cloud_billing::baidu
