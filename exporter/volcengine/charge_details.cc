#include "volcengine/charge_details.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "core/ascii.h"
#include "volcengine/bill_page.h"
#include "volcengine/regions.h"

namespace cloud_billing::volcengine {
namespace {

// Refunds and adjustments; rows have Chinese or English words, requests the codes.
constexpr std::array<std::string_view, 5> kCorrections{"退款", "调账", "refund", "transfer",
                                                       "adjust"};

bool corrects_earlier_month(std::string_view category, std::string_view business_month,
                            std::string_view bill_month) {
  const std::string words = to_lower_case(category);
  const bool corrects =
      std::any_of(kCorrections.begin(), kCorrections.end(),
                  [&words](std::string_view word) { return words.starts_with(word); });
  const auto business = BillingMonth::parse(business_month);
  const auto bill = BillingMonth::parse(bill_month);
  return corrects && business && bill && *business < *bill;
}

template <typename Fields>
ChargeDetails texts_of(const Fields& fields, BillingZone site_zone) {
  const auto text = [&fields](std::size_t field) {
    return fields.unread[field] ? std::string_view() : fields.texts[field];
  };
  const auto first = [&text](std::size_t field, std::size_t other) {
    const std::string_view wanted = text(field);
    return wanted.empty() ? text(other) : wanted;
  };
  ChargeDetails details;
  details.row_id = text(kId);
  details.payer_id = text(kPayer);
  details.region_name = text(kRegionName);
  const std::string_view zone = text(kZoneCode);
  if (!region_of_zone(zone).empty()) details.availability_zone = zone;
  details.resource_id = text(kInstanceNo);
  if (!details.resource_id.empty()) {
    details.resource_name = text(kInstanceName);
    details.resource_type = first(kConfigName, kProduct);
  }
  details.sku_id = first(kElementCode, kConfigurationCode);
  details.quantity = text(kCount);
  details.unit = text(kUnit);
  details.unit_price = text(kPrice);
  details.start = read_expense_begin(text(kExpenseBegin), site_zone);
  details.corrects_earlier_month =
      corrects_earlier_month(text(kBillCategory), text(kBusiPeriod), text(kBillPeriod));
  return details;
}

// Payable and what coupons paid. Nothing if it is too large.
OptionalAmount with_coupon(OptionalAmount payable, Amount coupon) {
  if (payable && !payable->add(coupon)) payable.reset();
  return payable;
}

template <typename Fields>
ChargeDetails details_of_row(const Fields& fields, BillingZone zone) {
  ChargeDetails details = texts_of(fields, zone);
  details.contracted_cost = fields.amounts[kDiscounted]
                                ? fields.amounts[kDiscounted]
                                : with_coupon(fields.amounts[kPayable], fields.amount(kCoupon));
  return details;
}

template <typename Fields>
ChargeDetails details_of_share(const Fields& fields, BillingZone zone) {
  ChargeDetails details = texts_of(fields, zone);
  details.contracted_cost = fields.amounts.back();
  details.has_list_cost = fields.amounts[kShareOriginal].has_value();
  return details;
}

}  // namespace

ChargeDetails charge_details(const ChargeFields& fields, BillingZone zone) {
  return details_of_row(fields, zone);
}
ChargeDetails charge_details(const TaxedChargeFields& fields, BillingZone zone) {
  return details_of_row(fields, zone);
}
ChargeDetails charge_details(const ShareChargeFields& fields, BillingZone zone) {
  return details_of_share(fields, zone);
}
ChargeDetails charge_details(const TaxedShareChargeFields& fields, BillingZone zone) {
  return details_of_share(fields, zone);
}

}  // namespace cloud_billing::volcengine
