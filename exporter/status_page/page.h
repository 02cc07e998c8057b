#pragma once

// The page for people at "/": this month's spending at a glance, then each account with its
// balance, budget, services and polls. One HTML document without scripts or anything to fetch, in
// English and Chinese, in light and dark, for screens from 375 pixels on. Everything in it that
// comes from outside is escaped. Pure; the time is in the input.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "exposition/exposition.h"
#include "status_page/accounts_overview.h"
#include "status_page/language.h"
#include "status_page/page_address.h"

namespace cloud_billing {

struct StatusPageRequest {
  AccountSearch search{};
  std::size_t page = 1;        // of the accounts, from 1; any other means the nearest
  std::string telemetry_path;  // "/metrics"
  Language language = Language::kEnglish;
  bool every_digit = false;                       // of amounts; else two decimals
  std::optional<std::chrono::seconds> refresh{};  // how often a browser loads it again
  PageAddress address{};                          // that asked for all of this
};

[[nodiscard]] std::string render_status_page(const Snapshot& input,
                                             const StatusPageRequest& request);

// What a browser may do with the page: apply its own style sheet, show its own icon, send its
// search form; nothing else.
[[nodiscard]] std::string_view status_page_policy();

}  // namespace cloud_billing
