#include "baidu/bill_listings.h"

#include <cstddef>
#include <functional>
#include <utility>

#include "baidu/bill_page.h"
#include "baidu/operations.h"
#include "providers/conversation_set.h"
#include "providers/listing.h"
#include "providers/mapped_conversation.h"
#include "providers/numbered_pages.h"

namespace cloud_billing::baidu {
namespace {

// Pages hold 100 rows at most; the default is 20.
constexpr std::int64_t kPageSize = 100;

using BillListing = Listing<BillSums, NumberedPages>;

// One of the listings that a bill consists of.
struct Listed {
  const AccountConfig& account;
  std::string billed;  // as in billed_accounts()
  const ProductType& type;
  std::size_t number;  // from 0
};

template <typename Page>
Result<PageFacts, Failure> read_rows(const Listed& listed, HttpResponse& response, BillSums& sums,
                                     const std::function<void(const typename Page::Row&)>& keep) {
  const auto opened = Page::open(response);
  if (!opened) return opened.error();
  const BillEnvelope& envelope = opened->envelope();
  const bool is_own = listed.billed.empty();
  if (is_own && envelope.shows_member()) return Failure{Reason::kPermission, kMasked};
  if (is_own) sums.account_id = envelope.own_id();
  const RowContext context{listed.type.billing_mode, is_own ? sums.account_id : listed.billed,
                           envelope.own_name(), listed.account.currency,
                           listed.account.settings.text("tag_separators")};
  const auto count = opened->read_rows(context, [&](const typename Page::Row& row) {
    if (keep) keep(row);
    return sums.costs.fold(row);
  });
  if (!count) return count.error();
  PageFacts facts = envelope.facts;
  facts.rows = *count;
  return facts;
}

// As Page reads it, or ChargesPage if each row is wanted.
template <typename Page, typename ChargesPage>
Result<PageFacts, Failure> read_page(const Listed& listed, const NumberedPages::Page& page,
                                     HttpResponse& response, BillSums& sums, ChargeSink* sink) {
  if (sink == nullptr) return read_rows<Page>(listed, response, sums, {});
  sink->begin_page();
  auto facts = read_rows<ChargesPage>(listed, response, sums,
                                      [sink](const Charge& row) { sink->add(row, row.details); });
  if (!facts) return facts;
  const auto pages = count_pages(facts->total, facts->page_size.value_or(kPageSize));
  if (pages) sink->expect_pages(listed.number, *pages);
  auto kept = sink->end_page();
  if (!kept) return kept.error();
  kept->listing = listed.number;
  kept->number = page.number;
  sums.charges.push_back(*kept);
  return facts;
}

// How a kind of bill is asked for and read.
struct Kind {
  ApiRequest (*request)(const BillPeriod& period, std::string_view product_type,
                        std::string_view query_account_id, std::int64_t page,
                        std::int64_t page_size);
  Result<PageFacts, Failure> (*read)(const Listed& listed, const NumberedPages::Page& page,
                                     HttpResponse& response, BillSums& sums, ChargeSink* sink);
};
constexpr Kind kResourceBills{bill_request, read_page<BillPage, ChargePageReader>};
constexpr Kind kAmortizedBills{share_request, read_page<SharePage, ShareChargePageReader>};

// Hands over where the rows are.
std::unique_ptr<Conversation<BillSums>> keep_charges(std::unique_ptr<Conversation<BillSums>> bill,
                                                     ChargeSink& sink) {
  return map_result<BillSums, BillSums>(
      std::move(bill), [&sink](BillSums sums) -> Result<BillSums, Failure> {
        sink.keep(std::exchange(sums.charges, {}),
                  [](std::string_view id) { return std::string(id); });
        return sums;
      });
}

// Of each billed account and product type one.
std::unique_ptr<Conversation<BillSums>> read_listings(const Kind& kind,
                                                      const AccountConfig& account,
                                                      const BillPeriod& period,
                                                      const BillSums& none, ChargeSink* sink) {
  std::vector<std::unique_ptr<Conversation<BillSums>>> listings;
  for (const std::string& billed : billed_accounts(account)) {
    for (const ProductType& type : kProductTypes) {
      const Listed listed{account, billed, type, listings.size()};
      BillListing::Pages pages;
      pages.request = [&kind, period, listed](const NumberedPages::Page& page) {
        return kind.request(period, listed.type.wire, listed.billed, page.number, kPageSize);
      };
      pages.read = [&kind, listed, sink](const NumberedPages::Page& page, HttpResponse& response,
                                         BillSums& sums) {
        return kind.read(listed, page, response, sums, sink);
      };
      listings.push_back(
          std::make_unique<BillListing>(NumberedPages(kPageSize), std::move(pages), none));
    }
  }
  auto bill = std::make_unique<ConversationSet<BillSums>>(std::move(listings), none);
  if (sink == nullptr) return bill;
  return keep_charges(std::move(bill), *sink);
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
                                                   const std::optional<UtcSeconds>& data_through,
                                                   ChargeSink* charges) {
  return read_listings(kResourceBills, account, period,
                       {CostSnapshot(aggregation), "", data_through}, charges);
}

std::unique_ptr<Conversation<BillSums>> read_shares(const AccountConfig& account,
                                                    const AggregationConfig& aggregation,
                                                    BillingMonth month, UtcSeconds data_through,
                                                    ChargeSink* charges) {
  return read_listings(kAmortizedBills, account, BillPeriod::of(month),
                       {CostSnapshot(aggregation), "", data_through}, charges);
}

}  // namespace cloud_billing::baidu
