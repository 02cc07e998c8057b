#pragma once

// The fields of a row of Volcengine's bills that are read, under the numbers by which RowReader
// gives them. Names: www.volcengine.com/docs/6269/1127842 and docs/6269/1127565, and the SDK
// models. For bill_page.h; constants.

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

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

inline constexpr std::array<std::string_view, kBillAmounts> kBillAmountNames{
    "OriginalBillAmount", "DiscountBillAmount", "CouponAmount",
    "PayableAmount",      "PaidAmount",         "UnpaidAmount"};
inline constexpr RowReader<kBillTexts, kBillAmounts> kBillReader(kFieldReader, "List", kTextNames,
                                                                 kBillAmountNames);

// Where tax comes on top, a row tells it and the sum too.
enum TaxedBillAmount : std::size_t { kTax = kBillAmounts, kPosttax, kTaxedBillAmounts };
inline constexpr std::array<std::string_view, 2> kTaxNames{"Tax", "PosttaxAmount"};

template <std::size_t kCount, std::size_t kMore>
consteval auto add_names(const std::array<std::string_view, kCount>& names,
                         const std::array<std::string_view, kMore>& more) {
  std::array<std::string_view, kCount + kMore> all{};
  std::copy(more.begin(), more.end(), std::copy(names.begin(), names.end(), all.begin()));
  return all;
}

inline constexpr RowReader<kBillTexts, kTaxedBillAmounts> kTaxedBillReader(
    kFieldReader, "List", kTextNames, add_names(kBillAmountNames, kTaxNames));

// Of the amortised bill: a month's share of each purchase. Beside them stand the amounts of the
// whole order, which repeat every month.
enum ShareAmount : std::size_t { kShareOriginal, kSharePayable, kShareAmounts };
inline constexpr std::array<std::string_view, kShareAmounts> kShareAmountNames{
    "NowAmortizedOriginalBillAmount", "NowAmortizedPayableAmount"};
inline constexpr RowReader<kBillTexts, kShareAmounts> kShareReader(kFieldReader, "List", kTextNames,
                                                                   kShareAmountNames);
enum TaxedShareAmount : std::size_t {
  kShareTax = kShareAmounts,
  kSharePosttax,
  kTaxedShareAmounts
};
inline constexpr std::array<std::string_view, 2> kShareTaxNames{"NowAmortizedTaxAmount",
                                                                "NowAmortizedPosttaxAmount"};
inline constexpr RowReader<kBillTexts, kTaxedShareAmounts> kTaxedShareReader(
    kFieldReader, "List", kTextNames, add_names(kShareAmountNames, kShareTaxNames));

}  // namespace cloud_billing::volcengine
