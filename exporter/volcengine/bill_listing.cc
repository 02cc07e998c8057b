#include "volcengine/bill_listing.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "providers/api_error.h"

namespace cloud_billing::volcengine {

BillPeriod BillPeriod::of(BillingDay day) { return {BillingMonth(day.year() / day.month()), day}; }

std::string BillPeriod::text() const { return day ? day_text(*day) : month.text(); }

BillListing::BillListing(const AccountConfig& account, const AggregationConfig& aggregation,
                         BillPeriod period)
    : account_(account),
      period_(period),
      listing_(
          {kBillPageSize,
           [this](std::int64_t offset, std::int64_t limit) { return page_request(offset, limit); },
           [this](HttpResponse& response, CostSnapshot& rows) {
             return read_page(response, rows);
           }},
          aggregation) {}

// ListBillDetail, not ListBill: that one has neither region nor tag. GroupTerm 0 are billing items,
// the only rows with both; GroupPeriod 0 is the month, 1 a day. Never IgnoreZero: it drops rows
// that cost nothing but have a list price, and what is left still reconciles. Without NeedRecordNum
// the total is -1.
ApiRequest BillListing::page_request(std::int64_t offset, std::int64_t limit) {
  if (offset == 0) {  // a reading begins: an earlier one's rows do not count
    latest_expense_.reset();
    account_id_.clear();
  }
  nlohmann::json body{{"BillPeriod", period_.month.text()},
                      {"GroupPeriod", period_.day ? 1 : 0},
                      {"GroupTerm", 0},
                      {"Limit", limit},
                      {"NeedRecordNum", 1},
                      {"Offset", offset}};
  if (period_.day) body["ExpenseDate"] = day_text(*period_.day);
  ApiRequest request;
  request.operation = OperationId::kVolcengineListBillDetail;
  request.body = body.dump();
  request.subject =
      "page " + std::to_string(offset / limit + 1) + " of the bill of " + period_.text();
  return request;
}

Result<GrowingPageFacts, Failure> BillListing::read_page(HttpResponse& response,
                                                         CostSnapshot& rows) {
  auto opened = BillPage::open(response);
  if (!opened) return opened.error();
  GrowingPageFacts facts;
  facts.total = opened->envelope().total;
  facts.limit = opened->envelope().limit;
  facts.offset = opened->envelope().offset;
  const auto count = opened->read_rows(account_.currency, regions_, [&](const Row& row) {
    if (!row.id.empty()) facts.ids.push_back(TextHash{}(row.id));
    note_row(row);
    return rows.fold(row.bill);
  });
  if (!count) return count.error();
  facts.rows = *count;
  if (static_cast<std::int64_t>(facts.ids.size()) < facts.rows) {
    facts.digest = opened->digest();
    facts.rows_alike = opened->rows_alike();
  }
  return facts;
}

void BillListing::note_row(const Row& row) {
  if (row.expense_end && row.bill.billing_mode == "postpaid") {
    latest_expense_ =
        latest_expense_ ? std::max(*latest_expense_, *row.expense_end) : *row.expense_end;
  }
  if (account_id_.empty() && row.payer_id == row.bill.sub_account_id) account_id_ = row.payer_id;
}

std::optional<CostSnapshot> BillListing::take_rows() {
  CostSnapshot rows = listing_.take_rows();
  const bool fits = rows.rename_regions(
      [this](std::string_view region_id) { return regions_.resolve(region_id); });
  return fits ? std::optional(std::move(rows)) : std::nullopt;
}

}  // namespace cloud_billing::volcengine
