#pragma once

// The fields of a row of Volcengine's ListBillDetail that are read, under the numbers by which
// RowReader gives them. Names: www.volcengine.com/docs/6269/1127842 and the SDK models. For
// bill_page.h; a constant.

#include <cstddef>

#include "json/row_reader.h"
#include "volcengine/field_reader.h"

namespace cloud_billing::volcengine {

enum BillText : std::size_t {
  kId,
  kProduct,
  kProductName,
  kBillingMode,
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

// It is BillDetailId with a small d, and PayerID with a capital one. Names and tags that cannot be
// read cost no amount.
inline constexpr RowReader<kBillTexts, kBillAmounts> kBillReader(kFieldReader, "List",
                                                                 {{{"BillDetailId"},
                                                                   {"Product"},
                                                                   {"ProductZh", true},
                                                                   {"BillingMode"},
                                                                   {"RegionCode"},
                                                                   {"ZoneCode"},
                                                                   {"OwnerID"},
                                                                   {"OwnerUserName", true},
                                                                   {"OwnerCustomerName", true},
                                                                   {"PayerID"},
                                                                   {"Project"},
                                                                   {"Tag", true},
                                                                   {"Currency"},
                                                                   {"ExpenseEndTime"}}},
                                                                 {"OriginalBillAmount",
                                                                  "DiscountBillAmount",
                                                                  "CouponAmount", "PayableAmount",
                                                                  "PaidAmount", "UnpaidAmount"});

using BillFields = decltype(kBillReader)::Fields;
using BillRows = decltype(kBillReader)::List;

}  // namespace cloud_billing::volcengine
