#pragma once

// What the control API tells of exact totals, as JSON: of a month, of the newest complete day, of
// orders, coupons, packages, budgets and renewals. Nothing where the query names something unknown.
// Pure.

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
// What is left of the effective packages by product and unit, and when the first of a product ends.
[[nodiscard]] std::optional<nlohmann::json> write_package_totals(const Parameters& query,
                                                                 const Company& company,
                                                                 Moment billing_time);

// How many resources end within 7, 30 and 90 days by service, region and whether they are renewed
// automatically, and when the first does by service and that; of Volcengine's no region is told.
[[nodiscard]] std::optional<nlohmann::json> write_renewal_totals(const Parameters& query,
                                                                 const Company& company,
                                                                 Moment billing_time);

// The budgets by name and currency.
[[nodiscard]] std::optional<nlohmann::json> write_budget_totals(const Parameters& query,
                                                                const Company& company);

}  // namespace simulator
