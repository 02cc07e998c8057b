#pragma once

// The fields of a row of Baidu's resource month bill that are read, under the numbers by which
// RowReader gives them. Names: ResourceMonthInstanceBill
// (cloud.baidu.com/doc/Finance/s/Bjxg02xim) and the SDK models. For bill_page.h; a constant.

#include <cstddef>

#include "baidu/field_reader.h"
#include "json/row_reader.h"

namespace cloud_billing::baidu {

enum BillText : std::size_t {
  kAccountId,
  kServiceType,
  kServiceTypeName,
  kProductType,
  kRegion,
  kTag,
  kBillTexts
};
enum BillAmount : std::size_t {
  kOrigin,
  kFinance,
  kDiscount,
  kCoupon,
  kDiscountCoupon,
  kCashEquivalentCoupon,
  kVoucher,
  kDiscountVoucher,
  kCash,
  kRebate,
  kCreditCost,
  kCreditRefund,
  kDebt,
  kBillAmounts
};

// The voucher names are the older documents' spelling of the coupon fields. A display name and tags
// that cannot be read cost no amount.
inline constexpr RowReader<kBillTexts, kBillAmounts> kBillReader(
    kFieldReader, "bills",
    {{{"accountId"},
      {"serviceType"},
      {"serviceTypeName", true},
      {"productType"},
      {"region"},
      {"tag", true}}},
    {"originPrice", "financePrice", "discountPrice", "couponPrice", "discountCouponPrice",
     "cashEquivalentCouponPrice", "voucherPrice", "discountvoucherPrice", "cash", "rebate",
     "creditCost", "creditRefund", "debt"});

using BillFields = decltype(kBillReader)::Fields;
using BillRows = decltype(kBillReader)::List;

}  // namespace cloud_billing::baidu
