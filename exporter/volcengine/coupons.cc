#include "volcengine/coupons.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "providers/mapped_conversation.h"
#include "volcengine/operations.h"

namespace cloud_billing::volcengine {
namespace {

// How many the API holds on a page is not documented; a page may hold fewer.
constexpr std::int64_t kCouponPageSize = 100;

constexpr std::string_view kEffective = "2";
// Not yet effective, expired, used, void.
constexpr std::array<std::string_view, 4> kOtherStatuses{"1", "3", "4", "5"};

enum CouponText : std::size_t { kCouponId, kCouponStatus, kExpired, kCouponTexts };

std::optional<RowProblem> fill_coupon(const RowFields<kCouponTexts, 1>& fields,
                                      ListedCoupon& coupon) {
  const std::string_view status = fields.texts[kCouponStatus];
  coupon.is_effective = status == kEffective;
  if (!coupon.is_effective &&
      std::find(kOtherStatuses.begin(), kOtherStatuses.end(), status) == kOtherStatuses.end()) {
    return RowProblem{"Status", "not one of 1 to 5"};
  }
  if (coupon.is_effective && !fields.amounts[0]) return RowProblem{{}, "no RemainingAmount"};
  coupon.remaining = fields.amount(0);
  coupon.expiry = read_expiry(fields.texts[kExpired]);
  return std::nullopt;
}

constexpr EntryReader<ListedCoupon, kCouponTexts, 1> kCouponReader(
    "List", Paging::kByOffset, {{{"CouponID"}, {"Status"}, {"ExpiredTime", true}}},
    {"RemainingAmount"}, fill_coupon);

Result<Coupons, Failure> sum_coupons(const std::vector<ListedCoupon>& listed,
                                     const std::string& currency, UtcSeconds now) {
  Coupons coupons;
  Amount& balance = coupons.balances[currency];
  for (const ListedCoupon& coupon : listed) {
    if (!coupon.is_effective || coupon.remaining <= Amount() || has_ended(coupon.expiry, now)) {
      continue;
    }
    ++coupons.count;
    add(coupons.first_expiry, coupon.expiry);
    if (!balance.add(coupon.remaining)) {
      return response_not_understood("the sum of all coupons is too large");
    }
  }
  return coupons;
}

}  // namespace

ApiRequest coupon_request(std::int64_t offset, std::int64_t limit) {
  ApiRequest request;
  request.operation = &kListCoupons;
  request.body =
      nlohmann::json{{"Limit", limit}, {"Offset", offset}, {"Status", kEffective}}.dump();
  request.subject = "coupons from number " + std::to_string(offset + 1) + " on";
  return request;
}

Result<EntryPage<ListedCoupon>, Failure> read_coupon_page(HttpResponse& response) {
  return kCouponReader.read(response);
}

std::unique_ptr<Conversation<Coupons>> ask_coupons(const AccountConfig& account, UtcSeconds now) {
  EntryPages<ListedCoupon> pages;
  pages.paging = Paging::kByOffset;
  pages.request = [](const TokenPages::Page& page) {
    return coupon_request(offset_of(page), kCouponPageSize);
  };
  pages.read = read_coupon_page;
  return map_result<Coupons, std::vector<ListedCoupon>>(
      list_entries(std::move(pages)), [&account, now](const std::vector<ListedCoupon>& listed) {
        return sum_coupons(listed, account.currency, now);
      });
}

}  // namespace cloud_billing::volcengine
