#include "bill_page.h"

#include <array>
#include <cstdio>

#include "bill_tags.h"
#include "catalogue.h"
#include "deterministic.h"
#include "field_writer.h"

namespace simulator {
namespace {

enum Purpose : std::uint64_t { kUsage = 301, kLongText, kNoTag, kPurchase, kDeduct };

void close_object(std::string& out) {
  if (out.back() == ',') {
    out.pop_back();
  }
  out += '}';
}

Moment start_of_day(Month month, int day) {
  return start_in_china(month / std::chrono::day{static_cast<unsigned>(day)});
}

std::string discount_unit(const BillRow& row) {
  return write_padded(Money{kUnitsPerYuan} * (100 - row.discount_percent), 2);
}

void append_description(FieldWriter& fields, const BillRow& row, const Account& account,
                        Month month, const PageSpoiling& spoiling) {
  const Service& model = service_model(row.service);
  const ChargeItem& item = model.items[row.charge_item];
  const bool prepaid = row.product_type == ProductType::kPrepaid;
  const Moment begin = start_of_day(month, row.days.first);
  const Moment end = start_of_day(month, row.days.last) + std::chrono::hours{24};
  char number[32];

  fields.text("vendor", "百度智能云");
  std::snprintf(number, sizeof number, "%016llx",
                static_cast<unsigned long long>(mix(row.occurrence, 1)));
  fields.text("billId", number);
  fields.text("accountId", account.id);
  fields.text("serviceType", service_code(row.service, account.invented_services));
  const std::string name = service_name(row.service, account.invented_services);
  fields.text("serviceTypeName", spoiling.bad_utf8 ? name + "\xff\xc3(\xe4\xba" : name);
  fields.text("productType", prepaid ? "prepay" : "postpay");
  // Services without regions say "global" or nothing.
  fields.text("region", row.region == "global" && row.identity % 3 == 0 ? "/" : row.region);
  fields.text("instanceId", instance_id(row));
  fields.text("shortId", short_id(row, account));
  fields.text("instanceName", "/");
  if (prepaid) {
    fields.text("orderId", std::string("order-") + number);
    fields.text("orderType", row.order_type);
    fields.text("orderTypeDesc", row.order_type == "NEW"          ? "新购"
                                 : row.order_type == "RENEW"      ? "续费"
                                 : row.order_type == "DILATATION" ? "升级"
                                                                  : "退款");
    const auto minute = std::chrono::minutes{draw(row.occurrence, kPurchase, 1440)};
    fields.text("orderPurchaseTime", write_utc(begin + minute) + ".000Z");
    fields.text("duration", "3个月");
    fields.text("chargeItem", "/");
    fields.text("chargeItemDesc", "/");
    fields.text("amount", "/");
    fields.text("amountUnit", "/");
    fields.text("unitPrice", "/");
    fields.text("pricingUnit", "/");
  } else {
    fields.text("orderId", "/");
    fields.text("orderType", "/");
    fields.text("orderTypeDesc", "/");
    fields.text("orderPurchaseTime", "2018-01-07T07:10:24.000Z");
    fields.text("duration", "/");
    fields.text("chargeItem", item.code);
    fields.text("chargeItemDesc", item.name);
    const auto usage = draw(row.occurrence, kUsage, 1440) + 1;
    fields.text("amount", std::to_string(usage * static_cast<std::uint64_t>(row.days.count())));
    fields.text("amountUnit", item.unit);
    fields.text("discountAmount", "0");
    fields.text("unitPrice", "0.003333元/" + std::string(item.unit));
    fields.text("catalogUnitPrice", "0.003333元/" + std::string(item.unit));
    fields.text("pricingUnit", item.unit);
  }
  fields.text("startTime", write_utc(begin) + ".000Z");
  fields.text("endTime", write_utc(end - std::chrono::seconds{1}) + ".000Z");
  fields.text("serviceStartTime", "2018-01-07T07:10:24.000Z");
  fields.text("serviceEndTime", "/");
  std::string configuration(model.configuration);
  if (draw(row.identity, kLongText, 60) == 0) {
    for (int disk = 1; disk <= 40; ++disk) {
      configuration += "\n数据盘" + std::to_string(disk) + ":\"增强型SSD\" 2048GB";
    }
  }
  fields.text("configurationCH", configuration);
  const Tags tags = tags_of(row, account);
  if (spoiling.odd_tag) {
    std::string text;
    append_json_string(text, write_tags(tags, row));
    text.insert(text.size() - 1, tags.empty() ? R"(odd:a\u0000b)" : R"(;odd:a\u0000b)");
    fields.raw("tag", text);
  } else if (!tags.empty()) {
    fields.text("tag", write_tags(tags, row));
  } else {
    constexpr std::array<std::string_view, 4> kNoTags{"\"/\"", "\"\"", "null", ""};
    const std::string_view none = kNoTags[draw(row.identity, kNoTag, kNoTags.size())];
    if (!none.empty()) {
      fields.raw("tag", none);
    }
  }
  fields.text("discountUnit",
              row.discount_percent % 10 == 5 ? discount_unit(row) + "/100.00" : discount_unit(row));
  fields.raw("tex", "6");
}

}  // namespace

void append_unknown_field(std::string& out, int depth) {
  out += R"("futureField":)";
  for (int i = 0; i < depth; ++i) {
    out += i % 2 == 0 ? R"({"financePrice":999,"originPrice":"}]\"","bills":[],"inner":)" : "[";
  }
  out += "null";
  for (int i = depth - 1; i >= 0; --i) {
    out += i % 2 == 0 ? "}" : "]";
  }
  out += ',';
}

void append_account_fields(std::string& out, const Account& billed, const Account* master) {
  FieldWriter fields(out);
  const Account& shown = master != nullptr ? *master : billed;
  fields.text("accountId", shown.id);
  fields.text("loginName", shown.login_name);
  fields.text("subAccountId", master != nullptr ? billed.id : "/");
  fields.text("subLoginName", master != nullptr ? billed.login_name : "/");
  fields.text("ouName", master != nullptr ? billed.unit_name : "/");
}

void append_row(std::string& out, const BillRow& row, const Account& account, Month month,
                bool masked, const PageSpoiling& spoiling) {
  out += '{';
  FieldWriter fields(out);
  append_description(fields, row, account, month, spoiling);
  if (spoiling.unknown_depth > 0) {
    append_unknown_field(out, spoiling.unknown_depth);
  }

  RowAmounts amounts = row.amounts;
  if (masked) {
    RowAmounts hidden;
    hidden.coupon_price = amounts.coupon_price;
    hidden.discount_coupon_price = amounts.discount_coupon_price;
    amounts = hidden;
  }
  AmountWriter writer(out, row.occurrence);
  if (!spoiling.missing_amount) {
    writer.required("originPrice", amounts.origin_price);
  }
  if (spoiling.unreadable_amount) {
    fields.text("financePrice", "abc");
  } else {
    writer.required("financePrice", amounts.finance_price);
  }
  writer.optional("catalogPrice", amounts.catalog_price);
  writer.optional("promotionPrice", {});
  writer.optional("cash", amounts.cash);
  writer.optional("rebate", amounts.rebate);
  writer.optional("creditCost", amounts.credit_cost);
  writer.optional("creditRefund", amounts.credit_refund);
  writer.optional("creditRefundDeduct", {});
  writer.optional("debt", amounts.debt);
  writer.optional("noPaidPrice", masked ? Money{} : amounts.not_paid());
  writer.optional(account.old_coupon_names ? "voucherPrice" : "couponPrice", amounts.coupon_price);
  writer.optional(account.old_coupon_names ? "discountvoucherPrice" : "discountCouponPrice",
                  amounts.discount_coupon_price);
  writer.optional("cashEquivalentCouponPrice", amounts.cash_equivalent_coupon_price);
  writer.optional("discountPrice", amounts.discount_price);
  writer.optional("sysGold", amounts.written_off);
  // Reductions enter no formula of the documentation: a reader must leave them alone.
  const bool is_reduced = !masked && draw(row.occurrence, kDeduct, 40) == 0;
  const Money deduct{is_reduced ? kUnitsPerYuan * 5 / 4 : 0};
  writer.optional("deductPrice", deduct);
  writer.optional("deductPromotionPrice", {});
  writer.optional("deductCash", deduct);
  writer.optional("deductRebate", {});
  writer.optional("deductCreditCost", {});
  writer.optional("deductCouponPrice", {});
  writer.optional("deductDiscountCouponPrice", {});
  writer.optional("deductDiscountPrice", {});
  writer.optional("deductCashEquivalentCouponPrice", {});
  close_object(out);
}

std::string write_page(const PageEnvelope& envelope, std::size_t first, std::size_t count,
                       const PageSpoiling& spoiling, const AppendRow& append) {
  std::string out;
  out.reserve(512 + count * 2048);
  out += '{';
  FieldWriter fields(out);
  fields.text("billMonth", write_month(envelope.month));
  if (!envelope.begin_time.empty()) {
    fields.text("beginTime", envelope.begin_time);
    fields.text("endTime", envelope.end_time);
  }
  append_account_fields(out, *envelope.billed, envelope.master);
  fields.raw("pageNo", std::to_string(envelope.page_number));
  fields.raw("pageSize", std::to_string(envelope.page_size));
  fields.raw("totalCount", std::to_string(envelope.total_count));
  if (spoiling.unknown_depth > 0) {
    append_unknown_field(out, spoiling.unknown_depth);
  }
  out += "\"bills\":[";
  for (std::size_t i = 0; i < count; ++i) {
    PageSpoiling of_row = spoiling;
    of_row.unreadable_amount = spoiling.unreadable_amount && i == 0;
    of_row.missing_amount = spoiling.missing_amount && i == 0;
    append(out, first + i, of_row);
    out += i + 1 < count ? "," : "";
  }
  out += "]}";
  return out;
}

std::string write_page(const PageEnvelope& envelope, const Listing& listing, std::size_t first,
                       std::size_t count, bool masked, const PageSpoiling& spoiling) {
  return write_page(envelope, first, count, spoiling,
                    [&](std::string& out, std::size_t position, const PageSpoiling& of_row) {
                      append_row(out, listing.row(position), *envelope.billed, envelope.month,
                                 masked, of_row);
                    });
}

}  // namespace simulator
