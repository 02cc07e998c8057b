#include "scrape_views.h"

#include <algorithm>
#include <array>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "app/providers.h"
#include "billing/cost_snapshot.h"

namespace scrape_bench {
namespace {

using cloud_billing::AccountView;
using cloud_billing::Amount;
using cloud_billing::BillingMonth;
using cloud_billing::BillRow;
using cloud_billing::Config;
using cloud_billing::Measure;
using cloud_billing::MonthCosts;

constexpr std::size_t kGroups = 500;        // of an account and month, at most
constexpr std::size_t kSeriesOfAGroup = 4;  // two months, two measures

std::shared_ptr<const Config> make_config(std::size_t accounts, std::size_t groups) {
  std::string text =
      "aggregation:\n"
      "  group_by: [service_type, region_id, billing_mode, project]\n"
      "  max_series: " +
      std::to_string(groups) + "\naccounts:\n";
  for (std::size_t i = 0; i < accounts; ++i) {
    text += "  - {name: account-" + std::to_string(i) +
            ", provider: baidu, access_key_id: k, secret_access_key: s, budget: 100000,\n"
            "     labels: {team: team-" +
            std::to_string(i % 7) + "}}\n";
  }
  auto config = cloud_billing::parse_config(
      text, "bench.yml", [](std::string_view) { return std::nullopt; },
      cloud_billing::all_providers().facts());
  if (!config) throw std::logic_error(config.error().front().message);
  return std::make_shared<const Config>(std::move(config).value());
}

std::shared_ptr<const MonthCosts> make_month(const Config& config, std::size_t groups,
                                             std::mt19937& random) {
  constexpr std::array<std::string_view, 10> kServices{"BCC", "CDS", "EIP", "BLB", "BOS",
                                                       "SCS", "RDS", "CDN", "BTS", "LSS"};
  constexpr std::array<std::string_view, 5> kRegions{"bj", "gz", "su", "hkg", "fwh"};
  cloud_billing::CostSnapshot snapshot(config.aggregation);
  for (std::size_t i = 0; i < groups; ++i) {
    const std::string project = "project-" + std::to_string(i / 50);
    const Amount billed = *Amount::parse(std::to_string(random() % 100'000) + "." +
                                         std::to_string(100'000 + random() % 900'000));
    BillRow row;
    row.service_type = kServices[i % kServices.size()];
    row.service_name = row.service_type;
    row.region_id = kRegions[i / kServices.size() % kRegions.size()];
    row.billing_mode = i % 2 == 0 ? "postpaid" : "prepaid";
    row.currency = "CNY";
    row.project = project;
    row.amounts[cloud_billing::index_of(Measure::kBilledCost)] = billed;
    row.amounts[cloud_billing::index_of(Measure::kListCost)] = billed;
    if (!snapshot.fold(row)) throw std::logic_error("an overflow");
  }
  return std::make_shared<const MonthCosts>(
      *cloud_billing::summarise_month(snapshot, config.aggregation, "CNY"));
}

}  // namespace

ScrapeViews make_views(std::size_t series, cloud_billing::UtcSeconds now) {
  const std::size_t groups = std::min(kGroups, series / kSeriesOfAGroup);
  ScrapeViews made;
  made.config = make_config(series / kSeriesOfAGroup / groups, groups);
  std::mt19937 random(20261125);
  const BillingMonth current = cloud_billing::kChinaTime.month_at(now);
  for (const cloud_billing::AccountConfig& account : made.config->accounts) {
    auto view = std::make_shared<AccountView>();
    view->config = std::shared_ptr<const cloud_billing::AccountConfig>(made.config, &account);
    for (const cloud_billing::Collector collector : account.collectors) {
      view->collectors.push_back({collector, true, now, 1.5});
    }
    for (const BillingMonth month : {current, current.previous()}) {
      view->results.months[month] = {make_month(*made.config, groups, random), now};
    }
    made.views.push_back(std::move(view));
  }
  return made;
}

void change_amounts(ScrapeViews& made) {
  const Amount cent = *Amount::parse("0.01");
  for (auto& view : made.views) {
    auto changed = std::make_shared<AccountView>(*view);
    for (auto& [month, read] : changed->results.months) {
      auto costs = std::make_shared<MonthCosts>(*read.value);
      for (auto& line : costs->groups.lines) {
        for (Amount& amount : line.amounts) {
          if (!amount.add(cent)) throw std::logic_error("an overflow");
        }
      }
      read.value = std::move(costs);
    }
    view = std::move(changed);
  }
}

}  // namespace scrape_bench
