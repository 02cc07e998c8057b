#include <array>
#include <string>
#include <string_view>

#include "status_page/account_parts.h"
#include "status_page/html.h"
#include "status_page/parts.h"
#include "status_page/polls_html.h"
#include "status_page/sections.h"
#include "status_page/time_words.h"

namespace cloud_billing {
namespace {

// `name` stands beside the value where a row is shown as a block.
std::string cell_html(std::string_view css_class, std::string_view name, std::string_view html) {
  return fill_form(R"(<td role="cell" class="{}" data-is="{}">{}</td>)", css_class, name, html);
}

// Every currency in which it costs something, the same order in each column.
template <typename AmountOf>
std::string amounts_html(const AccountSummary& account, const AmountOf& amount_of,
                         const Rendering& page) {
  std::string out;
  for (const CurrencyCosts& costs : account.costs) {
    out += fill_form("{}{}", out.empty() ? "" : "<br>",
                     money_html(amount_of(costs), costs.currency, page));
  }
  return out;
}

std::string budget_cell(const AccountSummary& account, const Overview& overview,
                        const Rendering& page) {
  if (!account.view->config->budget) {
    return fill_form(R"(<span class="none">{}</span>)", page.say.money.no_budget);
  }
  if (!account.budget_used) return money_html(std::nullopt, "", page);
  return budget_bar_html(account, overview) + budget_used_html(*account.budget_used);
}

std::string row_html(const AccountSummary& account, const Overview& overview,
                     const Rendering& page) {
  const TableSentences& say = page.say.table;
  const AccountConfig& config = *account.view->config;
  return fill_form(
      "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">{} <span class=\"note\">{}</span>"
      "</th>{}{}{}{}{}</tr>\n",
      account_link_html(config.name, page), escape_html(config.provider->name),
      cell_html("runs", say.state, folded_polls_html(account, state_html(account, page), page)),
      cell_html("", say.this_month,
                amounts_html(
                    account, [](const auto& costs) { return costs.current; }, page)),
      cell_html("", say.last_month,
                amounts_html(
                    account, [](const auto& costs) { return costs.previous; }, page)),
      cell_html("used", say.budget_used, budget_cell(account, overview, page)),
      cell_html("", say.available, available_html(account, page)));
}

}  // namespace

std::string render_table(const Overview& overview, std::size_t begin, std::size_t end,
                         const Rendering& page) {
  const TableSentences& say = page.say.table;
  std::string heads;
  for (const std::string_view name :
       {std::string_view(say.account), std::string_view(say.state),
        std::string_view(say.this_month), std::string_view(say.last_month),
        std::string_view(say.budget_used), std::string_view(say.available)}) {
    heads += fill_form(R"(<th role="columnheader" scope="col">{}</th>)", name);
  }
  std::string rows;
  for (std::size_t i = begin; i < end; ++i) rows += row_html(overview.found[i], overview, page);
  return fill_form(
      "<div class=\"card\">\n<table class=\"accounts\" role=\"table\">\n"
      "<thead role=\"rowgroup\"><tr role=\"row\">{}</tr></thead>\n"
      "<tbody role=\"rowgroup\">\n{}</tbody></table>\n</div>\n",
      heads, rows);
}

}  // namespace cloud_billing
