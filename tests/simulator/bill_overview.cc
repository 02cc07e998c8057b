// ListBillOverviewByProd: the provider's own totals.

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "field_writer.h"
#include "volcengine_actions.h"
#include "volcengine_bill.h"
#include "volcengine_catalogue.h"

namespace simulator {
namespace {

using OverviewKey = std::tuple<std::size_t, BillingMode, bool>;  // product, mode, in USD
using Overview = std::vector<std::pair<OverviewKey, VolcengineAmounts>>;

Overview add_up_products(const Account& account, const VolcengineQuery& query, bool ignore_zero) {
  std::map<OverviewKey, VolcengineAmounts> sums;
  const VolcengineListing listing(account, query);
  for (std::size_t i = 0; i < listing.size(); ++i) {
    const VolcengineRow row = listing.row(i);
    sums[{row.product, row.mode, row.in_usd}] += row.amounts;
  }
  if (account.unlisted_yuan != 0 && listing.size() > 0) {
    VolcengineAmounts& amounts = sums[{0, BillingMode::kPrepaid, false}];
    const Money unlisted = Money{kUnitsPerYuan} * account.unlisted_yuan;
    for (Money* amount :
         {&amounts.original, &amounts.discounted, &amounts.payable, &amounts.paid}) {
      *amount += unlisted;
    }
  }
  Overview overview(sums.begin(), sums.end());
  if (ignore_zero) {
    overview.erase(
        std::remove_if(overview.begin(), overview.end(),
                       [](const auto& item) { return item.second.discounted == Money{}; }),
        overview.end());
  }
  return overview;
}

void append_item(std::string& out, const Account& account, Month month,
                 const std::pair<OverviewKey, VolcengineAmounts>& item, bool is_unreadable) {
  const auto& [product, mode, in_usd] = item.first;
  const VolcengineAmounts& amounts = item.second;
  out += '{';
  FieldWriter fields(out);
  fields.text("BillPeriod", write_month(month));
  fields.text("PayerID", account.id);
  fields.text("PayerUserName", account.login_name);
  fields.text("OwnerID", account.id);
  fields.text("Product", volcengine_product_code(product, account.invented_services));
  fields.text("ProductZh", volcengine_product_name(product, account.invented_services));
  fields.text("BusinessMode", "普通模式");
  fields.text("BillingMode", std::to_string(static_cast<int>(mode) + 1));
  fields.text("BillCategoryParent", "消费");
  fields.text("CountryRegion", "中国内地");
  fields.text("OriginalBillAmount", write_padded(amounts.original, 6));
  fields.text("PreferentialBillAmount", write_padded(amounts.preferential, 6));
  fields.text("RoundBillAmount", write_padded(amounts.round, 6));
  fields.text("DiscountBillAmount", write_padded(amounts.discounted, 2));
  fields.text("CouponAmount", write_padded(amounts.coupon, 2));
  fields.text("PayableAmount", is_unreadable ? "abc" : write_padded(amounts.payable, 2));
  fields.text("PaidAmount", write_padded(amounts.paid, 2));
  fields.text("UnpaidAmount", write_padded(amounts.unpaid, 2));
  fields.text("CreditCarriedAmount", "0.00");
  if (account.is_overseas) {
    fields.text("Tax", write_padded(amounts.tax, 2));
    // Half of the totals leave the sum to the reader.
    fields.text("PosttaxAmount",
                product % 2 == 0 ? write_padded(amounts.payable + amounts.tax, 2) : "-");
  }
  fields.text("Currency", in_usd ? "USD" : "CNY");
  out.back() = '}';
}

}  // namespace

OperationResult prepare_bill_overview(const OperationRequest& request,
                                      const ActionParameters& parameters) {
  const auto read = read_bill_range(parameters);
  if (const auto* refusal = std::get_if<Refusal>(&read)) {
    return *refusal;
  }
  const BillRange range = std::get<BillRange>(read);
  const Date yesterday{std::chrono::sys_days{request.account.billing_date(request.billing_time)} -
                       std::chrono::days{1}};
  VolcengineQuery query;
  query.month = range.month;
  query.days = days_until(range.month, yesterday).value_or(DayRange{1, 0});
  query.appended = request.growth.rows(request.account, range.month);
  const Overview overview =
      add_up_products(request.account, query, parameters.number("IgnoreZero", 0) == 1);
  const bool tells_total = parameters.number("NeedRecordNum", 0) == 1;
  const std::size_t first = std::min(range.offset, overview.size());
  const std::size_t count = std::min(range.limit, overview.size() - first);
  const Account* account = &request.account;
  PageFacts facts;
  facts.list_rows = count;
  return Prepared{facts, [=](const Fault* fault) {
                    const bool is_cut = fault != nullptr && fault->kind == FaultKind::kCutList;
                    const std::size_t shown = count - (is_cut ? 1 : 0);
                    std::string out = R"({"List":)";
                    out += shown == 0 ? "null" : "[";
                    for (std::size_t i = 0; i < shown; ++i) {
                      const bool is_unreadable =
                          i == 0 && fault != nullptr && fault->kind == FaultKind::kUnreadableAmount;
                      append_item(out, *account, range.month, overview[first + i], is_unreadable);
                      out += i + 1 < shown ? "," : "]";
                    }
                    out += ",";
                    FieldWriter fields(out);
                    fields.raw("Total", tells_total ? std::to_string(overview.size()) : "-1");
                    fields.raw("Limit", std::to_string(range.limit));
                    fields.raw("Offset", std::to_string(range.offset));
                    out.back() = '}';
                    return out;
                  }};
}

}  // namespace simulator
