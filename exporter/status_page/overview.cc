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

// The least that one of the bills with a budget in this currency covers of the month.
double least_covered_share(const CurrencyTotal& total, const Overview& overview) {
  double least = 1;
  for (const AccountSummary& account : overview.found) {
    const AccountConfig& config = account.config();
    if (!config.budget || config.currency != total.currency) continue;
    if (account.month == total.month) least = std::min(least, covered_share(account, overview.now));
  }
  return least;
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
  const double mark = least_covered_share(total, overview);
  std::string words = say.of_budgets(percent_html(*total.budget_used), amount,
                                     page.say.page.accounts(total.budget.parts));
  if (total.budget_forecast) {
    words += say.forecast_of_budget(toned_html(tone, percent_html(*total.budget_forecast)));
  }
  return fill_form("{}<p class=\"note\">{}{}{}</p>\n",
                   bar_html(*total.budget_used, tone_class(tone), mark), words, say.full_stop,
                   say.month_mark(percent_html(mark)));
}

// Of which accounts the month's cost is.
std::string of_accounts(const CurrencyTotal& total, const Rendering& page) {
  std::string all = page.say.page.accounts(total.accounts);
  const std::size_t parts = total.current.parts;
  if (parts == 0 || parts == total.accounts) return all;
  return page.say.money.some_and_lacking(page.say.page.some_of(std::to_string(parts), all),
                                         lacking_html(total.current.missing, page));
}

std::string left_out_html(const CurrencyTotal& total, const Rendering& page) {
  std::string out;
  for (const auto& [account, other] : total.left_out) {
    out += fill_form("<p class=\"note\">{}</p>\n",
                     page.say.money.without(escape_html(account), escape_html(other)));
  }
  return out;
}

std::string noted_figure(std::string_view term, std::string_view note, std::string_view html) {
  if (note.empty()) return figure_html(term, html);
  return figure_html(fill_form("{} <span class=\"note\">{}</span>", term, note), html);
}

// Why it is not known, or without whom it is.
std::string note_on(const AccountSum& sum, const Rendering& page) {
  if (!sum.fits) return std::string(page.say.money.too_large);
  return sum.parts == 0 ? "" : lacking_html(sum.missing, page);
}

std::string sum_figure(std::string_view term, const AccountSum& sum, const CurrencyTotal& total,
                       const Rendering& page) {
  return noted_figure(term, note_on(sum, page), money_html(sum.known(), total.currency, page));
}

// A forecast of fewer accounts than the cost so far could be less than that.
std::string forecast_figure(const CurrencyTotal& total, const Rendering& page) {
  if (total.forecast.parts >= total.current.parts) {
    return sum_figure(page.say.money.forecast, total.forecast, total, page);
  }
  return figure_html(page.say.money.forecast, money_html(std::nullopt, total.currency, page));
}

std::string change_figure(const CurrencyTotal& total, const Rendering& page) {
  if (!total.month_change) return "";
  return noted_figure(page.say.money.against_last_month, lacking_html(total.not_compared, page),
                      change_html(*total.month_change, total.currency, page));
}

std::string runway_figure(const CurrencyTotal& total, const Rendering& page) {
  const MoneySentences& say = page.say.money;
  if (!total.runway) return "";
  return figure_html(say.shortest, say.of_account(days_left_html(total.runway->seconds, page),
                                                  account_link_html(total.runway->account, page)));
}

std::string figures_html(const CurrencyTotal& total, const Rendering& page) {
  const MoneySentences& say = page.say.money;
  const TimeSentences& times = page.say.times;
  std::string out = forecast_figure(total, page) + change_figure(total, page);
  if (total.newest_day) {
    out += sum_figure(say.newest_day(day_words(*total.newest_day, times)), total.day, total, page);
  }
  out += sum_figure(say.whole_month(month_words(total.month.previous(), times)), total.previous,
                    total, page);
  if (total.available.parts > 0 || total.available.missing.count > 0) {
    out += sum_figure(say.available, total.available, total, page);
  }
  return out + runway_figure(total, page);
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
  const std::string month = month_words(total.month, page.say.times);
  return fill_form(
      "<section class=\"total card\" aria-label=\"{} {}\">\n<div>\n"
      "<h2>{} <span class=\"note\">{}</span></h2>\n{}{}{}<dl>\n{}</dl>\n</div>\n"
      "<div>\n<h3>{}</h3>\n{}{}</div>\n{}</section>\n",
      month, escape_html(total.currency), say.so_far(month), of_accounts(total, page),
      main_amount_html(total.current.known(), total.currency, "big", page),
      budgets_html(total, overview, page), left_out_html(total, page), figures_html(total, page),
      say.by_service, services_of(total, page), growth_of(total, page), plots);
}

// When balances were read.
std::string balances_read_html(const CurrencyTotal& total, const Rendering& page) {
  const MoneySentences& say = page.say.money;
  if (!total.newest_balance) return "";
  const std::string newest = age_words(*total.newest_balance, page);
  const std::string oldest = age_words(*total.oldest_balance, page);
  return fill_form("<p class=\"note\">{}</p>\n",
                   newest == oldest ? say.read(newest) : say.read_between(newest, oldest));
}

// Of a currency in which there are balances and no bills: nothing is said of costs.
std::string balances_html(const CurrencyTotal& total, const std::string& plots,
                          const Rendering& page) {
  const MoneySentences& say = page.say.money;
  std::string note = page.say.page.accounts(total.available.parts);
  const std::string lacking = lacking_html(total.available.missing, page);
  if (total.available.parts == 0) note = lacking;
  if (total.available.parts > 0 && !lacking.empty()) note = say.some_and_lacking(note, lacking);
  const std::string runway = runway_figure(total, page);
  return fill_form(
      "<section class=\"total card\" aria-label=\"{} {}\">\n<div>\n"
      "<h2>{} <span class=\"note\">{}</span></h2>\n{}{}{}</div>\n{}</section>\n",
      say.available, escape_html(total.currency), say.available, note,
      main_amount_html(total.available.known(), total.currency, "big", page),
      balances_read_html(total, page), runway.empty() ? "" : fill_form("<dl>\n{}</dl>\n", runway),
      plots);
}

}  // namespace

std::string render_totals(const Overview& overview, const Rendering& page) {
  std::string out;
  const SeriesByCurrency series = list_costs_over_time(overview);
  std::string balances;
  for (const CurrencyTotal& total : overview.totals) {
    const std::string plots = plots_html(total.currency, series, page);
    if (total.has_balances_only()) {
      balances += balances_html(total, plots, page);
    } else {
      out += total_html(total, plots, overview, page);
    }
  }
  return out + balances;
}

}  // namespace cloud_billing
