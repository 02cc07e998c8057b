#include <string>

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

std::string value_row(const LabelTotals& of_value, const CurrencyTotal& total,
                      const std::string& label, const Rendering& page) {
  std::string change = fill_form(R"(<span class="none">{}</span>)", page.say.money.not_known);
  if (total.month_change) change = change_html(*total.month_change, total.currency, page);
  std::string cells;
  const TableSentences& say = page.say.table;
  const auto add = [&cells](std::string_view name, std::string_view html) {
    cells += fill_form(R"(<td role="cell" data-is="{}">{}</td>)", name, html);
  };
  add(say.accounts, std::to_string(of_value.accounts));
  add(say.this_month, money_html(total.current.known(), total.currency, page));
  add(say.forecast, money_html(total.forecast.parts >= total.current.parts ? total.forecast.known()
                                                                           : std::nullopt,
                               total.currency, page));
  add(say.change, change);
  add(say.last_month, money_html(total.previous.known(), total.currency, page));
  return fill_form("<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">{}</th>{}</tr>\n",
                   value_html(label, of_value.value, page), cells);
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
    for (const CurrencyTotal& total : of_value.totals) {
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
