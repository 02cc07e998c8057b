#pragma once

// Pieces of the status page that more than one of its sections shows. Each gives HTML. Pure.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "status_page/account_condition.h"
#include "status_page/currency_total.h"
#include "status_page/money_html.h"
#include "status_page/rendering.h"

namespace cloud_billing {

// A bar that is `share` of its width long; `tone` is a class of the style sheet. `mark`: where a
// line stands, such as the part of the month that has passed.
[[nodiscard]] std::string bar_html(double share, std::string_view tone,
                                   std::optional<double> mark = std::nullopt);

// The class of the style sheet.
[[nodiscard]] std::string_view tone_class(Tone tone);
// Something in that tone; as it is for none.
[[nodiscard]] std::string toned_html(Tone tone, std::string_view html);

// A term and what it is.
[[nodiscard]] std::string figure_html(std::string_view term, std::string_view html);

// "11:40 · 12 min ago", with the day if it is not today.
[[nodiscard]] std::string past_time_html(UtcSeconds time, const Rendering& page);
// "12:40 · in 48 min"; "under way" if there is no such time or it has come.
[[nodiscard]] std::string next_time_html(std::optional<UtcSeconds> time, const Rendering& page);
// "12 min ago"
[[nodiscard]] std::string age_words(UtcSeconds time, const Rendering& page);

// For how long a balance lasts; in colour if that is not for long.
[[nodiscard]] std::string days_left_html(double seconds, const Rendering& page);

// By how much it differs: "+CNY 1,234.50 (+3.1%)".
[[nodiscard]] std::string change_html(const Change& change, std::string_view currency,
                                      const Rendering& page);
// What grew, and since which day: "BCC +CNY 12.00". Nothing if it did not grow.
[[nodiscard]] std::string growth_html(const ServiceChange& change, std::string_view currency,
                                      const Rendering& page);

// What the services cost, as bars beside names and codes: the first `shown`, the rest folded up.
[[nodiscard]] std::string services_html(const CurrencyCosts& costs, std::size_t shown,
                                        const Rendering& page);

// "auth: key, signature, token or clock refused"
[[nodiscard]] std::string reason_words(Reason reason, const PollSentences& say);
[[nodiscard]] std::string_view collector_words(Collector collector, const PollSentences& say);

// In the words of the log, which are English.
[[nodiscard]] std::string log_words_html(std::string_view message, const Rendering& page);

// Without whom a sum is: "without volc-audit", "without 3 accounts"; nothing if without none.
[[nodiscard]] std::string lacking_html(const MissingAccounts& missing, const Rendering& page);

// The account's name, which leads to the page that shows this account only.
[[nodiscard]] std::string account_link_html(std::string_view name, const Rendering& page);

// The page without a search, in the same language.
[[nodiscard]] PageAddress all_accounts_address(const Rendering& page);

// How much of the account's current month its bill covers, 0 to 1; while that is not known, how
// much of it is over.
[[nodiscard]] double covered_share(const AccountSummary& account, UtcSeconds now);

}  // namespace cloud_billing
