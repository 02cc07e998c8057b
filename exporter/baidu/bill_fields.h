#pragma once

// The fields of a row of Baidu's bills that are read, under the numbers by which RowReader gives
// them. Names: ResourceMonthInstanceBill (cloud.baidu.com/doc/Finance/s/Bjxg02xim) and ShareBill
// (cloud.baidu.com/doc/Finance/s/vmck88hhv), and the SDK models. For bill_page.h; constants.

#include <array>
#include <cstddef>
#include <string_view>

#include "baidu/field_reader.h"
#include "core/amount.h"
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

// The same in all bills. A display name and tags that cannot be read cost no amount.
inline constexpr std::array<RowText, kBillTexts> kTextNames{{{"accountId"},
                                                             {"serviceType"},
                                                             {"serviceTypeName", true},
                                                             {"productType"},
                                                             {"region"},
                                                             {"tag", true}}};

// Of the resource month bill. The voucher names are the older documents' spelling of the coupon
// fields.
inline constexpr std::array<std::string_view, kBillAmounts> kBillAmountNames{
    "originPrice",  "financePrice",         "discountPrice",
    "couponPrice",  "discountCouponPrice",  "cashEquivalentCouponPrice",
    "voucherPrice", "discountvoucherPrice", "cash",
    "rebate",       "creditCost",           "creditRefund",
    "debt"};
inline constexpr RowReader<kBillTexts, kBillAmounts> kBillReader(kFieldReader, "bills", kTextNames,
                                                                 kBillAmountNames);

// An amount by its field's name, else by the older one. 0 if it has neither.
template <typename Fields>
[[nodiscard]] Amount amount_of(const Fields& fields, BillAmount field, BillAmount older) {
  return fields.amounts[field] ? *fields.amounts[field] : fields.amount(older);
}

// Of the amortised bill: a month's share of each purchase. Beside them stand the amounts of the
// whole purchase, which repeat every month.
enum ShareAmount : std::size_t { kSharePrice, kShareFinance, kShareAmounts };
inline constexpr RowReader<kBillTexts, kShareAmounts> kShareReader(
    kFieldReader, "bills", kTextNames, {"sharePrice", "shareFinancePrice"});

}  // namespace cloud_billing::baidu
