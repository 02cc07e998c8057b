#pragma once

// What a poller's world shows of the current and the previous month, as tests of the change of
// months compare it.

#include <chrono>
#include <cstddef>
#include <map>
#include <string>

#include "exposition/exposition.h"
#include "tests/polling/poller_world.h"

namespace cloud_billing {

// Midnight in China.
constexpr UtcSeconds china(int year, unsigned month, unsigned day) {
  return utc(year, month, day) - std::chrono::hours(8);
}

// Period to the postpaid billed cost.
using ShownCosts = std::map<std::string, std::string>;

// Of an account, now. Each row of a simulated bill costs 1.
inline ShownCosts shown_costs(const World& world, const std::string& provider = "fake",
                              const std::string& account = "a") {
  Snapshot input;
  input.config = world.config;
  input.now = std::chrono::floor<std::chrono::seconds>(world.cloud.wall());
  input.accounts = world.views;
  const std::string text = render_exposition(input);
  ShownCosts costs;
  for (const std::string period : {"current", "previous"}) {
    const std::string sample = "cloud_billing_account_billed_cost{provider=\"" + provider +
                               "\",account=\"" + account + "\",period=\"" + period +
                               "\",currency=\"CNY\",billing_mode=\"postpaid\"} ";
    const std::size_t at = text.find(sample);
    if (at == std::string::npos) continue;
    const std::size_t value = at + sample.size();
    costs[period] = text.substr(value, text.find('\n', value) - value);
  }
  return costs;
}

}  // namespace cloud_billing
