#include "volcengine/bill_listing.h"

#include <functional>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "billing/billing_mode.h"
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

template <typename Row>
void note_row(const Row& row, BillSums& sums) {
  if (row.bill.billing_mode == kPostpaid) sums.cover(row.expense_end);
  if (sums.account_id.empty() && row.payer_id == row.bill.sub_account_id) {
    sums.account_id = row.payer_id;
  }
}

template <typename Page>
Result<GrowingPageFacts, Failure> read_rows(
    const BillTerms& terms, HttpResponse& response, Regions& regions, BillSums& sums,
    const std::function<void(const typename Page::Row&)>& keep = {}) {
  auto opened = Page::open(response);
  if (!opened) return opened.error();
  GrowingPageFacts facts;
  facts.total = opened->envelope().total;
  facts.limit = opened->envelope().limit;
  facts.offset = opened->envelope().offset;
  const auto count = opened->read_rows(terms, regions, [&](const auto& row) {
    if (!row.id.empty()) facts.ids.push_back(TextHash{}(row.id));
    note_row(row, sums);
    if (keep) keep(row);
    return sums.costs.fold(row.bill);
  });
  if (!count) return count.error();
  facts.rows = *count;
  if (static_cast<std::int64_t>(facts.ids.size()) < facts.rows) {
    facts.digest = opened->digest();
  }
  return facts;
}

// Each row goes into the sink, too.
template <typename Page>
Result<GrowingPageFacts, Failure> read_charges(const BillTerms& terms,
                                               const GrowingPages::Page& page,
                                               HttpResponse& response, Regions& regions,
                                               BillSums& sums, ChargeSink& sink) {
  sink.begin_page();
  auto facts = read_rows<Page>(
      terms, response, regions, sums,
      [&sink](const typename Page::Row& row) { sink.add(row.bill, row.bill.details); });
  if (!facts) return facts;
  const auto pages = count_pages(facts->total, facts->limit.value_or(kBillPageSize));
  if (pages) sink.expect_pages(0, *pages);
  auto kept = sink.end_page();
  if (!kept) return kept.error();
  kept->number = page.number;
  sums.charges.push_back(*kept);
  return facts;
}

// Hands over where the rows are.
void keep_charges(BillSums& sums, ChargeSink* sink, RegionOf region_of) {
  if (sink != nullptr) sink->keep(std::exchange(sums.charges, {}), std::move(region_of));
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
                                                  const BillPeriod& period, ChargeSink* charges) {
  const auto regions =
      std::make_shared<Regions>();  // what any page tells of a region holds for all
  BillListing::Pages pages;
  pages.request = [period](const GrowingPages::Page& page) { return bill_request(period, page); };
  pages.read = [&site, &account, regions, charges](const GrowingPages::Page& page,
                                                   HttpResponse& response, BillSums& sums) {
    const BillTerms terms{account.currency, site};
    if (charges != nullptr) {
      return site.adds_tax
                 ? read_charges<TaxedChargePageReader>(terms, page, response, *regions, sums,
                                                       *charges)
                 : read_charges<ChargePageReader>(terms, page, response, *regions, sums, *charges);
    }
    return site.adds_tax ? read_rows<TaxedBillPage>(terms, response, *regions, sums)
                         : read_rows<BillPage>(terms, response, *regions, sums);
  };
  return map_result<BillSums, BillSums>(
      std::make_unique<BillListing>(GrowingPages(kBillPageSize), std::move(pages),
                                    BillSums{CostSnapshot(aggregation)}),
      [regions, charges](BillSums sums) {
        keep_charges(sums, charges,
                     [regions](std::string_view id) { return regions->resolve(id); });
        return resolve_regions(std::move(sums), *regions);
      });
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

std::unique_ptr<Conversation<BillSums>> read_amortized_bill(
    const Site& site, const AccountConfig& account, const AggregationConfig& aggregation,
    BillingMonth month, UtcSeconds data_through, ChargeSink* charges) {
  BillListing::Pages pages;
  pages.request = [month](const GrowingPages::Page& page) {
    return amortized_request(month, page);
  };
  pages.read = [&site, &account, charges](const GrowingPages::Page& page, HttpResponse& response,
                                          BillSums& sums) {
    const BillTerms terms{account.currency, site};
    Regions none;  // these rows tell no id
    if (charges != nullptr) {
      return site.adds_tax
                 ? read_charges<TaxedShareChargePageReader>(terms, page, response, none, sums,
                                                            *charges)
                 : read_charges<ShareChargePageReader>(terms, page, response, none, sums, *charges);
    }
    return site.adds_tax ? read_rows<TaxedAmortizedPage>(terms, response, none, sums)
                         : read_rows<AmortizedPage>(terms, response, none, sums);
  };
  auto listing =
      std::make_unique<BillListing>(GrowingPages(kBillPageSize), std::move(pages),
                                    BillSums{CostSnapshot(aggregation), "", data_through});
  return map_result<BillSums, BillSums>(
      std::move(listing), [charges](BillSums sums) -> Result<BillSums, Failure> {
        keep_charges(sums, charges, [](std::string_view id) { return std::string(id); });
        return sums;
      });
}

}  // namespace cloud_billing::volcengine
