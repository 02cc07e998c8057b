#include <optional>
#include <string>
#include <string_view>

#include "status_page/account_parts.h"
#include "status_page/days.h"
#include "status_page/html.h"
#include "status_page/parts.h"
#include "status_page/polls_html.h"
#include "status_page/sections.h"
#include "status_page/time_words.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kServicesShown = 5;

std::string labels_html(const AccountConfig& config) {
  std::string out =
      fill_form(R"(<span class="label">{}</span>)", escape_html(config.provider->name));
  for (const auto& [name, value] : config.labels) {
    out += fill_form(R"( <span class="label">{}={}</span>)", escape_html(name), escape_html(value));
  }
  return out;
}

std::string card_budget_html(const AccountSummary& account, const Overview& overview,
                             const Rendering& page) {
  const AccountConfig& config = *account.view->config;
  if (!account.budget_used) return "";
  return fill_form("{}<p class=\"note\">{}</p>\n", budget_bar_html(account, overview),
                   page.say.money.of_budget(budget_used_html(*account.budget_used),
                                            money_html(config.budget, config.currency, page)));
}

// What the balance consists of. Arrears and what is frozen may make the cash more than what is
// available.
std::string balance_html(const AccountSummary& account, const Rendering& page) {
  const MoneySentences& say = page.say.money;
  std::string out = figure_html(say.available, available_html(account, page));
  if (!account.balance) return out;
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

std::string costs_html(const CurrencyCosts& costs, const Overview& overview,
                       const std::string& budget, const Rendering& page) {
  const std::string previous = month_words(overview.month.previous(), page.say.times);
  return fill_form("{}{}<dl>\n{}</dl>\n{}",
                   main_amount_html(costs.current, costs.currency, "amount", page), budget,
                   figure_html(page.say.money.whole_month(previous),
                               money_html(costs.previous, costs.currency, page)),
                   services_html(costs, kServicesShown, page));
}

std::string covered_html(const AccountSummary& account, const Rendering& page) {
  if (!account.data_through) return "";
  const UtcSeconds end = *account.data_through;
  const BillingDay day = billing_day_at(end);
  const MoneySentences& say = page.say.money;
  const std::string words =
      start_of(day) == end ? say.covered(day_words(days_before(day, 1), page.say.times))
                           : say.covered_until(short_time_words(end, page.now, page.say.times));
  return fill_form("<p class=\"note\">{}</p>\n", words);
}

std::string card_html(const AccountSummary& account, const Overview& overview,
                      const Rendering& page) {
  std::string costs;
  for (const CurrencyCosts& in_currency : account.costs) {
    const bool is_first = costs.empty();
    costs += costs_html(in_currency, overview,
                        is_first ? card_budget_html(account, overview, page) : "", page);
  }
  return fill_form(
      "<article class=\"card\">\n<header><h3>{}</h3> {}</header>\n"
      "<p class=\"labels\">{}</p>\n{}{}{}<dl>\n{}{}</dl>\n{}</article>\n",
      account_link_html(account.view->config->name, page), state_html(account, page),
      labels_html(*account.view->config), costs, covered_html(account, page),
      days_html(account, page), balance_html(account, page), orders_html(account, page),
      polls_html(account, page));
}

}  // namespace

std::string render_cards(const Overview& overview, const Rendering& page) {
  std::string cards;
  for (const AccountSummary& account : overview.found) cards += card_html(account, overview, page);
  return "<div class=\"cards\">\n" + cards + "</div>\n";
}

}  // namespace cloud_billing
