#include "baidu/month.h"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "baidu/bill_listings.h"
#include "baidu/money.h"
#include "baidu/operations.h"
#include "baidu/product_costs.h"
#include "baidu/provider.h"
#include "providers/bill_questions.h"
#include "providers/conversation_set.h"
#include "providers/doubtful_bill.h"
#include "providers/mapped_conversation.h"
#include "providers/single_request.h"

namespace cloud_billing::baidu {
namespace {

// One summary of each billed account.
std::unique_ptr<Conversation<CurrencySums>> read_summaries(const AccountConfig& account,
                                                           const Days& days,
                                                           const std::string& period) {
  std::vector<std::unique_ptr<Conversation<CurrencySums>>> summaries;
  for (const std::string& billed : billed_accounts(account)) {
    summaries.push_back(std::make_unique<SingleRequest<CurrencySums>>(
        summary_request(days, period, billed),
        [&account](HttpResponse& response) -> Result<CurrencySums, Failure> {
          const auto total = read_summary(response);
          if (!total) return total.error();
          return CurrencySums{{{account.currency, *total}}};
        }));
  }
  return std::make_unique<ConversationSet<CurrencySums>>(std::move(summaries), CurrencySums{});
}

// Null before a day is covered. Both days are covered ones: the summary could reach to today, which
// the bill does not.
std::unique_ptr<Conversation<CurrencySums>> read_month_summaries(const AccountConfig& account,
                                                                 BillingMonth month,
                                                                 UtcSeconds through) {
  if (through <= kBillingZone.start_of(month)) return nullptr;
  const BillingDay last_day = kBillingZone.day_at(through - std::chrono::seconds(1));
  return read_summaries(account, {month.first_day(), last_day}, month.text());
}

}  // namespace

ApiRequest summary_request(const Days& days, const std::string& period, const std::string& billed,
                           std::string_view product_type) {
  ApiRequest request;
  request.operation = &kMonthSummary;
  request.query = {{"billMonth", BillingMonth::of(days.first).text()},
                   {"startDay", day_text(days.first)},
                   {"endDay", day_text(days.last)}};
  std::string what = "month summary";
  if (!product_type.empty()) {
    request.query.push_back({"productType", std::string(product_type)});
    what = std::string(product_type) + " " + what;
  }
  if (!billed.empty()) request.query.push_back({"queryAccountId", billed});
  request.subject = describe_baidu_request(what, period, billed);
  return request;
}

std::unique_ptr<Conversation<MonthCosts>> ask_month(const AccountConfig& account,
                                                    const AggregationConfig& aggregation,
                                                    const MonthQuery& query) {
  const UtcSeconds through = data_through(query.month, query.now);
  const auto ask_totals = [&account, month = query.month, through] {
    return read_month_summaries(account, month, through);
  };
  auto bill = read_bills(account, aggregation, BillPeriod::of(query.month), through, query.charges);
  return ask_month_of(kBillingZone, account, aggregation, query,
                      {decide_by_total(std::move(bill), ask_totals), ask_totals()});
}

std::unique_ptr<Conversation<EffectiveCosts>> ask_effective_month(
    const AccountConfig& account, const AggregationConfig& aggregation, const MonthQuery& query) {
  auto shares = read_shares(account, aggregation, query.month, data_through(query.month, query.now),
                            query.charges);
  return ask_effective_month_of(kBillingZone, account, aggregation, query, std::move(shares));
}

std::unique_ptr<Conversation<DayCosts>> ask_day(const AccountConfig& account,
                                                const DayQuery& query) {
  const BillingDay day = query.day;
  const std::string period = day_text(day);
  if (!query.is_newest) {
    return map_result<DayCosts, ServiceCosts>(read_product_costs(account, {day, day}, period),
                                              [day](ServiceCosts costs) {
                                                return DayCosts{day, std::move(costs.billed_costs)};
                                              });
  }
  auto bill = read_bills(account, totals_only(), BillPeriod::of(day), std::nullopt);
  return ask_day_of(decide_by_total(std::move(bill),
                                    [&account, day, period] {
                                      return read_summaries(account, {day, day}, period);
                                    }),
                    day);
}

}  // namespace cloud_billing::baidu
