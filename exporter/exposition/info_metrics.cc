#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accounts/counted_twice.h"
#include "exposition/metric_table.h"

namespace cloud_billing {
namespace {

void write_configured(FamilyWriter& family, const Shown& shown,
                      std::optional<Amount> AccountConfig::*configured) {
  for (const ShownAccount& account : shown.accounts) {
    const std::optional<Amount>& amount = (*account.view->config).*configured;
    if (!amount) continue;
    const std::array labels{Label{"currency", account.view->config->currency}};
    family.add(account.labels, labels, *amount);
  }
}

void write_account_info(FamilyWriter& family, const Shown& shown) {
  for (const ShownAccount& account : shown.accounts) {
    if (account.view->results.account_id.empty()) continue;
    const std::array labels{Label{"account_id", account.view->results.account_id}};
    family.add(account.labels, labels, 1.0);
  }
}

void write_counted_twice(FamilyWriter& family, const Shown& shown) {
  std::vector<KnownBills> bills;
  for (const ShownAccount& account : shown.accounts) {
    bills.push_back({account.view->config->provider->name, &account.results});
  }
  for (const CountedTwice& pair : find_counted_twice(bills)) {
    const std::array labels{Label{"other_account", shown.accounts[pair.owner].view->config->name}};
    family.add(shown.accounts[pair.reader].labels, labels, 1.0);
  }
}

void write_service_info(FamilyWriter& family, const Shown& shown) {
  // Provider and service type -> when the name was delivered, and the name: the newest is shown.
  std::map<std::pair<std::string_view, std::string_view>, std::pair<UtcSeconds, std::string_view>>
      names;
  for (const ShownAccount& account : shown.accounts) {
    for (const auto& [month, read] : account.view->results.months) {
      for (const auto& [type, name] : read.value->service_names) {
        auto& known = names[{account.view->config->provider->name, type}];
        known = std::max(known, std::pair(read.at, std::string_view(name)));
      }
    }
  }
  for (const auto& [key, name] : names) {
    const std::array labels{Label{"provider", key.first}, Label{"service_type", key.second},
                            Label{"service_name", name.second}};
    family.add({}, labels, 1.0);
  }
}

// Calls write(provider, period, month) for both months of each provider of the whole file.
template <typename Write>
void for_each_period(const Shown& shown, const Write& write) {
  const Config& config = *shown.input->config;
  std::set<std::string_view> providers = config.other_shards.providers;
  for (const AccountConfig& account : config.accounts) providers.insert(account.provider->name);
  const BillingMonth current = BillingMonth::at(shown.input->now);
  for (const std::string_view provider : providers) {
    write(provider, "current", current);
    write(provider, "previous", current.previous());
  }
}

auto write_period_edge(UtcSeconds (BillingMonth::*edge)() const) {
  return [edge](FamilyWriter& family, const Shown& shown) {
    for_each_period(shown,
                    [&](std::string_view provider, std::string_view period, BillingMonth month) {
                      const std::array labels{Label{"provider", provider}, Label{"period", period}};
                      family.add({}, labels, (month.*edge)());
                    });
  };
}

void write_period_info(FamilyWriter& family, const Shown& shown) {
  for_each_period(shown,
                  [&](std::string_view provider, std::string_view period, BillingMonth month) {
                    const std::string text = month.text();
                    const std::array labels{Label{"provider", provider}, Label{"period", period},
                                            Label{"month", text}};
                    family.add({}, labels, 1.0);
                  });
}

}  // namespace

std::vector<MetricRow> info_metrics() {
  return {
      {{"cloud_billing_budget", "Monthly budget as configured.", {kAccountLabels, "currency"}},
       kNotPolled,
       [](FamilyWriter& family, const Shown& shown) {
         write_configured(family, shown, &AccountConfig::budget);
       }},
      {{"cloud_billing_low_balance_threshold",
        "Low balance threshold as configured.",
        {kAccountLabels, "currency"}},
       kNotPolled,
       [](FamilyWriter& family, const Shown& shown) {
         write_configured(family, shown, &AccountConfig::low_balance);
       }},
      {{"cloud_billing_account_info",
        "The cloud's own id of the account.",
        {kAccountLabels, "account_id"}},
       polled("account_id"),
       write_account_info},
      {{"cloud_billing_bill_counted_twice",
        "1 while the bill of this account holds rows of other_account, which the configuration "
        "polls "
        "too: a sum over both counts their cost twice.",
        {kAccountLabels, "other_account"}},
       polled(),
       write_counted_twice},
      {{"cloud_billing_service_info",
        "Display name of a service as last delivered.",
        {"provider", "service_type", "service_name"}},
       polled("service_name"),
       write_service_info},
      {{"cloud_billing_period_start_timestamp_seconds",
        "Start of the billing month, 00:00 UTC+8 on the 1st.",
        {"provider", "period"}},
       kNotPolled,
       write_period_edge(&BillingMonth::start)},
      {{"cloud_billing_period_end_timestamp_seconds",
        "End of the billing month, exclusive.",
        {"provider", "period"}},
       kNotPolled,
       write_period_edge(&BillingMonth::end)},
      {{"cloud_billing_period_info",
        "1, with the billing month that the period is now.",
        {"provider", "period", "month"}},
       kNotPolled,
       write_period_info},
  };
}

}  // namespace cloud_billing
