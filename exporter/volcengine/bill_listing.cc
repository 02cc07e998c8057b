#include "volcengine/bill_listing.h"

#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "core/text_hash.h"
#include "providers/api_error.h"
#include "providers/listing.h"
#include "providers/mapped_conversation.h"
#include "volcengine/bill_page.h"
#include "volcengine/operations.h"
#include "volcengine/regions.h"

namespace cloud_billing::volcengine {
namespace {

using BillListing = Listing<BillSums, GrowingPages>;

void note_row(const Row& row, BillSums& sums) {
  if (row.bill.billing_mode == "postpaid") sums.cover(row.expense_end);
  if (sums.account_id.empty() && row.payer_id == row.bill.sub_account_id) {
    sums.account_id = row.payer_id;
  }
}

template <typename Page>
Result<GrowingPageFacts, Failure> read_page(const Site& site, const AccountConfig& account,
                                            HttpResponse& response, Regions& regions,
                                            BillSums& sums) {
  auto opened = Page::open(response);
  if (!opened) return opened.error();
  GrowingPageFacts facts;
  facts.total = opened->envelope().total;
  facts.limit = opened->envelope().limit;
  facts.offset = opened->envelope().offset;
  const auto count = opened->read_rows({account.currency, site}, regions, [&](const Row& row) {
    if (!row.id.empty()) facts.ids.push_back(TextHash{}(row.id));
    note_row(row, sums);
    return sums.costs.fold(row.bill);
  });
  if (!count) return count.error();
  facts.rows = *count;
  if (static_cast<std::int64_t>(facts.ids.size()) < facts.rows) {
    facts.digest = opened->digest();
  }
  return facts;
}

Result<BillSums, Failure> resolve_regions(BillSums sums, const Regions& regions) {
  const bool fits = sums.costs.rename_regions(
      [&regions](std::string_view region_id) { return regions.resolve(region_id); });
  if (!fits) return response_not_understood("the sum of all rows is too large");
  sums.region_ids = regions.by_name();
  return sums;
}

}  // namespace

BillPeriod BillPeriod::of(BillingDay day) { return {BillingMonth::of(day), day}; }

std::string BillPeriod::text() const { return day ? day_text(*day) : month.text(); }

// ListBillDetail, not ListBill: that one has neither region nor tag. GroupTerm 0 are billing items,
// the only rows with both; GroupPeriod 0 is the month, 1 a day. Never IgnoreZero: it drops rows
// that cost nothing but have a list price, and what is left still reconciles. Without NeedRecordNum
// the total is -1.
ApiRequest bill_request(const BillPeriod& period, const GrowingPages::Page& page) {
  nlohmann::json body{{"BillPeriod", period.month.text()},
                      {"GroupPeriod", period.day ? 1 : 0},
                      {"GroupTerm", 0},
                      {"Limit", page.limit},
                      {"NeedRecordNum", 1},
                      {"Offset", page.offset}};
  if (period.day) body["ExpenseDate"] = day_text(*period.day);
  ApiRequest request;
  request.operation = &kListBillDetail;
  request.body = body.dump();
  request.subject = "page " + std::to_string(page.number) + " of the bill of " + period.text();
  return request;
}

std::unique_ptr<Conversation<BillSums>> read_bill(const Site& site, const AccountConfig& account,
                                                  const AggregationConfig& aggregation,
                                                  const BillPeriod& period) {
  const auto regions =
      std::make_shared<Regions>();  // what any page tells of a region holds for all
  BillListing::Pages pages;
  pages.request = [period](const GrowingPages::Page& page) { return bill_request(period, page); };
  pages.read = [&site, &account, regions](const GrowingPages::Page& /*page*/,
                                          HttpResponse& response, BillSums& sums) {
    return site.adds_tax ? read_page<TaxedBillPage>(site, account, response, *regions, sums)
                         : read_page<BillPage>(site, account, response, *regions, sums);
  };
  return map_result<BillSums, BillSums>(
      std::make_unique<BillListing>(GrowingPages(kBillPageSize), std::move(pages),
                                    BillSums{CostSnapshot(aggregation)}),
      [regions](BillSums sums) { return resolve_regions(std::move(sums), *regions); });
}

// The month's rows, not its days': 30 times as many tell the same. Never IgnoreZero, as above.
ApiRequest amortized_request(BillingMonth month, const GrowingPages::Page& page) {
  ApiRequest request;
  request.operation = &kListAmortizedCostBillMonthly;
  request.body = nlohmann::json{
      {"AmortizedMonth", month.text()},
      {"IgnoreZero", 0},
      {"Limit", page.limit},
      {"NeedRecordNum", 1},
      {"Offset",
       page.offset}}.dump();
  request.subject =
      "page " + std::to_string(page.number) + " of the amortised bill of " + month.text();
  return request;
}

std::unique_ptr<Conversation<BillSums>> read_amortized_bill(const Site& site,
                                                            const AccountConfig& account,
                                                            const AggregationConfig& aggregation,
                                                            BillingMonth month,
                                                            UtcSeconds data_through) {
  BillListing::Pages pages;
  pages.request = [month](const GrowingPages::Page& page) {
    return amortized_request(month, page);
  };
  pages.read = [&site, &account](const GrowingPages::Page& /*page*/, HttpResponse& response,
                                 BillSums& sums) {
    Regions none;  // these rows tell no id
    return site.adds_tax ? read_page<TaxedAmortizedPage>(site, account, response, none, sums)
                         : read_page<AmortizedPage>(site, account, response, none, sums);
  };
  return std::make_unique<BillListing>(GrowingPages(kBillPageSize), std::move(pages),
                                       BillSums{CostSnapshot(aggregation), "", data_through});
}

}  // namespace cloud_billing::volcengine
