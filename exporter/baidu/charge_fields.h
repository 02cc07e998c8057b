#pragma once

// The fields of a row of Baidu's bills that are read if each row is wanted: those of bill_fields.h,
// under the same numbers, and what they tell of the resource and its use. For bill_page.h;
// constants.

#include <algorithm>
#include <array>
#include <cstddef>

#include "baidu/bill_fields.h"

namespace cloud_billing::baidu {

enum ChargeText : std::size_t {
  kInstanceId = kBillTexts,
  kShortId,
  kInstanceName,
  kRegionName,
  kChargeItem,
  kUsedAmount,
  kAmountUnit,
  kUnitPrice,
  kStartTime,
  kEndTime,
  kChargeTexts
};

// None of the further ones costs an amount.
inline constexpr std::array<RowText, kChargeTexts> kChargeTextNames = [] {
  std::array<RowText, kChargeTexts> names{};
  std::copy(kTextNames.begin(), kTextNames.end(), names.begin());
  names[kInstanceId] = {"instanceId", true};
  names[kShortId] = {"shortId", true};
  names[kInstanceName] = {"instanceName", true};
  names[kRegionName] = {"regionName", true};
  names[kChargeItem] = {"chargeItem", true};
  names[kUsedAmount] = {"amount", true};
  names[kAmountUnit] = {"amountUnit", true};
  names[kUnitPrice] = {"unitPrice", true};
  names[kStartTime] = {"startTime", true};
  names[kEndTime] = {"endTime", true};
  return names;
}();

inline constexpr RowReader<kChargeTexts, kBillAmounts> kChargeReader(kFieldReader, "bills",
                                                                     kChargeTextNames,
                                                                     kBillAmountNames);

enum ShareChargeAmount : std::size_t {
  kShareCoupon = kShareAmounts,
  kShareDiscountCoupon,
  kShareCashEquivalentCoupon,
  kShareChargeAmounts
};
inline constexpr RowReader<kChargeTexts, kShareChargeAmounts> kShareChargeReader(
    kFieldReader, "bills", kChargeTextNames,
    {"sharePrice", "shareFinancePrice", "shareCouponPrice", "shareDiscountCouponPrice",
     "shareCashEquivalentCouponPrice"});

}  // namespace cloud_billing::baidu
