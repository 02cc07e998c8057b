#include "volcengine/overview.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "providers/api_error.h"
#include "providers/listing.h"
#include "providers/mapped_conversation.h"
#include "providers/token_pages.h"
#include "volcengine/bill_listing.h"
#include "volcengine/money.h"
#include "volcengine/operations.h"

namespace cloud_billing::volcengine {
namespace {

// Rows are products times billing modes: more pages are a server that never ends.
constexpr int kMostOverviewPages = 100;

Failure too_large() { return response_not_understood("the sum of all rows is too large"); }

struct OverviewSums {
  ServiceCosts costs;
  std::int64_t rows = 0;
};

using OverviewListing = Listing<OverviewSums, TokenPages>;

// The token that names a page is the offset of its first row: the server may hold fewer rows on a
// page than were asked for.
ApiRequest page_request(BillingMonth month, const TokenPages::Page& page) {
  return overview_request(month, page.token.empty() ? 0 : std::stoll(page.token), kBillPageSize);
}

Result<TokenPageFacts, Failure> read_page(const BillTerms& terms, HttpResponse& response,
                                          OverviewSums& sums) {
  const auto page = read_overview(response, terms);
  if (!page) return page.error();
  if (!sums.costs.merge(page->costs)) {
    return too_large();
  }
  sums.rows += page->rows;
  TokenPageFacts facts;
  facts.rows = page->rows;
  // Without a total an empty page is the end.
  const bool has_more = page->rows > 0 && (!page->total || sums.rows < *page->total);
  if (has_more) facts.next_token = std::to_string(sums.rows);
  if (!has_more && page->total && sums.rows != *page->total) {
    return Failure::inconsistent(std::to_string(sums.rows) + " rows instead of " +
                                 std::to_string(*page->total));
  }
  return facts;
}

}  // namespace

ApiRequest overview_request(BillingMonth month, std::int64_t offset, std::int64_t limit) {
  ApiRequest request;
  request.operation = &kListBillOverviewByProd;
  request.body = nlohmann::json{
      {"BillPeriod", month.text()},
      {"Limit", limit},
      {"NeedRecordNum", 1},
      {"Offset",
       offset}}.dump();
  request.subject = "overview by product of " + month.text();
  return request;
}

std::unique_ptr<Conversation<ServiceCosts>> read_product_costs(const Site& site,
                                                               const AccountConfig& account,
                                                               BillingMonth month) {
  OverviewListing::Pages pages;
  pages.request = [month](const TokenPages::Page& page) { return page_request(month, page); };
  pages.read = [&site, &account](const TokenPages::Page& /*page*/, HttpResponse& response,
                                 OverviewSums& sums) {
    return read_page({account.currency, site}, response, sums);
  };
  return map_result<ServiceCosts, OverviewSums>(
      std::make_unique<OverviewListing>(TokenPages(1, kMostOverviewPages), std::move(pages),
                                        OverviewSums{}),
      [](OverviewSums sums) { return std::move(sums.costs); });
}

std::unique_ptr<Conversation<CurrencySums>> read_overview_of(const Site& site,
                                                             const AccountConfig& account,
                                                             BillingMonth month) {
  return map_result<CurrencySums, ServiceCosts>(
      read_product_costs(site, account, month),
      [](const ServiceCosts& costs) -> Result<CurrencySums, Failure> {
        CurrencySums sums;
        for (const auto& [key, billed_cost] : costs.billed_costs) {
          if (!sums.add(key.currency, billed_cost)) return too_large();
        }
        return sums;
      });
}

}  // namespace cloud_billing::volcengine
