#include "exposition/metric_writers.h"

#include <array>
#include <optional>
#include <utility>

namespace cloud_billing {
namespace {

template <typename Select>
void write_configured(FamilyWriter& family, const Shown& shown, Select select) {
  for (const ShownAccount& account : shown.accounts) {
    const std::optional<Amount>& amount = select(*account.view->config);
    if (!amount) continue;
    const std::array labels{Label{"currency", account.view->config->currency}};
    family.add(account.labels, labels, *amount);
  }
}

void write_periods(FamilyWriter& family, const Shown& shown,
                   UtcSeconds (BillingMonth::*edge)() const) {
  const BillingMonth current = BillingMonth::at(shown.input->now);
  for (const auto& [period, month] :
       {std::pair("current", current), std::pair("previous", current.previous())}) {
    const std::array labels{Label{"period", period}};
    family.add({}, labels, seconds_of((month.*edge)()));
  }
}

template <typename Select>
void write_collectors(FamilyWriter& family, const Shown& shown, Select select) {
  for (const ShownAccount& account : shown.accounts) {
    for (const CollectorStatus& status : account.view->collectors) {
      const std::optional<double> value = select(status);
      if (!value) continue;
      const std::array labels{Label{"collector", collector_name(status.collector)}};
      family.add(account.labels, labels, *value);
    }
  }
}

}  // namespace

void write_budget(FamilyWriter& family, const Shown& shown, Measure) {
  write_configured(
      family, shown, [](const AccountConfig& c) -> auto& { return c.budget; });
}

void write_low_balance(FamilyWriter& family, const Shown& shown, Measure) {
  write_configured(
      family, shown, [](const AccountConfig& c) -> auto& { return c.low_balance; });
}

void write_account_info(FamilyWriter& family, const Shown& shown, Measure) {
  for (const ShownAccount& account : shown.accounts) {
    if (account.view->results.account_id.empty()) continue;
    const std::array labels{Label{"account_id", account.view->results.account_id}};
    family.add(account.labels, labels, 1.0);
  }
}

void write_period_start(FamilyWriter& family, const Shown& shown, Measure) {
  write_periods(family, shown, &BillingMonth::start);
}

void write_period_end(FamilyWriter& family, const Shown& shown, Measure) {
  write_periods(family, shown, &BillingMonth::end);
}

void write_up(FamilyWriter& family, const Shown& shown, Measure) {
  write_collectors(family, shown, [](const CollectorStatus& status) {
    return status.up ? std::optional(*status.up ? 1.0 : 0.0) : std::nullopt;
  });
}

void write_last_success(FamilyWriter& family, const Shown& shown, Measure) {
  write_collectors(family, shown, [](const CollectorStatus& status) {
    return status.last_success ? std::optional(seconds_of(*status.last_success)) : std::nullopt;
  });
}

void write_duration(FamilyWriter& family, const Shown& shown, Measure) {
  write_collectors(family, shown, [](const CollectorStatus& status) {
    return status.up ? std::optional(status.duration_seconds) : std::nullopt;
  });
}

void write_account_count(FamilyWriter& family, const Shown& shown, Measure) {
  const Config& config = *shown.input->config;
  family.add({}, {}, static_cast<double>(config.accounts.size() + config.other_shards.accounts));
}

void write_polled_count(FamilyWriter& family, const Shown& shown, Measure) {
  family.add({}, {}, static_cast<double>(shown.accounts.size()));
}

void write_shard_index(FamilyWriter& family, const Shown& shown, Measure) {
  family.add({}, {}, static_cast<double>(shown.input->shard.index));
}

void write_shard_count(FamilyWriter& family, const Shown& shown, Measure) {
  family.add({}, {}, static_cast<double>(shown.input->shard.count));
}

void write_build_info(FamilyWriter& family, const Shown& shown, Measure) {
  const BuildInfo& build = shown.input->build;
  const std::array labels{Label{"version", build.version}, Label{"revision", build.revision},
                          Label{"compiler", build.compiler}};
  family.add({}, labels, 1.0);
}

void write_config_good(FamilyWriter& family, const Shown& shown, Measure) {
  family.add({}, {}, shown.input->last_reload_successful ? 1.0 : 0.0);
}

void write_config_time(FamilyWriter& family, const Shown& shown, Measure) {
  family.add({}, {}, seconds_of(shown.input->config_loaded_at));
}

}  // namespace cloud_billing
