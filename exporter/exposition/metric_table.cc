#include "exposition/metric_table.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cloud_billing {
namespace {

// A text, and the providers that tell it.
struct Origin {
  std::string_view text;
  std::string providers;
};

std::vector<Origin> find_origins(std::string_view key, std::span<const ProviderFacts> providers) {
  std::vector<Origin> found;
  for (const ProviderFacts& provider : providers) {
    for (const MetricOrigin& origin : provider.origins) {
      if (origin.key != key) continue;
      const auto known = std::ranges::find(found, origin.text, &Origin::text);
      if (known == found.end()) {
        found.push_back({origin.text, std::string(provider.display_name)});
      } else {
        known->providers += " and " + std::string(provider.display_name);
      }
    }
  }
  return found;
}

// "One cash_balance cashBalance; Other and Third QueryBalance CashBalance". Providers that tell no
// origin are left out.
std::string list_origins(const Source& source, std::span<const ProviderFacts> providers) {
  std::string list;
  for (const Origin& origin : find_origins(source.origin, providers)) {
    if (!list.empty()) list += source.of_all.empty() ? "; " : ", ";
    list += origin.providers;
    if (!origin.text.starts_with(':')) list += ' ';
    list += origin.text;
  }
  if (!list.empty() && !source.of_all.empty()) list += ' ' + std::string(source.of_all);
  return list;
}

}  // namespace

MetricHead head_of(const MetricRow& row, std::span<const ProviderFacts> providers) {
  MetricHead head = row.head;
  if (row.source.polled) {
    const std::string origins = list_origins(row.source, providers);
    if (!origins.empty()) head.help.insert(head.help.size() - 1, " (" + origins + ")");
    head.help += " Refreshed by polls, not by scrapes.";
  }
  // Without it a sum over the family doubles what both months share.
  if (std::find(head.labels.begin(), head.labels.end(), "period") != head.labels.end()) {
    head.help += " Select one period.";
  }
  return head;
}

const std::vector<MetricRow>& metric_table() {
  static const std::vector<MetricRow> table = [] {
    std::vector<MetricRow> rows;
    for (const auto part : {balance_metrics, cost_metrics, trend_metrics, history_metrics,
                            amortization_metrics, order_metrics, coupon_metrics, package_metrics,
                            budget_metrics, renewal_metrics, info_metrics, program_metrics}) {
      std::vector<MetricRow> more = part();
      rows.insert(rows.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
    }
    return rows;
  }();
  return table;
}

}  // namespace cloud_billing
