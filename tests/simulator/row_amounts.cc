#include "row_amounts.h"

#include <array>

#include "deterministic.h"

namespace simulator {
namespace {

enum Purpose : std::uint64_t { kCoupon = 100, kPayment };

constexpr std::array kAllAmounts{&RowAmounts::origin_price,
                                 &RowAmounts::finance_price,
                                 &RowAmounts::cash,
                                 &RowAmounts::rebate,
                                 &RowAmounts::credit_cost,
                                 &RowAmounts::credit_refund,
                                 &RowAmounts::debt,
                                 &RowAmounts::coupon_price,
                                 &RowAmounts::discount_coupon_price,
                                 &RowAmounts::cash_equivalent_coupon_price,
                                 &RowAmounts::discount_price,
                                 &RowAmounts::written_off,
                                 &RowAmounts::catalog_price};

Money percent_of(Money money, int percent) { return {money.units * percent / 100}; }

}  // namespace

RowAmounts& RowAmounts::operator+=(const RowAmounts& other) {
  for (const auto amount : kAllAmounts) {
    this->*amount += other.*amount;
  }
  return *this;
}

Money RowAmounts::not_paid() const {
  return coupon_price + discount_coupon_price + cash_equivalent_coupon_price + discount_price +
         written_off;
}

RowAmounts split_price(Money list, int discount_percent, std::uint64_t occurrence) {
  RowAmounts amounts;
  amounts.origin_price = list;
  amounts.catalog_price = list;
  amounts.discount_price = percent_of(list, discount_percent);
  Money rest = list - amounts.discount_price;
  const auto take = [&rest](Money& part, int percent) {
    part = percent_of(rest, percent);
    rest = rest - part;
  };
  const auto coupon = draw(occurrence, kCoupon, 100);
  if (coupon < 8) {
    take(amounts.coupon_price, 20);
  } else if (coupon < 12) {
    take(amounts.discount_coupon_price, 15);
  } else if (coupon < 15) {
    take(amounts.cash_equivalent_coupon_price, 100);
  } else if (coupon < 18) {
    amounts.written_off = Money{rest.units % (kUnitsPerYuan / 100)};
    rest = rest - amounts.written_off;
  }
  amounts.finance_price = rest;
  const auto payment = draw(occurrence, kPayment, 100);
  if (payment < 10) {
    take(amounts.rebate, 30);
  } else if (payment < 20) {
    take(amounts.credit_cost, 100);
  } else if (payment < 25) {
    take(amounts.debt, 100);
  } else if (payment < 28) {
    amounts.credit_refund = Money{-percent_of(rest, 10).units};
    rest = rest - amounts.credit_refund;
  }
  amounts.cash = rest;
  return amounts;
}

RowAmounts operator*(const RowAmounts& one, std::int64_t factor) {
  RowAmounts scaled;
  for (const auto amount : kAllAmounts) {
    scaled.*amount = one.*amount * factor;
  }
  return scaled;
}

}  // namespace simulator
