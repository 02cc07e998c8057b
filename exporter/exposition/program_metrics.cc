#include <array>
#include <optional>
#include <utility>

#include "exposition/metric_table.h"

namespace cloud_billing {
namespace {

// Writes what `select` finds in the status of each collector, if there is something.
template <typename Select>
AccountSeries write_collectors(Select select) {
  return {Subject::kCollectors,
          [select](FamilyWriter& family, const AggregationConfig&, const ShownAccount& account) {
            for (const CollectorStatus& status : account.view->collectors) {
              const auto value = select(status);
              if (!value) continue;
              const std::array labels{Label{"collector", collector_name(status.collector)}};
              family.add(account.labels, labels, *value);
            }
          }};
}

// One series without labels.
template <typename Select>
OverallSeries write_one(Select select) {
  return {OverallSubject::kProgram, [select](FamilyWriter& family, const Overall& overall) {
            family.add({}, {}, select(overall));
          }};
}

std::optional<double> up_of(const CollectorStatus& status) {
  return status.up ? std::optional(*status.up ? 1.0 : 0.0) : std::nullopt;
}

std::optional<double> duration_of(const CollectorStatus& status) {
  return status.up ? std::optional(status.duration_seconds) : std::nullopt;
}

void write_failing(FamilyWriter& family, const AggregationConfig&, const ShownAccount& account) {
  for (const CollectorStatus& status : account.view->collectors) {
    if (status.up != false || !status.last_failure) continue;
    const std::array labels{Label{"collector", collector_name(status.collector)},
                            Label{"reason", reason_name(status.last_failure->reason)}};
    family.add(account.labels, labels, 1.0);
  }
}

double count_configured_accounts(const Overall& overall) {
  const Config& config = *overall.program->config;
  return static_cast<double>(config.accounts.size() + config.other_shards.accounts);
}

void write_build_info(FamilyWriter& family, const Overall& overall) {
  const BuildInfo& build = overall.program->build;
  const std::array labels{Label{"version", build.version}, Label{"revision", build.revision},
                          Label{"compiler", build.compiler}};
  family.add({}, labels, 1.0);
}

std::vector<MetricRow> collector_metrics() {
  return {
      {{"cloud_billing_collector_up",
        "1 if the latest poll succeeded, 0 if not.",
        {kAccountLabels, "collector"}},
       polled(),
       write_collectors(up_of)},
      {{"cloud_billing_collector_failing",
        "1 while the latest poll has failed, with the reason that failed it first.",
        {kAccountLabels, "collector", "reason"}},
       polled(),
       AccountSeries{Subject::kCollectors, write_failing}},
      {{"cloud_billing_collector_last_success_timestamp_seconds",
        "When the latest successful poll ended; for bills, of the current month.",
        {kAccountLabels, "collector"}},
       polled(),
       write_collectors([](const CollectorStatus& status) { return status.last_success; })},
      {{"cloud_billing_collector_duration_seconds",
        "How long the latest poll took.",
        {kAccountLabels, "collector"}},
       polled(),
       write_collectors(duration_of)},
  };
}

std::vector<MetricRow> own_metrics() {
  return {
      {{"cloud_billing_configured_accounts", "Accounts in the configuration file."},
       kNotPolled,
       write_one(count_configured_accounts)},
      {{"cloud_billing_polled_accounts", "Accounts that this process polls: its shard's share."},
       kNotPolled,
       write_one(
           [](const Overall& overall) { return static_cast<double>(overall.polled_accounts); })},
      {{"cloud_billing_shard_index", "Which shard this process is, from 0 on."},
       kNotPolled,
       write_one([](const Overall& overall) {
         return static_cast<double>(overall.program->shard.index);
       })},
      {{"cloud_billing_shards", "Into how many shards the accounts are divided."},
       kNotPolled,
       write_one([](const Overall& overall) {
         return static_cast<double>(overall.program->shard.count);
       })},
      {{"cloud_billing_build_info",
        "1, with what this program was built from.",
        {"version", "revision", "compiler"}},
       kNotPolled,
       OverallSeries{OverallSubject::kProgram, write_build_info}},
      {{"cloud_billing_config_last_reload_successful",
        "1 if the configuration was read successfully the last time, 0 if it was refused and the "
        "one before stayed."},
       kNotPolled,
       write_one([](const Overall& overall) {
         return overall.program->last_reload_successful ? 1.0 : 0.0;
       })},
      {{"cloud_billing_config_last_reload_success_timestamp_seconds",
        "When the configuration was last read successfully."},
       kNotPolled,
       write_one([](const Overall& overall) { return overall.program->config_loaded_at; })},
  };
}

}  // namespace

std::vector<MetricRow> program_metrics() {
  std::vector<MetricRow> rows = collector_metrics();
  for (MetricRow& row : own_metrics()) rows.push_back(std::move(row));
  return rows;
}

}  // namespace cloud_billing
