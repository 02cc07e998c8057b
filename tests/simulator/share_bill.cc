// getShareBill: Baidu's amortised bill, of months.

#include <memory>
#include <string>

#include "amortized_rows.h"
#include "bill_tags.h"
#include "billed_account.h"
#include "catalogue.h"
#include "field_writer.h"
#include "numbered_bill.h"

namespace simulator {
namespace {

// The amounts of the whole purchase, and the month's share of them, by their names on the wire.
struct SharedAmount {
  Money RowAmounts::*amount;
  std::string_view whole;
  std::string_view share;
};
constexpr SharedAmount kSharedAmounts[] = {
    {&RowAmounts::catalog_price, "catalogPrice", "shareCatalogPrice"},
    {&RowAmounts::coupon_price, "couponPrice", "shareCouponPrice"},
    {&RowAmounts::discount_coupon_price, "discountCouponPrice", "shareDiscountCouponPrice"},
    {&RowAmounts::cash_equivalent_coupon_price, "cashEquivalentCouponPrice",
     "shareCashEquivalentCouponPrice"},
    {&RowAmounts::discount_price, "discountPrice", "shareDiscountPrice"},
    {&RowAmounts::written_off, "sysGoldPrice", "shareSysGoldPrice"},
};

void append_words(FieldWriter& fields, const ShareRow& share, const Account& account, Month month,
                  bool shows_tags) {
  const BillRow& row = share.row;
  const bool is_order = row.product_type == ProductType::kPrepaid;
  const Date day = share.bought / std::chrono::day{static_cast<unsigned>(row.days.first)};
  const std::string start = write_utc(start_in_china(day)) + "Z";
  fields.text("billMonth", write_month(month));
  fields.text("productType", is_order ? "prepay" : "postpay");
  fields.text("productTypeName", is_order ? "预付费" : "后付费");
  const std::string service = service_code(row.service, account.invented_services);
  fields.text("serviceType", service);
  fields.text("serviceTypeName", service_name(row.service, account.invented_services));
  fields.text("productCategory", service);
  fields.text("instanceId", instance_id(row));
  fields.text("shortId", short_id(row, account));
  fields.text("region", row.region);
  fields.text("orderType", is_order ? row.order_type : "");
  fields.text("createTime", is_order ? start : "");
  fields.text("serviceStartTime", start);
  if (is_order) {
    fields.raw("shareDays", std::to_string(share.days.until - share.days.before));
  }
  fields.raw("controversialItem", "0");
  const Tags tags = tags_of(row, account);
  if (shows_tags && !tags.empty()) {
    fields.text("tag", write_tags(tags, row));
  }
}

void append_share(std::string& out, const ShareRow& share, bool masked,
                  const PageSpoiling& spoiling) {
  const RowAmounts amounts = masked ? RowAmounts{} : share.row.amounts;
  AmountWriter writer(out, share.row.occurrence);
  writer.required("price", amounts.origin_price);
  writer.required("financePrice", amounts.finance_price);
  writer.required("sharePrice", share.days.share_of(amounts.origin_price));
  if (spoiling.unreadable_amount) {
    FieldWriter(out).text("shareFinancePrice", "abc");
  } else if (!spoiling.missing_amount) {
    writer.required("shareFinancePrice", share.days.share_of(amounts.finance_price));
  }
  for (const auto& [amount, whole, part] : kSharedAmounts) {
    writer.optional(whole, amounts.*amount);
    writer.optional(part, share.days.share_of(amounts.*amount));
  }
  out.back() = '}';
}

}  // namespace

OperationResult prepare_share_bill(const OperationRequest& request) {
  const Parameters parameters = parse_query(request.wire.query);
  const auto billed = find_billed_account(request, parameters);
  if (!billed) {
    return refuse_access();
  }
  const std::string type = parameter(parameters, "productType");
  if (type != "prepay" && type != "postpay") {
    return refuse_parameter("productType must be prepay or postpay.");  // both: not simulated
  }
  const auto month = parse_month(parameter(parameters, "month"));
  if (!month) {
    return refuse_parameter("month is missing or not yyyy-MM.");
  }
  const auto pages = read_pages(parameters, request.page_cap);
  if (const auto* refusal = std::get_if<Refusal>(&pages)) {
    return *refusal;
  }
  const Account& account = *billed->account;
  const auto listing = std::make_shared<const ShareListing>(
      account, *month, days_until(*month, newest_complete_day(request.billing_time)),
      type == "prepay" ? ProductType::kPrepaid : ProductType::kPostpaid);
  NumberedBill bill;
  bill.envelope = envelope_of(*billed, *month, std::get<PageRange>(pages));
  bill.envelope.total_count = listing->size();
  bill.masked = billed->masked;
  const bool shows_tags = parameter(parameters, "showTags") == "true";
  bill.append = [listing, &account, month = *month, shows_tags](std::string& out,
                                                                std::size_t position, bool masked,
                                                                const PageSpoiling& spoiling) {
    const ShareRow share = listing->row(position);
    out += '{';
    FieldWriter fields(out);
    append_words(fields, share, account, month, shows_tags);
    append_share(out, share, masked, spoiling);
  };
  return prepare_page(std::move(bill));
}

}  // namespace simulator
