#include "status_page/cost_plots.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "status_page/html.h"
#include "status_page/money_text.h"
#include "status_page/plot.h"
#include "status_page/time_words.h"

namespace cloud_billing {
namespace {

constexpr std::array<std::string_view, 5> kServiceFills{"p1", "p2", "p3", "p4", "p5"};
constexpr std::string_view kOthersFill = "p-others";
constexpr std::string_view kUntoldFill = "p-untold";
constexpr std::string_view kMonthFill = "p1";
// Between two labels of days.
constexpr std::size_t kLabelEvery = 7;

constexpr std::string_view kNothing = "–";

// A column of the plot that is a row of the table.
struct Entry {
  std::string name;
  std::string label;
  bool is_minor = false;
  bool is_open = false;
  const CostColumn* column = nullptr;
};

// A part of each column.
struct Part {
  std::string name;
  std::string_view fill;
  std::size_t place = 0;  // in CostColumn::parts
};

struct Figure {
  std::string caption;
  Sentence<5> name;
  Words of_entry;  // above the names of the entries
  std::string currency;
  std::vector<Entry> entries;
  std::vector<Part> parts;            // none: the cost is not divided
  std::optional<std::size_t> untold;  // the place of what is not told by service
};

std::string money_with(const std::string& currency, Amount amount) {
  return currency + " " + exact_money_text(amount);
}

bool is_of_many(const Figure& figure) {
  return std::ranges::any_of(figure.entries,
                             [](const Entry& entry) { return entry.column->accounts > 1; });
}

bool is_incomplete(const CostColumn& column) {
  return !column.cost || column.known < column.accounts;
}

std::string tick_text(Amount amount, const PlotSentences& say) {
  const bool is_large =
      nearest_double(amount.magnitude()) >= static_cast<double>(say.ticks_in_unit_from);
  std::string text = exact_money_text(is_large ? amount.divided_by(say.tick_unit) : amount);
  text.resize(text.find_last_not_of('0') + 1);  // exact_money_text() gives decimals
  if (text.ends_with('.')) text.pop_back();
  return is_large ? say.tick_in_unit(text) : text;
}

std::string title_of(const Entry& entry, const Figure& figure, const PlotSentences& say) {
  const CostColumn& column = *entry.column;
  if (!column.cost) return say.not_known_at(entry.name);
  const std::string money = money_with(figure.currency, *column.cost);
  if (!is_incomplete(column)) return say.cost_at(entry.name, money);
  return say.part_at(entry.name, money,
                     say.some_of(std::to_string(column.known), std::to_string(column.accounts)));
}

// In words what the plot shows.
std::string name_of(const Figure& figure) {
  const auto highest = std::ranges::max_element(
      figure.entries, {}, [](const Entry& entry) { return entry.column->cost; });
  const auto& cost = highest->column->cost;
  return figure.name(figure.currency, figure.entries.front().name, figure.entries.back().name,
                     cost ? exact_money_text(*cost) : std::string(kNothing), highest->name);
}

std::string svg_of(const Figure& figure, const PlotSentences& say) {
  Plot plot{name_of(figure), {kMonthFill}, {}, [&say](Amount a) { return tick_text(a, say); }};
  if (!figure.parts.empty()) plot.fills.clear();
  for (const Part& part : figure.parts) plot.fills.push_back(part.fill);
  for (const Entry& entry : figure.entries) {
    PlotColumn column{title_of(entry, figure, say), entry.label, entry.is_minor, entry.is_open,
                      is_incomplete(*entry.column), {}};
    if (entry.column->cost && figure.parts.empty()) column.parts = {*entry.column->cost};
    if (entry.column->cost) {
      for (const Part& part : figure.parts) {
        column.parts.push_back(entry.column->parts[part.place]);
      }
    }
    plot.columns.push_back(std::move(column));
  }
  return plot_svg(plot);
}

std::string legend_html(const Figure& figure, const PlotSentences& say) {
  std::string items;
  const auto add = [&items](std::string_view fill, std::string_view words) {
    items += fill_form("<li>{} {}</li>\n", swatch_svg(fill), words);
  };
  for (const Part& part : figure.parts) add(part.fill, part.name);
  const auto is_open = [](const Entry& entry) { return entry.is_open; };
  if (std::ranges::any_of(figure.entries, is_open)) add("p-open", say.so_far);
  const auto lacks = [](const Entry& entry) { return is_incomplete(*entry.column); };
  if (std::ranges::any_of(figure.entries, lacks)) {
    add("", is_of_many(figure) ? say.not_known_of_all : say.not_known);
  }
  return items.empty() ? "" : "<ul class=\"legend\">\n" + items + "</ul>\n";
}

std::string cell_html(std::optional<Amount> amount) {
  if (!amount) return fill_form("<td>{}</td>", kNothing);
  return fill_form("<td><data value=\"{}\">{}</data></td>", amount->to_decimal(),
                   exact_money_text(*amount));
}

// Of a day whose services are not told apart, that of a service is not known.
std::optional<Amount> part_of(const CostColumn& column, const Part& part,
                              std::optional<std::size_t> untold) {
  if (!column.cost) return std::nullopt;
  const Amount amount = column.parts[part.place];
  const bool is_told = part.place == untold || !untold || column.parts[*untold] == Amount();
  return is_told || amount != Amount() ? std::optional(amount) : std::nullopt;
}

std::string table_html(const Figure& figure, const PlotSentences& say) {
  const bool of_many = is_of_many(figure);
  const auto head_cell = [](std::string_view words) {
    return fill_form("<th scope=\"col\">{}</th>", words);
  };
  std::string head = head_cell(figure.of_entry) + head_cell(say.cost);
  for (const Part& part : figure.parts) head += head_cell(part.name);
  if (of_many) head += head_cell(say.accounts);
  std::string rows;
  for (const Entry& entry : figure.entries) {
    const CostColumn& column = *entry.column;
    std::string cells = cell_html(column.cost);
    for (const Part& part : figure.parts) cells += cell_html(part_of(column, part, figure.untold));
    if (of_many) {
      cells += fill_form("<td>{}</td>", say.some_of(std::to_string(column.known),
                                                    std::to_string(column.accounts)));
    }
    rows += fill_form("<tr><th scope=\"row\">{}</th>{}</tr>\n", entry.name, cells);
  }
  return fill_form(
      "<details><summary>{}</summary>\n<div class=\"values\" tabindex=\"0\" role=\"region\" "
      "aria-label=\"{}\">\n<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n"
      "</div></details>\n",
      say.exact_values, figure.caption, head, rows);
}

std::string figure_html(const Figure& figure, const PlotSentences& say) {
  return fill_form("<figure class=\"plot\">\n<figcaption>{}</figcaption>\n{}{}{}</figure>\n",
                   figure.caption, svg_of(figure, say), legend_html(figure, say),
                   table_html(figure, say));
}

std::string service_html(const ServiceCost& service) {
  std::string code = escape_html(service.service_type);
  if (service.name.empty() || service.name == service.service_type) return code;
  return fill_form("{} <code>{}</code>", escape_html(service.name), code);
}

// Those that are in any day.
std::vector<Part> list_parts(const CostSeries& series, const PlotSentences& say) {
  const std::size_t others = series.services.size();
  std::vector<Part> parts;
  for (std::size_t i = 0; i < others; ++i) {
    parts.push_back({service_html(series.services[i]), kServiceFills[i], i});
  }
  const auto occurs = [&series](std::size_t place) {
    return std::ranges::any_of(series.days, [place](const CostColumn& day) {
      return day.cost && day.parts[place] != Amount();
    });
  };
  if (occurs(others)) parts.push_back({std::string(say.other_services), kOthersFill, others});
  if (occurs(others + 1)) {
    parts.push_back({std::string(say.not_by_service), kUntoldFill, others + 1});
  }
  return parts;
}

Figure days_figure(std::string currency, const CostSeries& series, const PlotSentences& say,
                   const TimeSentences& times) {
  Figure figure{say.days_caption(std::to_string(series.days.size()), currency),
                say.days_name,
                say.day,
                std::move(currency),
                {},
                list_parts(series, say),
                series.services.size() + 1};
  for (std::size_t place = 0; place < series.days.size(); ++place) {
    const BillingDay day =
        std::chrono::sys_days(series.first_day) + std::chrono::days(static_cast<int>(place));
    std::string words = day_words(day, times);
    const std::size_t back = series.days.size() - 1 - place;
    figure.entries.push_back({words, back % kLabelEvery == 0 ? words : std::string(),
                              back % (2 * kLabelEvery) != 0, false, &series.days[place]});
  }
  return figure;
}

Figure months_figure(std::string currency, const CostSeries& series, const PlotSentences& say,
                     const TimeSentences& times) {
  Figure figure{say.months_caption(currency),
                say.months_name,
                say.month,
                std::move(currency),
                {},
                {},
                std::nullopt};
  BillingMonth month = series.first_month;
  for (const CostColumn& column : series.months) {
    const bool is_open = &column == &series.months.back();
    const BillingDay first = month.first_day();
    const unsigned number = static_cast<unsigned>(first.month());
    std::string words = month_words(month, times);
    figure.entries.push_back({is_open ? say.month_so_far(words) : words,
                              number == 1
                                  ? say.january(std::to_string(static_cast<int>(first.year())))
                                  : say.short_month(times.short_months[number - 1]),
                              number % 3 != 1, is_open, &column});
    month = month.next();
  }
  return figure;
}

}  // namespace

std::string render_plots(std::string_view currency, const CostSeries& series,
                         const PlotSentences& say, const TimeSentences& times) {
  const std::string escaped = escape_html(currency);
  std::string out;
  if (!series.days.empty()) out += figure_html(days_figure(escaped, series, say, times), say);
  if (!series.months.empty()) out += figure_html(months_figure(escaped, series, say, times), say);
  return out.empty() ? "" : "<div class=\"plots\">\n" + out + "</div>\n";
}

std::string plots_html(std::string_view currency, const SeriesByCurrency& series,
                       const Rendering& page) {
  const auto found = series.find(currency);
  if (found == series.end()) return "";
  return render_plots(currency, found->second, page.say.plots, page.say.times);
}

}  // namespace cloud_billing
