#include "baidu/bill_listings.h"

#include <utility>

#include "baidu/bill_page.h"
#include "baidu/operations.h"
#include "providers/conversation_set.h"
#include "providers/listing.h"
#include "providers/numbered_pages.h"

namespace cloud_billing::baidu {
namespace {

// Pages hold 100 rows at most; the default is 20.
constexpr std::int64_t kPageSize = 100;

using BillListing = Listing<BillSums, NumberedPages>;

// `billed` as in billed_accounts().
template <typename Page>
Result<PageFacts, Failure> read_page(const AccountConfig& account, const std::string& billed,
                                     const ProductType& type, HttpResponse& response,
                                     BillSums& sums) {
  const auto opened = Page::open(response);
  if (!opened) return opened.error();
  const BillEnvelope& envelope = opened->envelope();
  if (billed.empty() && envelope.shows_member()) return Failure{Reason::kPermission, kMasked};
  if (billed.empty()) sums.account_id = envelope.own_id();
  const RowContext context{type.billing_mode, billed.empty() ? sums.account_id : billed,
                           envelope.own_name(), account.currency,
                           account.settings.text("tag_separators")};
  const auto count =
      opened->read_rows(context, [&sums](const BillRow& row) { return sums.costs.fold(row); });
  if (!count) return count.error();
  PageFacts facts = envelope.facts;
  facts.rows = *count;
  return facts;
}

// How a kind of bill is asked for and read.
struct Kind {
  ApiRequest (*request)(const BillPeriod& period, std::string_view product_type,
                        std::string_view query_account_id, std::int64_t page,
                        std::int64_t page_size);
  Result<PageFacts, Failure> (*read)(const AccountConfig& account, const std::string& billed,
                                     const ProductType& type, HttpResponse& response,
                                     BillSums& sums);
};
constexpr Kind kResourceBills{bill_request, read_page<BillPage>};
constexpr Kind kAmortizedBills{share_request, read_page<SharePage>};

// Of each billed account and product type one.
std::unique_ptr<Conversation<BillSums>> read_listings(const Kind& kind,
                                                      const AccountConfig& account,
                                                      const BillPeriod& period,
                                                      const BillSums& none) {
  std::vector<std::unique_ptr<Conversation<BillSums>>> listings;
  for (const std::string& billed : billed_accounts(account)) {
    for (const ProductType& type : kProductTypes) {
      BillListing::Pages pages;
      pages.request = [&kind, period, billed, &type](const NumberedPages::Page& page) {
        return kind.request(period, type.wire, billed, page.number, kPageSize);
      };
      pages.read = [&kind, &account, billed, &type](const NumberedPages::Page& /*page*/,
                                                    HttpResponse& response, BillSums& sums) {
        return kind.read(account, billed, type, response, sums);
      };
      listings.push_back(
          std::make_unique<BillListing>(NumberedPages(kPageSize), std::move(pages), none));
    }
  }
  return std::make_unique<ConversationSet<BillSums>>(std::move(listings), none);
}

}  // namespace

BillPeriod BillPeriod::of(BillingMonth month) { return {{{"month", month.text()}}, month.text()}; }

BillPeriod BillPeriod::of(BillingDay day) {
  const std::string text = day_text(day);
  return {{{"beginTime", text}, {"endTime", text}}, text};
}

std::string describe_baidu_request(std::string_view what, std::string_view period,
                                   std::string_view query_account_id) {
  std::string text = std::string(what) + " of " + std::string(period);
  if (!query_account_id.empty()) text += " of sub-account " + std::string(query_account_id);
  return text;
}

ApiRequest bill_request(const BillPeriod& period, std::string_view product_type,
                        std::string_view query_account_id, std::int64_t page,
                        std::int64_t page_size) {
  ApiRequest request;
  request.operation = &kResourceMonthBill;
  request.query = period.parameters;
  request.query.push_back({"productType", std::string(product_type)});
  request.query.push_back({"pageNo", std::to_string(page)});
  request.query.push_back({"pageSize", std::to_string(page_size)});
  if (!query_account_id.empty()) {
    request.query.push_back({"queryAccountId", std::string(query_account_id)});
  }
  request.subject =
      "page " + std::to_string(page) + " of the " +
      describe_baidu_request(std::string(product_type) + " bill", period.text, query_account_id);
  return request;
}

// The parameters of the bill, by its documents' defaults but for the tags, whose default is not
// documented.
ApiRequest share_request(const BillPeriod& period, std::string_view product_type,
                         std::string_view query_account_id, std::int64_t page,
                         std::int64_t page_size) {
  ApiRequest request = bill_request(period, product_type, query_account_id, page, page_size);
  request.operation = &kShareBill;
  request.query.push_back({"showTags", "true"});
  request.subject = "page " + std::to_string(page) + " of the " +
                    describe_baidu_request("amortised " + std::string(product_type) + " bill",
                                           period.text, query_account_id);
  return request;
}

std::vector<std::string> billed_accounts(const AccountConfig& account) {
  std::vector<std::string> billed{""};
  const auto& sub_accounts = account.settings.list("sub_accounts");
  billed.insert(billed.end(), sub_accounts.begin(), sub_accounts.end());
  return billed;
}

std::unique_ptr<Conversation<BillSums>> read_bills(const AccountConfig& account,
                                                   const AggregationConfig& aggregation,
                                                   const BillPeriod& period,
                                                   const std::optional<UtcSeconds>& data_through) {
  return read_listings(kResourceBills, account, period,
                       {CostSnapshot(aggregation), "", data_through});
}

std::unique_ptr<Conversation<BillSums>> read_shares(const AccountConfig& account,
                                                    const AggregationConfig& aggregation,
                                                    BillingMonth month, UtcSeconds data_through) {
  return read_listings(kAmortizedBills, account, BillPeriod::of(month),
                       {CostSnapshot(aggregation), "", data_through});
}

}  // namespace cloud_billing::baidu
