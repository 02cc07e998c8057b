#pragma once

// What one line of the file says: a charge, and what its month and its account add to it. The costs
// follow FOCUS 1.2: what was paid for a longer time is a Purchase; if the provider's amortised bill
// is in the file too, its rows are Usage that costs what this month's share is and bills nothing,
// and the Purchase's EffectiveCost is 0. Pure, any thread.

#include <optional>
#include <string>
#include <string_view>

#include "billing/charge.h"
#include "core/amount.h"
#include "core/calendar.h"
#include "focus/service_categories.h"

namespace cloud_billing {

// Which of the provider's bills a row stands on.
enum class ChargeFamily {
  kBilled,  // the bill
  kShare,   // the amortised bill: this month's share of something prepaid
};

// What all rows of a month of an account have in common. Must outlive the rows.
struct FocusMonth {
  std::string account;     // as it is configured
  std::string account_id;  // the provider's own id; empty: only rows may tell it
  std::string provider;    // as it is configured
  std::string issuer;      // the provider's name: "Baidu AI Cloud"
  std::string text;        // "2026-11"
  UtcSeconds start{};      // in the provider's billing zone
  UtcSeconds end{};        // exclusive
  std::string start_text;  // the two as the file writes them
  std::string end_text;
  bool has_shares = false;  // what is prepaid costs its shares, month by month
};

[[nodiscard]] FocusMonth describe_month(BillingMonth month, BillingZone zone);

struct FocusRow {
  const FocusMonth& month;
  const Charge& charge;
  const ServiceCategory& category;
  ChargeFamily family;

  bool is_usage;  // else it is a Purchase
  std::string_view billing_account_id;
  bool has_sub_account;
  std::string_view region_id;  // empty: none
  UtcSeconds start;
  UtcSeconds end;
  Amount billed_cost;
  Amount effective_cost;
  bool effective_is_amortized;
  Amount contracted_cost;
  Amount list_cost;
  OptionalAmount quantity;  // only with a unit
  OptionalAmount list_unit_price;
  OptionalAmount contracted_unit_price;
};

// Month, charge and categories must outlive the row.
[[nodiscard]] FocusRow make_focus_row(const FocusMonth& month, const Charge& charge,
                                      ChargeFamily family, const ServiceCategories& categories);

}  // namespace cloud_billing
