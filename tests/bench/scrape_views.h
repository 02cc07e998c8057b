#pragma once

// What an exporter knows whose configuration has as many accounts as make about the number of
// series asked for: two months of bills with 500 groups each, two measures, five labels beside the
// account's.

#include <cstddef>
#include <memory>
#include <vector>

#include "accounts/account_view.h"
#include "config/config.h"

namespace scrape_bench {

struct ScrapeViews {
  std::shared_ptr<const cloud_billing::Config> config;
  std::vector<std::shared_ptr<const cloud_billing::AccountView>> views;  // in its order
};

[[nodiscard]] ScrapeViews make_views(std::size_t series, cloud_billing::UtcSeconds now);

// So that every series of a cost is another one.
void change_amounts(ScrapeViews& made);

}  // namespace scrape_bench
