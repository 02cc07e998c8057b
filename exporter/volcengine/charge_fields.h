#pragma once

// The fields of a row of Volcengine's bills that are read if each row is wanted: those of
// bill_fields.h, under the same numbers, and what they tell of the resource and its use. For
// bill_page.h; constants.

#include <algorithm>
#include <array>
#include <cstddef>

#include "volcengine/bill_fields.h"

namespace cloud_billing::volcengine {

enum ChargeText : std::size_t {
  kBillPeriod = kBillTexts,
  kBusiPeriod,
  kBillCategory,
  kExpenseBegin,
  kInstanceNo,
  kInstanceName,
  kConfigName,
  kConfigurationCode,
  kElementCode,
  kCount,
  kUnit,
  kPrice,
  kChargeTexts
};

// None of the further ones costs an amount.
inline constexpr std::array<RowText, kChargeTexts> kChargeTextNames = [] {
  std::array<RowText, kChargeTexts> names{};
  std::copy(kTextNames.begin(), kTextNames.end(), names.begin());
  names[kBillPeriod] = {"BillPeriod", true};
  names[kBusiPeriod] = {"BusiPeriod", true};
  names[kBillCategory] = {"BillCategory", true};
  names[kExpenseBegin] = {"ExpenseBeginTime", true};
  names[kInstanceNo] = {"InstanceNo", true};
  names[kInstanceName] = {"InstanceName", true};
  names[kConfigName] = {"ConfigName", true};
  names[kConfigurationCode] = {"ConfigurationCode", true};
  names[kElementCode] = {"ElementCode", true};
  names[kCount] = {"Count", true};
  names[kUnit] = {"Unit", true};
  names[kPrice] = {"Price", true};
  return names;
}();

inline constexpr RowReader<kChargeTexts, kBillAmounts> kChargeReader(kFieldReader, "List",
                                                                     kChargeTextNames,
                                                                     kBillAmountNames);
inline constexpr RowReader<kChargeTexts, kTaxedBillAmounts> kTaxedChargeReader(
    kFieldReader, "List", kChargeTextNames, add_names(kBillAmountNames, kTaxNames));

// A share's last amount is what it would be without coupons.
inline constexpr std::array<std::string_view, 1> kDiscountedShare{"NowAmortizedDiscountBillAmount"};
inline constexpr RowReader<kChargeTexts, kShareAmounts + 1> kShareChargeReader(
    kFieldReader, "List", kChargeTextNames, add_names(kShareAmountNames, kDiscountedShare));
inline constexpr RowReader<kChargeTexts, kTaxedShareAmounts + 1> kTaxedShareChargeReader(
    kFieldReader, "List", kChargeTextNames,
    add_names(add_names(kShareAmountNames, kShareTaxNames), kDiscountedShare));

}  // namespace cloud_billing::volcengine
