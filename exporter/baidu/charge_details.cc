#include "baidu/charge_details.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>

#include "core/ascii.h"
#include "providers/iso_time.h"

namespace cloud_billing::baidu {
namespace {

// The number of "0.003333元/分钟".
std::string_view number_of(std::string_view price) {
  const auto* const end =
      std::find_if_not(price.begin(), price.end(), [](char c) { return is_digit(c) || c == '.'; });
  return price.substr(0, static_cast<std::size_t>(end - price.begin()));
}

template <typename Fields>
ChargeDetails texts_of(const Fields& fields) {
  const auto text = [&fields](std::size_t field) {
    return fields.unread[field] ? std::string_view() : fields.texts[field];
  };
  ChargeDetails details;
  details.region_name = text(kRegionName);
  details.resource_id = text(kInstanceId);
  if (!details.resource_id.empty()) {
    details.resource_short_id = text(kShortId);
    details.resource_name = text(kInstanceName);
    details.resource_type = text(kServiceType);
  }
  details.sku_id = text(kChargeItem);
  details.quantity = text(kUsedAmount);
  details.unit = text(kAmountUnit);
  details.unit_price = number_of(text(kUnitPrice));
  details.start = read_iso_time(text(kStartTime));
  details.end = read_iso_time(text(kEndTime));
  return details;
}

// Nothing if it is too large.
OptionalAmount sum_of(std::initializer_list<Amount> parts) {
  Amount sum;
  const bool fits =
      std::all_of(parts.begin(), parts.end(), [&sum](Amount part) { return sum.add(part); });
  return fits ? OptionalAmount(sum) : std::nullopt;
}

}  // namespace

// What was paid and what coupons paid, which older documents call vouchers.
ChargeDetails charge_details(const decltype(kChargeReader)::Fields& fields) {
  ChargeDetails details = texts_of(fields);
  details.contracted_cost = sum_of({fields.amount(kFinance), amount_of(fields, kCoupon, kVoucher),
                                    amount_of(fields, kDiscountCoupon, kDiscountVoucher),
                                    fields.amount(kCashEquivalentCoupon)});
  return details;
}

ChargeDetails charge_details(const decltype(kShareChargeReader)::Fields& fields) {
  ChargeDetails details = texts_of(fields);
  details.contracted_cost =
      sum_of({fields.amount(kShareFinance), fields.amount(kShareCoupon),
              fields.amount(kShareDiscountCoupon), fields.amount(kShareCashEquivalentCoupon)});
  details.has_list_cost = fields.amounts[kSharePrice].has_value();
  return details;
}

}  // namespace cloud_billing::baidu
