#pragma once

// The fields of a row of Volcengine's bills that are read, under the numbers by which RowReader
// gives them. Names: www.volcengine.com/docs/6269/1127842 and docs/6269/1127565, and the SDK
// models. For bill_page.h; constants.

#include <array>
#include <cstddef>

#include "json/row_reader.h"
#include "volcengine/field_reader.h"

namespace cloud_billing::volcengine {

enum BillText : std::size_t {
  kId,
  kProduct,
  kProductName,
  kBillingMode,
  kRegionName,
  kRegionCode,
  kZoneCode,
  kOwner,
  kOwnerName,
  kOwnerCompany,
  kPayer,
  kProject,
  kTag,
  kCurrency,
  kExpenseEnd,
  kBillTexts
};
enum BillAmount : std::size_t {
  kOriginal,
  kDiscounted,
  kCoupon,
  kPayable,
  kPaid,
  kUnpaid,
  kBillAmounts
};

// The same in all bills: what a bill does not have is empty. It is BillDetailId with a small d, and
// PayerID with a capital one. Names and tags that cannot be read cost no amount.
inline constexpr std::array<RowText, kBillTexts> kTextNames{{{"BillDetailId"},
                                                             {"Product"},
                                                             {"ProductZh", true},
                                                             {"BillingMode"},
                                                             {"Region", true},
                                                             {"RegionCode"},
                                                             {"ZoneCode"},
                                                             {"OwnerID"},
                                                             {"OwnerUserName", true},
                                                             {"OwnerCustomerName", true},
                                                             {"PayerID"},
                                                             {"Project"},
                                                             {"Tag", true},
                                                             {"Currency"},
                                                             {"ExpenseEndTime"}}};

inline constexpr RowReader<kBillTexts, kBillAmounts> kBillReader(kFieldReader, "List", kTextNames,
                                                                 {"OriginalBillAmount",
                                                                  "DiscountBillAmount",
                                                                  "CouponAmount", "PayableAmount",
                                                                  "PaidAmount", "UnpaidAmount"});

// Of the amortised bill: a month's share of each purchase. Beside them stand the amounts of the
// whole order, which repeat every month.
enum ShareAmount : std::size_t { kShareOriginal, kSharePayable, kShareAmounts };
inline constexpr RowReader<kBillTexts, kShareAmounts> kShareReader(
    kFieldReader, "List", kTextNames,
    {"NowAmortizedOriginalBillAmount", "NowAmortizedPayableAmount"});

}  // namespace cloud_billing::volcengine
