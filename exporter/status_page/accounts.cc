#include <optional>
#include <string>
#include <string_view>

#include "status_page/account_condition.h"
#include "status_page/account_parts.h"
#include "status_page/cost_plots.h"
#include "status_page/cost_series.h"
#include "status_page/days.h"
#include "status_page/html.h"
#include "status_page/parts.h"
#include "status_page/polls_html.h"
#include "status_page/runs_out.h"
#include "status_page/sections.h"
#include "status_page/time_words.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kServicesShown = 5;
// Of more accounts, each has its plots on its own page only.
constexpr std::size_t kMostWithPlots = 6;

std::string labels_html(const AccountConfig& config) {
  std::string out =
      fill_form(R"(<span class="label">{}</span>)", escape_html(config.provider->name));
  for (const auto& [name, value] : config.labels) {
    out += fill_form(R"( <span class="label">{}={}</span>)", escape_html(name), escape_html(value));
  }
  return out;
}

std::string card_budget_html(const AccountSummary& account, const Rendering& page) {
  const MoneySentences& say = page.say.money;
  const AccountConfig& config = account.config();
  if (!account.budget_used) return "";
  std::string words =
      say.of_budget(budget_used_html(account), money_html(config.budget, config.currency, page));
  if (account.budget_forecast) words += say.forecast_of_budget(budget_forecast_html(account));
  return fill_form("{}<p class=\"note\">{}{}</p>\n", budget_bar_html(account, page), words,
                   say.full_stop);
}

// What the balance consists of. Arrears and what is frozen may make the cash more than what is
// available.
std::string balance_html(const AccountSummary& account, const Rendering& page) {
  const MoneySentences& say = page.say.money;
  std::string out = figure_html(say.available, available_html(account, page));
  if (account.balance == nullptr) return out;
  if (find_balance_state(account) != BalanceState::kUnknown) {
    out += figure_html(say.lasts, runway_html(account, page));
  }
  const Balance& balance = *account.balance;
  const auto add = [&](std::string_view term, const std::optional<Amount>& amount) {
    if (amount && *amount != Amount()) {
      out += figure_html(term, money_html(amount, balance.currency, page));
    }
  };
  if (balance.cash != balance.available) add(say.cash, balance.cash);
  add(say.credit_limit, balance.credit_limit);
  add(say.frozen, balance.frozen);
  add(say.arrears, balance.arrears);
  return out;
}

std::string orders_html(const AccountSummary& account, const Rendering& page) {
  const MoneySentences& say = page.say.money;
  if (!account.unpaid) return "";
  if (account.unpaid->count == 0) return figure_html(say.unpaid_orders, say.no_orders);
  std::string text = std::to_string(account.unpaid->count);
  for (const auto& [currency, amount] : account.unpaid->payable) {
    text += " · " + money_html(amount, currency, page);
  }
  if (account.unpaid->oldest) {
    text += fill_form(R"(<br><span class="note">{}</span>)",
                      say.oldest(past_time_html(*account.unpaid->oldest, page)));
  }
  return figure_html(say.unpaid_orders, text);
}

std::string growth_figure(const CurrencyCosts& costs, BillingDay newest, const Rendering& page) {
  const MoneySentences& say = page.say.money;
  if (!costs.trend.changes || costs.trend.changes->empty()) return "";
  std::string growth = growth_html(costs.trend.changes->front(), costs.currency, page);
  if (growth.empty()) growth = say.nothing_grew;
  return figure_html(fill_form("{} <span class=\"note\">{}</span>", say.grew_most,
                               say.since(day_words(days_before(newest, 7), page.say.times))),
                     growth);
}

std::string trend_html(const AccountSummary& account, const CurrencyCosts& costs,
                       const Rendering& page) {
  const MoneySentences& say = page.say.money;
  const TimeSentences& times = page.say.times;
  const CurrencyTrend& trend = costs.trend;
  std::string out = figure_html(say.forecast, money_html(trend.forecast, costs.currency, page));
  if (trend.month_change) {
    const BillingDay first = account.month.previous().first_day();
    const int days = static_cast<int>(account.trend.days_to_date);
    out += figure_html(say.against(days_words(first, days_before(first, 1 - days), times)),
                       change_html(*trend.month_change, costs.currency, page));
  }
  if (account.day != nullptr) {
    out += figure_html(say.newest_day(day_words(account.day->day, times)),
                       money_html(trend.newest_day, costs.currency, page));
    out += growth_figure(costs, account.day->day, page);
  }
  return out + figure_html(say.whole_month(month_words(account.month.previous(), times)),
                           money_html(costs.previous, costs.currency, page));
}

std::string costs_html(const AccountSummary& account, const CurrencyCosts& costs,
                       const Rendering& page) {
  const bool has_budget = costs.currency == account.config().currency;
  return fill_form("{}{}<dl>\n{}</dl>\n{}",
                   main_amount_html(costs.current, costs.currency, "amount", page),
                   has_budget ? card_budget_html(account, page) : "",
                   trend_html(account, costs, page), services_html(costs, kServicesShown, page));
}

std::string covered_html(const AccountSummary& account, const Rendering& page) {
  if (!account.data_through) return "";
  const UtcSeconds end = *account.data_through;
  const BillingZone zone = account.zone();
  const BillingDay day = zone.day_at(end);
  const MoneySentences& say = page.say.money;
  const TimeSentences& times = page.say.times;
  const std::string words = zone.start_of(day) == end
                                ? say.covered(day_words_in(zone, days_before(day, 1), times))
                                : say.covered_until(short_time_words(end, page.now, times));
  return fill_form("<p class=\"note\">{}</p>\n", words);
}

// Of a single one, the total's are the same.
bool shows_own_plots(const Overview& overview) {
  return overview.found.size() > 1 && overview.found.size() <= kMostWithPlots;
}

std::string card_html(const AccountSummary& account, const Overview& overview,
                      const Rendering& page) {
  SeriesByCurrency series;
  if (shows_own_plots(overview)) series = list_costs_over_time(account);
  std::string costs;
  for (const CurrencyCosts& in_currency : account.costs) {
    costs +=
        costs_html(account, in_currency, page) + plots_html(in_currency.currency, series, page);
  }
  const AccountConfig& config = account.config();
  return fill_form(
      "<article class=\"card\">\n<header><h3>{}</h3> <div>{}</div></header>\n"
      "<p class=\"labels\">{}</p>\n{}{}{}<dl>\n{}{}{}</dl>\n{}</article>\n",
      account_link_html(config.name, page), states_html(account, page), labels_html(config), costs,
      covered_html(account, page), days_html(account, page), balance_html(account, page),
      orders_html(account, page), runs_out_html(account, page), polls_html(account, page));
}

}  // namespace

std::string render_cards(const Overview& overview, const Rendering& page) {
  std::string cards;
  for (const AccountSummary& account : overview.found) cards += card_html(account, overview, page);
  return "<div class=\"cards\">\n" + cards + "</div>\n";
}

}  // namespace cloud_billing
