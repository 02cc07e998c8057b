#pragma once

// The functions of the metric table's rows. Each writes the series of one family for everything
// that is shown, and leaves out what is not known; names and help are the table's. Pure; used by
// the table only.

#include <string>

#include "core/calendar.h"
#include "core/measure.h"
#include "exposition/family_writer.h"
#include "exposition/metric_table.h"

namespace cloud_billing {

[[nodiscard]] inline double seconds_of(UtcSeconds time) {
  return static_cast<double>(time.time_since_epoch().count());
}

// Families that exist once for each measure; cloud_billing_folded_groups names them.
[[nodiscard]] std::string group_metric(Measure measure);
[[nodiscard]] std::string tag_metric(Measure measure);

// balance_metrics.cc
void write_available(FamilyWriter& family, const Shown& shown, Measure measure);
void write_cash(FamilyWriter& family, const Shown& shown, Measure measure);
void write_credit_limit(FamilyWriter& family, const Shown& shown, Measure measure);
void write_frozen(FamilyWriter& family, const Shown& shown, Measure measure);
void write_arrears(FamilyWriter& family, const Shown& shown, Measure measure);

// cost_metrics.cc: months, and the newest complete day
void write_account_measure(FamilyWriter& family, const Shown& shown, Measure measure);
void write_group_measure(FamilyWriter& family, const Shown& shown, Measure measure);
void write_tag_measure(FamilyWriter& family, const Shown& shown, Measure measure);
void write_folded_groups(FamilyWriter& family, const Shown& shown, Measure measure);
void write_data_through(FamilyWriter& family, const Shown& shown, Measure measure);
void write_rows(FamilyWriter& family, const Shown& shown, Measure measure);
void write_provider_cost(FamilyWriter& family, const Shown& shown, Measure measure);
void write_difference(FamilyWriter& family, const Shown& shown, Measure measure);
void write_service_info(FamilyWriter& family, const Shown& shown, Measure measure);
void write_day_cost(FamilyWriter& family, const Shown& shown, Measure measure);
void write_day_start(FamilyWriter& family, const Shown& shown, Measure measure);

// order_metrics.cc
void write_orders(FamilyWriter& family, const Shown& shown, Measure measure);
void write_order_amount(FamilyWriter& family, const Shown& shown, Measure measure);
void write_oldest_unpaid_order(FamilyWriter& family, const Shown& shown, Measure measure);

// program_metrics.cc: configuration, collectors, this program
void write_budget(FamilyWriter& family, const Shown& shown, Measure measure);
void write_low_balance(FamilyWriter& family, const Shown& shown, Measure measure);
void write_account_info(FamilyWriter& family, const Shown& shown, Measure measure);
void write_period_start(FamilyWriter& family, const Shown& shown, Measure measure);
void write_period_end(FamilyWriter& family, const Shown& shown, Measure measure);
void write_up(FamilyWriter& family, const Shown& shown, Measure measure);
void write_last_success(FamilyWriter& family, const Shown& shown, Measure measure);
void write_duration(FamilyWriter& family, const Shown& shown, Measure measure);
void write_account_count(FamilyWriter& family, const Shown& shown, Measure measure);
void write_polled_count(FamilyWriter& family, const Shown& shown, Measure measure);
void write_shard_index(FamilyWriter& family, const Shown& shown, Measure measure);
void write_shard_count(FamilyWriter& family, const Shown& shown, Measure measure);
void write_build_info(FamilyWriter& family, const Shown& shown, Measure measure);
void write_config_good(FamilyWriter& family, const Shown& shown, Measure measure);
void write_config_time(FamilyWriter& family, const Shown& shown, Measure measure);

}  // namespace cloud_billing
