#pragma once

// What the control API tells of exact totals, as JSON: of a month, of the newest complete day, of
// orders and coupons. Nothing where the query names something unknown. Pure.

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "calendar.h"
#include "company.h"
#include "growth.h"
#include "wire_request.h"

namespace simulator {

[[nodiscard]] std::optional<nlohmann::json> write_bill_totals(const Parameters& query,
                                                              const Company& company,
                                                              const Growth& growth,
                                                              Moment billing_time);

[[nodiscard]] std::optional<nlohmann::json> write_day_totals(const Parameters& query,
                                                             const Company& company,
                                                             const Growth& growth,
                                                             Moment billing_time);

[[nodiscard]] std::optional<nlohmann::json> write_order_totals(const Parameters& query,
                                                               const Company& company);

// What is left on the effective coupons, and when the first of them ends.
[[nodiscard]] std::optional<nlohmann::json> write_coupon_totals(const Parameters& query,
                                                                const Company& company,
                                                                Moment billing_time);

}  // namespace simulator
