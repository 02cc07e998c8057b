#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "status_page/account_order.h"
#include "status_page/account_parts.h"
#include "status_page/html.h"
#include "status_page/parts.h"
#include "status_page/polls_html.h"
#include "status_page/sections.h"

namespace cloud_billing {
namespace {

using RenderCell = std::string (*)(const AccountSummary&, const Rendering&);

// `sort`: what the column's head orders by, if it can.
struct Column {
  Words TableSentences::*name;
  std::string_view css_class;
  std::optional<AccountOrder> sort;
  RenderCell render;
};

// Every currency in which it costs something, in the same order in each column.
template <typename Render>
std::string in_each_currency(const AccountSummary& account, const Render& render) {
  std::string out;
  for (const CurrencyCosts& costs : account.costs) {
    out += fill_form("{}{}", out.empty() ? "" : "<br>", render(costs));
  }
  return out;
}

std::string none_html(std::string_view words) {
  return fill_form(R"(<span class="none">{}</span>)", words);
}

std::string state_cell(const AccountSummary& account, const Rendering& page) {
  return folded_polls_html(account, states_html(account, page), page);
}

std::string cost_cell(const AccountSummary& account, const Rendering& page) {
  return in_each_currency(account, [&page](const CurrencyCosts& costs) {
    return money_html(costs.current, costs.currency, page);
  });
}

std::string forecast_cell(const AccountSummary& account, const Rendering& page) {
  return in_each_currency(account, [&page](const CurrencyCosts& costs) {
    return money_html(costs.trend.forecast, costs.currency, page);
  });
}

std::string change_cell(const AccountSummary& account, const Rendering& page) {
  return in_each_currency(account, [&page](const CurrencyCosts& costs) {
    const auto& change = costs.trend.month_change;
    if (!change) return none_html(page.say.money.not_known);
    return change->share ? signed_percent_html(*change->share)
                         : change_html(*change, costs.currency, page);
  });
}

std::string budget_cell(const AccountSummary& account, const Rendering& page) {
  if (!account.config().budget) return none_html(page.say.money.no_budget);
  if (!account.budget_used) return none_html(page.say.money.not_known);
  return budget_bar_html(account, page) + budget_used_html(account);
}

std::string available_cell(const AccountSummary& account, const Rendering& page) {
  return available_html(account, page);
}

std::string runway_cell(const AccountSummary& account, const Rendering& page) {
  return runway_html(account, page);
}

// The account stands before them.
const std::array<Column, 7> kColumns{{
    {&TableSentences::state, "runs", std::nullopt, state_cell},
    {&TableSentences::this_month, "", AccountOrder{SortKey::kCost, true}, cost_cell},
    {&TableSentences::forecast, "", AccountOrder{SortKey::kForecast, true}, forecast_cell},
    {&TableSentences::change, "", std::nullopt, change_cell},
    {&TableSentences::budget_used, "used", std::nullopt, budget_cell},
    {&TableSentences::available, "", AccountOrder{SortKey::kBalance, false}, available_cell},
    {&TableSentences::days_left, "", AccountOrder{SortKey::kRunway, false}, runway_cell},
}};

// Orders by it, or the other way round if it does already.
std::string head_html(std::string_view name, const std::optional<AccountOrder>& sort,
                      const Rendering& page) {
  if (!sort) return fill_form(R"(<th role="columnheader" scope="col">{}</th>)", name);
  const AccountOrder now = read_account_order(page.address.find("sort"));
  AccountOrder next = *sort;
  std::string_view direction = "none";
  if (now.key == sort->key) {
    next.descending = !now.descending;
    direction = now.descending ? "descending" : "ascending";
  }
  return fill_form(
      "<th role=\"columnheader\" scope=\"col\" aria-sort=\"{}\"><a href=\"{}\">{}</a></th>",
      direction, page.address.with("sort", to_text(next)).html(), name);
}

std::string row_html(const AccountSummary& account, const Rendering& page) {
  std::string cells;
  for (const Column& column : kColumns) {
    // Where a row is shown as a block, the name stands beside the value.
    cells += fill_form(R"(<td role="cell" class="{}" data-is="{}">{}</td>)", column.css_class,
                       page.say.table.*column.name, column.render(account, page));
  }
  const AccountConfig& config = account.config();
  return fill_form(
      "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">{} <span class=\"note\">{}</span>"
      "</th>{}</tr>\n",
      account_link_html(config.name, page), escape_html(config.provider->name), cells);
}

}  // namespace

std::string render_table(const Overview& overview, std::size_t begin, std::size_t end,
                         const Rendering& page) {
  std::string heads = head_html(page.say.table.account, AccountOrder{SortKey::kName, false}, page);
  for (const Column& column : kColumns) {
    heads += head_html(page.say.table.*column.name, column.sort, page);
  }
  std::string rows;
  for (std::size_t i = begin; i < end; ++i) rows += row_html(overview.found[i], page);
  return fill_form(
      "<div class=\"card\">\n<table class=\"accounts\" role=\"table\">\n"
      "<thead role=\"rowgroup\"><tr role=\"row\">{}</tr></thead>\n"
      "<tbody role=\"rowgroup\">\n{}</tbody></table>\n</div>\n",
      heads, rows);
}

}  // namespace cloud_billing
