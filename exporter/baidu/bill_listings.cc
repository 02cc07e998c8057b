#include "baidu/bill_listings.h"

#include <array>
#include <utility>

#include "baidu/bill_page.h"

namespace cloud_billing::baidu {
namespace {

constexpr std::array kProductTypes{ProductType{"prepay", "prepaid"},
                                   ProductType{"postpay", "postpaid"}};

// Pages hold 100 rows at most; the default is 20.
constexpr std::int64_t kPageSize = 100;

Failure judge_masked() {
  Failure failure;
  failure.reason = Reason::kPermission;
  failure.message =
      "this account is a member of a financial circle, so its own bill is masked: poll it from the "
      "master account, with its id under sub_accounts";
  return failure;
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
  request.operation = OperationId::kBaiduResourceMonthBill;
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

std::vector<std::string> billed_accounts(const AccountConfig& account) {
  std::vector<std::string> billed{""};
  billed.insert(billed.end(), account.sub_accounts.begin(), account.sub_accounts.end());
  return billed;
}

BillListings::BillListings(const AccountConfig& account, const AggregationConfig& aggregation,
                           BillPeriod period)
    : account_(account), aggregation_(aggregation), period_(std::move(period)) {
  for (const std::string& billed : billed_accounts(account)) {
    for (const ProductType& type : kProductTypes) {
      PagedListing<CostSnapshot>::Pages pages;
      pages.page_size = kPageSize;
      pages.request = [this, billed, &type](std::int64_t page) {
        return bill_request(period_, type.wire, billed, page, kPageSize);
      };
      pages.read = [this, billed, &type](HttpResponse& response, CostSnapshot& rows) {
        return read_page(billed, type, response, rows);
      };
      listings_.add(std::move(pages), CostSnapshot(aggregation));
    }
  }
}

Result<PageFacts, Failure> BillListings::read_page(const std::string& billed,
                                                   const ProductType& type, HttpResponse& response,
                                                   CostSnapshot& rows) {
  auto opened = BillPage::open(response);
  if (!opened) return opened.error();
  const BillEnvelope& envelope = opened->envelope();
  if (billed.empty() && envelope.shows_member()) return judge_masked();
  if (billed.empty()) account_id_ = envelope.own_id();
  const RowContext context{type.billing_mode, billed.empty() ? account_id_ : billed,
                           account_.currency, account_.tag_separators};
  const auto count =
      opened->read_rows(context, [&rows](const BillRow& row) { return rows.fold(row); });
  if (!count) return count.error();
  PageFacts facts = envelope.facts;
  facts.rows = *count;
  facts.rows_alike = opened->rows_alike();
  return facts;
}

}  // namespace cloud_billing::baidu
