#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "status_page/account_parts.h"
#include "status_page/attention.h"
#include "status_page/html.h"
#include "status_page/parts.h"
#include "status_page/sections.h"
#include "status_page/time_words.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kConcernsShown = 12;
constexpr std::size_t kNamesShown = 3;

std::string bold(std::string_view html) { return fill_form("<b>{}</b>", html); }
std::string code(std::string_view html) { return fill_form("<code>{}</code>", html); }

// The names of those collectors, in bold.
template <typename Belongs>
std::string list_collectors(const AccountSummary& account, const Belongs& belongs,
                            const Rendering& page) {
  std::string names;
  for (const CollectorSummary& collector : account.collectors) {
    if (!belongs(collector)) continue;
    if (!names.empty()) names += page.say.times.comma;
    names += collector_words(collector.status.collector, page.say.polls);
  }
  return bold(names);
}

// With the reason of the one that has failed for longest.
std::string failing_html(const AccountSummary& account, const std::string& link,
                         const Rendering& page) {
  const auto fails = [](const CollectorSummary& each) { return each.status.up == false; };
  const CollectorStatus* worst = nullptr;
  for (const CollectorSummary& collector : account.collectors) {
    if (!fails(collector)) continue;
    const auto& success = collector.status.last_success;
    if (worst == nullptr || success < worst->last_success) worst = &collector.status;
  }
  const AttentionSentences& say = page.say.attention;
  const std::string names = list_collectors(account, fails, page);
  const std::string why =
      worst->last_failure ? reason_words(worst->last_failure->reason, page.say.polls) : "";
  return worst->last_success ? say.failing(link, names, age_words(*worst->last_success, page), why)
                             : say.never_succeeded(link, names, why);
}

std::string balance_concern_html(const AccountSummary& account, const std::string& link,
                                 const Rendering& page) {
  const AttentionSentences& say = page.say.attention;
  const Balance& balance = *account.balance;
  const std::string available = money_html(balance.available, balance.currency, page);
  if (balance.available < Amount()) return say.in_debt(link, available);
  if (find_balance_state(account) == BalanceState::kUsedUp) return say.used_up(link, available);
  const std::string days = account.trend.runway ? runway_html(account, page) : "";
  if (!account.low_balance) return say.lasts(link, available, days);
  const std::string threshold = money_html(account.config().low_balance, balance.currency, page);
  return days.empty() ? say.below_threshold(link, available, threshold)
                      : say.low_and_short(link, available, threshold, days);
}

std::string budget_concern_html(const AccountSummary& account, const std::string& link,
                                const Rendering& page) {
  const AttentionSentences& say = page.say.attention;
  const AccountConfig& config = account.config();
  const std::string budget = money_html(config.budget, config.currency, page);
  if (account.budget_used.value_or(0) >= 1) {
    return say.budget_used(link, bold(percent_html(*account.budget_used)), budget);
  }
  const CurrencyCosts* const costs = account.find_costs(config.currency);
  return say.forecast_over(link, money_html(costs->trend.forecast, config.currency, page),
                           bold(percent_html(*account.budget_forecast)), budget);
}

std::string stale_html(const AccountSummary& account, const std::string& link,
                       const Rendering& page) {
  const auto is_stale = [](const CollectorSummary& each) { return each.late || each.withdrawn; };
  UtcSeconds oldest = page.now;
  for (const CollectorSummary& collector : account.collectors) {
    if (is_stale(collector)) oldest = std::min(oldest, *collector.status.last_success);
  }
  return page.say.attention.stale(link, list_collectors(account, is_stale, page),
                                  duration_words(page.now - oldest, page.say.times));
}

std::string mismatch_html(const AccountSummary& account, const std::string& link,
                          const Rendering& page) {
  std::string keys;
  for (const CurrencyMismatch& mismatch : account.mismatches) {
    keys += (keys.empty() ? "" : ", ") + code(mismatch.key);
  }
  return page.say.attention.wrong_currency(link, keys, escape_html(account.config().currency),
                                           escape_html(account.mismatches.front().currencies),
                                           code("currency"));
}

std::string twice_html(const AccountSummary& account, const std::string& link,
                       const Rendering& page) {
  std::string others;
  for (const std::string& other : account.also_holds) {
    if (!others.empty()) others += page.say.times.comma;
    others += escape_html(other);
  }
  return page.say.attention.holds_other(link, bold(others));
}

std::string concern_html(const AccountSummary& account, ConcernKind kind, const Rendering& page) {
  const AttentionSentences& say = page.say.attention;
  const std::string link = account_link_html(account.config().name, page);
  switch (kind) {
    case ConcernKind::kReloadRefused:
      break;
    case ConcernKind::kFailing:
      return failing_html(account, link, page);
    case ConcernKind::kBalanceUsedUp:
    case ConcernKind::kBalanceLow:
    case ConcernKind::kBalanceShort:
      return balance_concern_html(account, link, page);
    case ConcernKind::kBudgetUsedUp:
    case ConcernKind::kForecastOverBudget:
      return budget_concern_html(account, link, page);
    case ConcernKind::kCountedTwice:
      return twice_html(account, link, page);
    case ConcernKind::kCurrencyMismatch:
      return mismatch_html(account, link, page);
    case ConcernKind::kStale:
      return stale_html(account, link, page);
    case ConcernKind::kUnpaidOrders:
      return say.unpaid_orders(link, say.counted_orders(account.unpaid->count));
    case ConcernKind::kDaysFailed:
      return say.days_failed(link,
                             reason_words(account.view->days_failure->reason, page.say.polls));
  }
  return "";
}

std::string names_html(const std::vector<const AccountSummary*>& accounts, std::size_t count,
                       const Rendering& page) {
  std::string names;
  for (std::size_t i = 0; i < std::min(count, accounts.size()); ++i) {
    if (i > 0) names += page.say.times.comma;
    names += account_link_html(accounts[i]->config().name, page);
  }
  return names;
}

// Those in the state are a link away; without one, their names are folded up.
std::string group_html(const Concern& concern, const Rendering& page) {
  const AttentionSentences& say = page.say.attention;
  const std::string count = page.say.page.accounts(concern.accounts.size());
  const std::string_view cause = say.causes[static_cast<std::size_t>(concern.kind)];
  const std::string some = say.and_more(names_html(concern.accounts, kNamesShown, page));
  if (concern.condition) {
    const auto address =
        page.address.with("state", std::string(condition_name(*concern.condition)));
    return say.group(fill_form("<a href=\"{}\">{}</a>", address.html(), count), bold(cause), some);
  }
  return fill_form("<details><summary>{}</summary>\n<p>{}</p></details>",
                   say.group(count, bold(cause),
                             say.and_more(escape_html(concern.accounts.front()->config().name))),
                   names_html(concern.accounts, concern.accounts.size(), page));
}

std::string line_html(const Concern& concern, const Snapshot& input, const Rendering& page) {
  std::string words;
  if (concern.accounts.empty()) {
    words = page.say.attention.reload_refused(age_words(input.config_loaded_at, page));
  } else if (concern.accounts.size() == 1) {
    words = concern_html(*concern.accounts.front(), concern.kind, page);
  } else {
    words = group_html(concern, page);
  }
  return fill_form("<li class=\"{}\">{}</li>\n", tone_class(concern.tone), words);
}

}  // namespace

std::string render_attention(const Overview& overview, const Snapshot& input,
                             const Rendering& page) {
  const AttentionSentences& say = page.say.attention;
  const std::vector<Concern> concerns = list_concerns(overview, input.last_reload_successful);
  if (concerns.empty()) return "";
  std::string items;
  std::string rest;
  for (std::size_t i = 0; i < concerns.size(); ++i) {
    (i < kConcernsShown ? items : rest) += line_html(concerns[i], input, page);
  }
  if (!rest.empty()) {
    rest = fill_form("<details><summary>{}</summary>\n<ul>\n{}</ul></details>\n",
                     say.more(concerns.size() - kConcernsShown), rest);
  }
  const bool is_bad =
      std::ranges::any_of(concerns, [](const Concern& each) { return each.tone == Tone::kBad; });
  return fill_form(
      "<section class=\"attention {} card\" aria-labelledby=\"attention\">\n"
      "<h2 id=\"attention\">{}</h2>\n<ul>\n{}</ul>\n{}</section>\n",
      is_bad ? "urgent" : "mild", say.heading, items, rest);
}

}  // namespace cloud_billing
