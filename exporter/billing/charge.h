#pragma once

// One row of a bill with all that FOCUS can say of it: whose row it is, what was used, and when. Of
// the metrics' way it is no part. Texts are views, as those of BillRow; empty: the row tells none.

#include <optional>
#include <string_view>

#include "billing/bill.h"
#include "core/amount.h"
#include "core/calendar.h"

namespace cloud_billing {

struct ChargeDetails {
  std::string_view row_id;    // the provider's own
  std::string_view payer_id;  // whose bill it stands on
  std::string_view region_name;
  std::string_view availability_zone;
  std::string_view resource_id;
  std::string_view resource_short_id;
  std::string_view resource_name;
  std::string_view resource_type;
  std::string_view sku_id;
  std::string_view quantity;  // as the provider writes it
  std::string_view unit;
  std::string_view unit_price;  // its number, as the provider writes it
  std::optional<UtcSeconds> start;
  std::optional<UtcSeconds> end;   // exclusive, or its last second: as the provider writes it
  OptionalAmount contracted_cost;  // after negotiated discounts, before coupons
  bool has_list_cost = true;
  bool corrects_earlier_month = false;  // a refund or an adjustment of a month before
};

struct Charge : BillRow {
  ChargeDetails details;
};

}  // namespace cloud_billing
