#pragma once

// The amounts of one bill row, and how a list price falls into them: discounts, coupons and ways of
// payment. Pure.

#include <cstdint>

#include "money.h"

namespace simulator {

// The amounts of a row, by their names on the wire.
struct RowAmounts {
  Money origin_price;
  Money finance_price;
  Money cash;
  Money rebate;
  Money credit_cost;
  Money credit_refund;
  Money debt;
  Money coupon_price;
  Money discount_coupon_price;
  Money cash_equivalent_coupon_price;
  Money discount_price;
  Money written_off;  // sysGold
  Money catalog_price;

  RowAmounts& operator+=(const RowAmounts& other);
  [[nodiscard]] Money not_paid() const;  // noPaidPrice
};

// Splits a list price. The parts obey the formulas of the API's documentation exactly:
// financePrice = cash + rebate + creditCost + creditRefund + debt, and
// originPrice = financePrice + noPaidPrice.
[[nodiscard]] RowAmounts split_price(Money list, int discount_percent, std::uint64_t occurrence);

[[nodiscard]] RowAmounts operator*(const RowAmounts& one, std::int64_t factor);

}  // namespace simulator
