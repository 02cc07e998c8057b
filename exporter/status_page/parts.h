#pragma once

// Pieces of the status page that more than one of its sections shows. Each gives HTML. Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "status_page/account_summary.h"

namespace cloud_billing {

// "1,234.51", which shows its exact value when pointed at; a dash for nothing.
[[nodiscard]] std::string money_html(std::optional<Amount> amount);
[[nodiscard]] std::string money_html(std::optional<Amount> amount, std::string_view currency);

// "CNY 1,234.50678", the further decimals in small.
[[nodiscard]] std::string exact_money_html(std::optional<Amount> amount, std::string_view currency);

// "61.7 %"
[[nodiscard]] std::string percent_text(double share);

// A bar that is `share` of its width long; `tone` is a class of the style sheet. `mark`: where a
// line stands, such as the part of the month that has passed.
[[nodiscard]] std::string bar_html(double share, std::string_view tone,
                                   std::optional<double> mark = std::nullopt);

// By how much of a budget is used: "good", "warn" from 80 % on, "bad" from 100 % on.
[[nodiscard]] std::string_view budget_tone(double used);
// A budget's bar and percentage, in that tone.
[[nodiscard]] std::string budget_bar_html(double used, double month_elapsed);
[[nodiscard]] std::string budget_used_html(double used);

// "11:40 · 12 min ago", with the day if it is not today.
[[nodiscard]] std::string past_time_html(UtcSeconds time, UtcSeconds now);
// "12:40 · in 48 min"; "under way" if there is no such time or it has come.
[[nodiscard]] std::string next_time_html(std::optional<UtcSeconds> time, UtcSeconds now);

// What the services cost, as bars beside names and codes: the first `shown`, the rest folded up.
[[nodiscard]] std::string services_html(const CurrencyCosts& costs, std::size_t shown);

// "auth: key, signature, token or clock refused"
[[nodiscard]] std::string_view reason_words(Reason reason);

// The account's name, which leads to the page that shows this account only.
[[nodiscard]] std::string account_link_html(const AccountSummary& account);

// "1 account", "3 accounts"
[[nodiscard]] std::string count_text(std::size_t count, std::string_view noun);

}  // namespace cloud_billing
