#include <algorithm>
#include <cstddef>
#include <string>

#include "status_page/html.h"
#include "status_page/parts.h"
#include "status_page/sections.h"
#include "status_page/time_words.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kServicesInTotal = 8;

// The earliest end of what the bills with a budget in this currency cover.
double covered_share(const Overview& overview, const std::string& currency) {
  std::optional<UtcSeconds> earliest;
  for (const AccountSummary& account : overview.found) {
    const AccountConfig& config = *account.view->config;
    if (!config.budget || config.currency != currency || !account.data_through) continue;
    earliest = std::min(earliest.value_or(*account.data_through), *account.data_through);
  }
  return share_of_month(earliest.value_or(overview.now), overview.month);
}

std::string budgets_html(const CurrencyTotal& total, const Overview& overview,
                         const Rendering& page) {
  const MoneySentences& say = page.say.money;
  const auto budget = total.budget.known();
  if (!budget) return "";
  const std::string amount = money_html(budget, total.currency, page);
  if (!total.budget_used) {
    return fill_form("<p class=\"note\">{}</p>\n", say.budgets_not_read(amount));
  }
  const double mark = covered_share(overview, total.currency);
  return fill_form("{}<p class=\"note\">{} {}</p>\n",
                   bar_html(*total.budget_used, budget_tone(*total.budget_used), mark),
                   say.of_budgets(budget_used_html(*total.budget_used), amount,
                                  page.say.page.accounts(total.budget.parts)),
                   say.month_mark(percent_html(mark)));
}

std::string of_accounts(const Sum& sum, std::size_t accounts, const Rendering& page) {
  if (!sum.fits) return std::string(page.say.money.too_large);
  const std::string all = page.say.page.accounts(accounts);
  return sum.parts == accounts ? all : page.say.page.some_of(std::to_string(sum.parts), all);
}

std::size_t count_accounts_of(const Overview& overview, const std::string& currency) {
  return static_cast<std::size_t>(
      std::count_if(overview.found.begin(), overview.found.end(), [&](const auto& account) {
        return std::any_of(account.costs.begin(), account.costs.end(),
                           [&](const auto& costs) { return costs.currency == currency; });
      }));
}

std::string left_out_html(const CurrencyTotal& total, const Rendering& page) {
  std::string out;
  for (const auto& [account, other] : total.left_out) {
    out += fill_form("<p class=\"note\">{}</p>\n",
                     page.say.money.without(escape_html(account), escape_html(other)));
  }
  return out;
}

// The term with of how many accounts it is.
std::string sum_html(std::string_view term, const Sum& sum, std::size_t accounts,
                     const CurrencyTotal& total, const Rendering& page) {
  return figure_html(
      fill_form("{} <span class=\"note\">{}</span>", term, of_accounts(sum, accounts, page)),
      money_html(sum.known(), total.currency, page));
}

std::string services_of(const CurrencyTotal& total, const Rendering& page) {
  std::string services =
      services_html({total.currency, total.current.known(), std::nullopt, total.services},
                    kServicesInTotal, page);
  if (!services.empty()) return services;
  return fill_form("<p class=\"note\">{}</p>\n",
                   total.current.parts == 0 ? page.say.money.no_bill : page.say.money.no_costs);
}

std::string total_html(const CurrencyTotal& total, const Overview& overview,
                       const Rendering& page) {
  const MoneySentences& say = page.say.money;
  const std::size_t accounts = count_accounts_of(overview, total.currency);
  const std::string month = month_words(overview.month, page.say.times);
  const std::string figures =
      sum_html(say.whole_month(month_words(overview.month.previous(), page.say.times)),
               total.previous, accounts, total, page) +
      sum_html(say.available, total.available, std::max(accounts, total.available.parts), total,
               page);
  return fill_form(
      "<section class=\"total card\" aria-label=\"{} {}\">\n<div>\n"
      "<h2>{} <span class=\"note\">{}</span></h2>\n{}{}{}<dl>\n{}</dl>\n</div>\n"
      "<div>\n<h3>{}</h3>\n{}</div>\n</section>\n",
      month, escape_html(total.currency), say.so_far(month),
      of_accounts(total.current, accounts, page),
      main_amount_html(total.current.known(), total.currency, "big", page),
      budgets_html(total, overview, page), left_out_html(total, page), figures, say.by_service,
      services_of(total, page));
}

}  // namespace

std::string render_totals(const Overview& overview, const Rendering& page) {
  std::string out;
  for (const CurrencyTotal& total : overview.totals) out += total_html(total, overview, page);
  return out;
}

}  // namespace cloud_billing
