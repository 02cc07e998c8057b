#include <string>
#include <vector>

#include "status_page/html.h"
#include "status_page/parts.h"
#include "status_page/sections.h"

namespace cloud_billing {
namespace {

// Leads to the accounts of this value only.
std::string value_html(const std::string& label, const std::string& value, const Rendering& page) {
  PageAddress address = page.address.with("label", label);
  address.set_even_empty("value", value);
  const std::string words =
      value.empty() ? page.say.choices.without_label(escape_html(label)) : escape_html(value);
  return fill_form("<a href=\"{}\">{}</a>", address.html(), words);
}

std::string noted_html(const std::string& html, const std::string& note) {
  if (note.empty()) return html;
  return fill_form(R"({} <span class="note">{}</span>)", html, note);
}

std::string value_row(const LabelTotals& of_value, const CurrencyTotal& total,
                      const std::string& label, const Rendering& page) {
  const std::string not_known =
      fill_form(R"(<span class="none">{}</span>)", page.say.money.not_known);
  std::string cells;
  const TableSentences& say = page.say.table;
  const auto add = [&cells](std::string_view name, std::string_view html) {
    cells += fill_form(R"(<td role="cell" data-is="{}">{}</td>)", name, html);
  };
  const auto add_sum = [&](std::string_view name, const AccountSum& sum) {
    add(name, noted_html(money_html(sum.known(), total.currency, page),
                         sum.known() ? lacking_html(sum.missing, page) : ""));
  };
  add(say.accounts, std::to_string(of_value.accounts));
  add_sum(say.this_month, total.current);
  // A forecast of fewer accounts than the cost so far could be less than that.
  add_sum(say.forecast,
          total.forecast.parts >= total.current.parts ? total.forecast : AccountSum());
  add(say.change, total.month_change
                      ? noted_html(change_html(*total.month_change, total.currency, page),
                                   lacking_html(total.not_compared, page))
                      : not_known);
  add_sum(say.last_month, total.previous);
  return fill_form("<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">{}</th>{}</tr>\n",
                   value_html(label, of_value.value, page), cells);
}

// Those with costs: there is no column of balances. Without any, one says that no cost is known.
std::vector<CurrencyTotal> shown_totals(const LabelTotals& of_value) {
  std::vector<CurrencyTotal> totals = of_value.totals;
  std::erase_if(totals, [](const CurrencyTotal& total) { return total.has_balances_only(); });
  if (totals.empty() && !of_value.totals.empty()) totals.push_back(of_value.totals.front());
  return totals;
}

}  // namespace

std::string render_label_totals(const Overview& overview, const Rendering& page) {
  if (overview.label.empty()) return "";
  const TableSentences& say = page.say.table;
  std::string heads;
  for (const std::string_view name :
       {std::string_view(say.value), std::string_view(say.accounts),
        std::string_view(say.this_month), std::string_view(say.forecast),
        std::string_view(say.change), std::string_view(say.last_month)}) {
    heads += fill_form(R"(<th role="columnheader" scope="col">{}</th>)", name);
  }
  std::string rows;
  for (const LabelTotals& of_value : overview.by_label) {
    for (const CurrencyTotal& total : shown_totals(of_value)) {
      rows += value_row(of_value, total, overview.label, page);
    }
  }
  return fill_form(
      "<section aria-labelledby=\"by-label\">\n<h2 id=\"by-label\">{} "
      "<a class=\"all\" href=\"{}\">{}</a></h2>\n"
      "<div class=\"card\">\n<table class=\"accounts\" role=\"table\">\n"
      "<thead role=\"rowgroup\"><tr role=\"row\">{}</tr></thead>\n"
      "<tbody role=\"rowgroup\">\n{}</tbody></table>\n</div>\n</section>\n",
      page.say.choices.totals_of(escape_html(overview.label)),
      page.address.without({"label", "value", "page"}).html(), page.say.choices.no_label, heads,
      rows);
}

}  // namespace cloud_billing
