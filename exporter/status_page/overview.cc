#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "status_page/cost_plots.h"
#include "status_page/cost_series.h"
#include "status_page/html.h"
#include "status_page/parts.h"
#include "status_page/sections.h"
#include "status_page/time_words.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kServicesInTotal = 8;
constexpr std::size_t kChangesShown = 3;

// The earliest end of what the bills with a budget in this currency cover.
double covered_share(const Overview& overview, const std::string& currency) {
  std::optional<UtcSeconds> earliest;
  for (const AccountSummary& account : overview.found) {
    const AccountConfig& config = account.config();
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
  const Tone tone = budget_tone(total.budget_used, total.budget_forecast);
  const double mark = covered_share(overview, total.currency);
  std::string words = say.of_budgets(percent_html(*total.budget_used), amount,
                                     page.say.page.accounts(total.budget.parts));
  if (total.budget_forecast) {
    words += say.forecast_of_budget(toned_html(tone, percent_html(*total.budget_forecast)));
  }
  return fill_form("{}<p class=\"note\">{}{}{}</p>\n",
                   bar_html(*total.budget_used, tone_class(tone), mark), words, say.full_stop,
                   say.month_mark(percent_html(mark)));
}

std::string of_accounts(std::size_t parts, std::size_t accounts, const Rendering& page) {
  const std::string all = page.say.page.accounts(accounts);
  return parts == accounts ? all : page.say.page.some_of(std::to_string(parts), all);
}

std::string left_out_html(const CurrencyTotal& total, const Rendering& page) {
  std::string out;
  for (const auto& [account, other] : total.left_out) {
    out += fill_form("<p class=\"note\">{}</p>\n",
                     page.say.money.without(escape_html(account), escape_html(other)));
  }
  return out;
}

// Of how many accounts something is, if not of all.
std::string of_some(std::size_t parts, std::size_t accounts, const Rendering& page) {
  return parts == accounts ? "" : of_accounts(parts, accounts, page);
}

std::string noted_figure(std::string_view term, std::string_view note, std::string_view html) {
  if (note.empty()) return figure_html(term, html);
  return figure_html(fill_form("{} <span class=\"note\">{}</span>", term, note), html);
}

std::string sum_figure(std::string_view term, const Sum& sum, std::size_t accounts,
                       const CurrencyTotal& total, const Rendering& page) {
  const std::string note =
      sum.fits ? of_some(sum.parts, accounts, page) : std::string(page.say.money.too_large);
  return noted_figure(term, note, money_html(sum.known(), total.currency, page));
}

// A forecast of fewer accounts than the cost so far could be less than that.
std::string forecast_figure(const CurrencyTotal& total, const Rendering& page) {
  const bool is_complete = total.forecast.parts >= total.current.parts;
  return noted_figure(
      page.say.money.forecast, of_some(total.forecast.parts, total.accounts, page),
      money_html(is_complete ? total.forecast.known() : std::nullopt, total.currency, page));
}

std::string change_figure(const CurrencyTotal& total, const Rendering& page) {
  if (!total.month_change) return "";
  return noted_figure(page.say.money.against_last_month,
                      of_some(total.compared, total.accounts, page),
                      change_html(*total.month_change, total.currency, page));
}

// Whether an account that costs something in the currency has no known balance, in whichever.
bool lacks_balance(const Overview& overview, const std::string& currency) {
  return std::ranges::any_of(overview.found, [&currency](const AccountSummary& account) {
    return account.balance == nullptr && account.find_costs(currency) != nullptr;
  });
}

std::string figures_html(const CurrencyTotal& total, const Overview& overview,
                         const Rendering& page) {
  const MoneySentences& say = page.say.money;
  const TimeSentences& times = page.say.times;
  std::string out = forecast_figure(total, page) + change_figure(total, page);
  if (total.newest_day) {
    out += sum_figure(say.newest_day(day_words(*total.newest_day, times)), total.day,
                      total.accounts, total, page);
  }
  out += sum_figure(say.whole_month(month_words(overview.month.previous(), times)), total.previous,
                    std::max(total.accounts, total.previous.parts), total, page);
  if (total.available.parts > 0 || lacks_balance(overview, total.currency)) {
    out += sum_figure(say.available, total.available,
                      std::max(total.accounts, total.available.parts), total, page);
  }
  if (total.runway) {
    out +=
        figure_html(say.shortest, say.of_account(days_left_html(total.runway->seconds, page),
                                                 account_link_html(total.runway->account, page)));
  }
  return out;
}

std::string services_of(const CurrencyTotal& total, const Rendering& page) {
  std::string services =
      services_html({total.currency, total.current.known(), std::nullopt, total.services},
                    kServicesInTotal, page);
  if (!services.empty()) return services;
  return fill_form("<p class=\"note\">{}</p>\n",
                   total.current.parts == 0 ? page.say.money.no_bill : page.say.money.no_costs);
}

std::string growth_of(const CurrencyTotal& total, const Rendering& page) {
  if (total.changes.empty() || !total.newest_day) return "";
  const MoneySentences& say = page.say.money;
  std::string lines;
  for (std::size_t i = 0; i < std::min(kChangesShown, total.changes.size()); ++i) {
    const std::string growth = growth_html(total.changes[i], total.currency, page);
    if (!growth.empty()) lines += fill_form("<li>{}</li>\n", growth);
  }
  if (lines.empty()) lines = fill_form("<li class=\"none\">{}</li>\n", say.nothing_grew);
  return fill_form("<h3>{} <span class=\"note\">{}</span></h3>\n<ul class=\"growth\">\n{}</ul>\n",
                   say.grew_most,
                   say.since(day_words(days_before(*total.newest_day, 7), page.say.times)), lines);
}

std::string total_html(const CurrencyTotal& total, const std::string& plots,
                       const Overview& overview, const Rendering& page) {
  const MoneySentences& say = page.say.money;
  const std::string month = month_words(overview.month, page.say.times);
  return fill_form(
      "<section class=\"total card\" aria-label=\"{} {}\">\n<div>\n"
      "<h2>{} <span class=\"note\">{}</span></h2>\n{}{}{}<dl>\n{}</dl>\n</div>\n"
      "<div>\n<h3>{}</h3>\n{}{}</div>\n{}</section>\n",
      month, escape_html(total.currency), say.so_far(month),
      of_accounts(total.current.parts, total.accounts, page),
      main_amount_html(total.current.known(), total.currency, "big", page),
      budgets_html(total, overview, page), left_out_html(total, page),
      figures_html(total, overview, page), say.by_service, services_of(total, page),
      growth_of(total, page), plots);
}

}  // namespace

std::string render_totals(const Overview& overview, const Rendering& page) {
  std::string out;
  const SeriesByCurrency series = list_costs_over_time(overview);
  for (const CurrencyTotal& total : overview.totals) {
    out += total_html(total, plots_html(total.currency, series, page), overview, page);
  }
  return out;
}

}  // namespace cloud_billing
