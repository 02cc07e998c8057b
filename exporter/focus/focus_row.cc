#include "focus/focus_row.h"

#include <algorithm>
#include <chrono>

#include "billing/billing_mode.h"
#include "core/measure.h"
#include "focus/unit_price.h"

namespace cloud_billing {
namespace {

constexpr std::string_view kGlobal = "global";

std::string_view billing_account_of(const FocusMonth& month, const Charge& charge) {
  if (!charge.details.payer_id.empty()) return charge.details.payer_id;
  return month.account_id.empty() ? month.account : month.account_id;
}

Amount amount_of(const Charge& charge, Measure measure) {
  return charge.amounts[index_of(measure)];
}

// Of the billed row it is the whole cost, unless its shares tell it month by month.
Amount effective_cost_of(const FocusRow& row) {
  const bool is_told_by_shares =
      row.family == ChargeFamily::kBilled && !row.is_usage && row.month.has_shares;
  return is_told_by_shares ? Amount() : amount_of(row.charge, Measure::kBilledCost);
}

// What prepaid rows cost is no matter of a quantity.
OptionalAmount quantity_of(const Charge& charge) {
  if (charge.billing_mode != kPostpaid || charge.details.unit.empty()) return std::nullopt;
  const auto quantity = Amount::parse(charge.details.quantity);
  return quantity ? OptionalAmount(*quantity) : std::nullopt;
}

}  // namespace

FocusMonth describe_month(BillingMonth month, BillingZone zone) {
  FocusMonth described;
  described.text = month.text();
  described.start = zone.start_of(month);
  described.end = zone.end_of(month);
  described.start_text = utc_text(described.start);
  described.end_text = utc_text(described.end);
  return described;
}

FocusRow make_focus_row(const FocusMonth& month, const Charge& charge, ChargeFamily family,
                        const ServiceCategories& categories) {
  const ChargeDetails& details = charge.details;
  const bool is_share = family == ChargeFamily::kShare;
  FocusRow row{
      .month = month,
      .charge = charge,
      .category = categories.of(month.provider, charge.service_type),
      .family = family,
      .is_usage = is_share || charge.billing_mode != kPrepaid,
      .billing_account_id = billing_account_of(month, charge),
      .has_sub_account = false,
      .region_id = charge.region_id == kGlobal ? std::string_view() : charge.region_id,
      .start = month.start,
      .end = month.end,
      .billed_cost = is_share ? Amount() : amount_of(charge, Measure::kBilledCost),
      .effective_cost = {},
      .effective_is_amortized = is_share,
      .contracted_cost = details.contracted_cost.value_or(amount_of(charge, Measure::kBilledCost)),
      .list_cost = {},
      .quantity = is_share ? std::nullopt : quantity_of(charge),
      .list_unit_price = {},
      .contracted_unit_price = {}};
  row.has_sub_account =
      !charge.sub_account_id.empty() && charge.sub_account_id != row.billing_account_id;
  // A share is of this month, however long what was bought lasts.
  if (!is_share && details.start && details.end && *details.start < *details.end) {
    row.start = *details.start;
    row.end = *details.end;
  }
  row.effective_cost = effective_cost_of(row);
  row.effective_is_amortized = is_share || (!row.is_usage && month.has_shares);
  row.list_cost =
      details.has_list_cost ? amount_of(charge, Measure::kListCost) : row.contracted_cost;
  if (!row.quantity) return row;
  if (const auto priced = PricedQuantity::of(details.unit_price, *row.quantity)) {
    row.list_unit_price = priced->price_of(row.list_cost);
    row.contracted_unit_price = priced->price_of(row.contracted_cost);
  }
  return row;
}

}  // namespace cloud_billing
