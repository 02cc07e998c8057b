#pragma once

// Reads the coupons (代金券) of a Volcengine account: ListCoupons, docs/6269/1788542.

#include <cstdint>
#include <memory>

#include "billing/coupons.h"
#include "providers/provider.h"
#include "volcengine/entry_listing.h"
#include "volcengine/expiry.h"

namespace cloud_billing::volcengine {

struct ListedCoupon {
  bool is_effective = false;  // by its Status
  Amount remaining;
  Expiry expiry;
};

// `limit` effective coupons from `offset` on.
[[nodiscard]] ApiRequest coupon_request(std::int64_t offset, std::int64_t limit);

[[nodiscard]] Result<EntryPage<ListedCoupon>, Failure> read_coupon_page(HttpResponse& response);

// In the account's currency: the list names none. The account must outlive the conversation.
[[nodiscard]] std::unique_ptr<Conversation<Coupons>> ask_coupons(const AccountConfig& account,
                                                                 UtcSeconds now);

}  // namespace cloud_billing::volcengine
