#include "coupon_book.h"

#include <array>
#include <chrono>

#include "deterministic.h"

namespace simulator {

std::vector<Coupon> list_coupons(const Account& account, Date today) {
  using std::chrono::days;
  constexpr std::array kStatuses{2, 2, 1, 2, 4};
  constexpr std::int64_t kCents = kUnitsPerYuan / 100;
  const Moment midnight = start_in_china(today);
  std::vector<Coupon> coupons;
  for (std::size_t i = 0; i < account.coupons; ++i) {
    const std::uint64_t hash = mix(account.seed, 0xc0'0000 + i);
    Coupon coupon;
    coupon.id = "DT" + std::to_string(hash);
    coupon.status = kStatuses[i % kStatuses.size()];
    coupon.total = Money{kUnitsPerYuan} * (100 + static_cast<std::int64_t>(draw(hash, 1, 20) * 50));
    coupon.remaining =
        coupon.total - Money{kCents} * static_cast<std::int64_t>(draw(hash, 2, 10'000));
    coupon.begin = midnight - days{30 + i % 90};
    coupon.expires = midnight + days{20 + i * 7 % 300} + std::chrono::seconds{86399};
    if (coupon.status == 1) {
      coupon.begin = midnight + days{3};
    }
    if (coupon.status == 4 || i % 7 == 6) {
      coupon.remaining = {};
    }
    if (account.runs_out && i == 0) {
      coupon.expires = midnight + days{5} + std::chrono::seconds{86399};
    }
    coupons.push_back(coupon);
  }
  return coupons;
}

}  // namespace simulator
