#include "status_page/plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <utility>

#include "status_page/html.h"

namespace cloud_billing {
namespace {

// In pixels, from the top.
constexpr double kTop = 8;
constexpr double kBottom = 140;
constexpr double kLabels = 157;
constexpr double kHeight = 162;
constexpr double kTextDrop = 4;      // from the middle of a text to its base line
constexpr double kBetweenParts = 1;  // so that neighbours differ without colours, too
constexpr double kColumnShare = 0.74;
constexpr double kLeastBetweenTicks = 16;
constexpr double kMarkHeight = 11;

std::string number_text(double value) {
  std::string out;
  const auto hundredths = std::llround(value * 100);
  if (hundredths < 0) out += '-';
  out += std::to_string(std::abs(hundredths) / 100);
  const auto rest = std::abs(hundredths) % 100;
  if (rest == 0) return out;
  out += rest < 10 ? ".0" : ".";
  out += std::to_string(rest % 10 == 0 ? rest / 10 : rest);
  return out;
}

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string percent(double share) { return number_text(share * 100) + "%"; }

// The amounts at both ends of the plot, and between them those that lines are drawn for.
class Axis {
 public:
  explicit Axis(const std::vector<PlotColumn>& columns) {
    Amount highest;
    Amount lowest;
    for (const PlotColumn& column : columns) {
      const auto [up, down] = ends_of(column);
      highest = std::max(highest, up);
      lowest = std::min(lowest, down);
    }
    const bool is_all_negative = highest == Amount() && lowest < Amount();
    if (!is_all_negative) top_ = round_up(highest);
    if (lowest < Amount()) (void)bottom_.subtract(round_up(lowest.magnitude()));
  }

  [[nodiscard]] double y_of(Amount amount) const {
    const double top = nearest_double(top_);
    const double share = (top - nearest_double(amount)) / (top - nearest_double(bottom_));
    return kTop + share * (kBottom - kTop);
  }

  [[nodiscard]] std::vector<Amount> ticks() const {
    std::vector<Amount> ticks{Amount()};
    for (const Amount end : {top_, bottom_}) {
      // If there are two, one of them may be close to zero.
      for (const Amount tick : {end, end.divided_by(2)}) {
        if (std::abs(y_of(tick) - y_of(Amount())) > kLeastBetweenTicks) ticks.push_back(tick);
      }
    }
    return ticks;
  }

 private:
  // Sums that do not fit are not drawn to their end.
  static std::pair<Amount, Amount> ends_of(const PlotColumn& column) {
    Amount up;
    Amount down;
    for (const Amount part : column.parts) (void)(part < Amount() ? down : up).add(part);
    return {up, down};
  }

  Amount top_;
  Amount bottom_;
};

class Drawing {
 public:
  explicit Drawing(const Plot& plot) : plot_(plot), axis_(plot.columns) {}

  [[nodiscard]] std::string svg() const {
    std::string body;
    std::size_t longest = 0;
    for (const Amount tick : axis_.ticks()) {
      const std::string text = plot_.tick_text(tick);
      longest = std::max(longest, count_characters(text));
      const std::string y = number_text(axis_.y_of(tick));
      body += fill_form(
          "<line class=\"{}\" x2=\"100%\" y1=\"{}\" y2=\"{}\"/>"
          "<text x=\"-6\" y=\"{}\" text-anchor=\"end\">{}</text>\n",
          tick == Amount() ? "zero" : "grid", y, y, number_text(axis_.y_of(tick) + kTextDrop),
          text);
    }
    for (std::size_t place = 0; place < plot_.columns.size(); ++place) body += column_svg(place);
    return fill_form(
        "<svg class=\"columns {}\" height=\"{}\" role=\"img\" aria-label=\"{}\">\n{}</svg>\n",
        margin_class(longest), number_text(kHeight), plot_.name, body);
  }

 private:
  static std::string_view margin_class(std::size_t longest_tick) {
    if (longest_tick <= 5) return "short-ticks";
    return longest_tick <= 9 ? "ticks" : "long-ticks";
  }

  [[nodiscard]] std::string column_svg(std::size_t place) const {
    const PlotColumn& column = plot_.columns[place];
    const double slot = 1.0 / static_cast<double>(plot_.columns.size());
    const double left = slot * (static_cast<double>(place) + (1 - kColumnShare) / 2);
    const std::string middle = percent(slot * (static_cast<double>(place) + 0.5));
    double top = axis_.y_of(Amount());
    std::string shapes = parts_svg(column, percent(left), percent(slot * kColumnShare), top);
    if (column.is_incomplete) {
      // A short mark above what is known; up to the top if nothing is.
      const double end = column.parts.empty() ? kTop : std::max(top - kMarkHeight, kTop - 4);
      shapes += fill_form(R"(<line class="missing" x1="{}" x2="{}" y1="{}" y2="{}"/>)", middle,
                          middle, number_text(end), number_text(top - 2));
    }
    std::string out;
    if (!shapes.empty()) {
      out = fill_form("<g{}><title>{}</title>{}</g>\n", column.is_open ? " class=\"open\"" : "",
                      column.title, shapes);
    }
    if (column.label.empty()) return out;
    const bool is_last = place + 1 == plot_.columns.size();
    return out + fill_form("<text{} x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>\n",
                           column.is_minor ? " class=\"minor\"" : "", is_last ? "100%" : middle,
                           number_text(kLabels), is_last ? "end" : "middle", column.label);
  }

  // `top`: where what is drawn upwards ends.
  [[nodiscard]] std::string parts_svg(const PlotColumn& column, const std::string& x,
                                      const std::string& width, double& top) const {
    std::string out;
    Amount up;
    Amount down;
    for (std::size_t i = 0; i < column.parts.size(); ++i) {
      const Amount part = column.parts[i];
      if (part == Amount()) continue;
      Amount& end = part < Amount() ? down : up;
      const double from = axis_.y_of(end);
      if (!end.add(part)) break;
      const double to = axis_.y_of(end);
      const double height = std::abs(to - from);
      if (height < 0.5 && !out.empty()) continue;
      const double drawn = height > 3 * kBetweenParts ? height - kBetweenParts : height;
      // However little it is, it is not nothing.
      out += fill_form(R"(<rect class="{}" x="{}" width="{}" y="{}" height="{}"/>)", plot_.fills[i],
                       x, width, number_text(part < Amount() ? from : from - drawn),
                       number_text(std::max(drawn, 1.0)));
    }
    top = axis_.y_of(up);
    return out;
  }

  const Plot& plot_;
  Axis axis_;
};

}  // namespace

std::string plot_svg(const Plot& plot) { return Drawing(plot).svg(); }

std::string swatch_svg(std::string_view fill) {
  constexpr std::string_view kMark = R"(<line class="missing" x1="6" x2="6" y2="12"/>)";
  return fill_form(R"(<svg class="swatch" width="12" height="12" aria-hidden="true">{}</svg>)",
                   fill.empty()
                       ? std::string(kMark)
                       : fill_form(R"(<rect class="{}" width="12" height="12" rx="2"/>)", fill));
}

Amount round_up(Amount magnitude) {
  constexpr std::array<std::string_view, 10> kSteps{"1", "1.5", "2", "2.5", "3",
                                                    "4", "5",   "6", "8",   "10"};
  if (magnitude == Amount()) return Amount::parse("1").value();
  const int exponent = static_cast<int>(std::floor(std::log10(nearest_double(magnitude))));
  for (const std::string_view step : kSteps) {
    const auto rounded = Amount::parse(std::string(step) + "e" + std::to_string(exponent));
    if (rounded && *rounded >= magnitude) return *rounded;
  }
  return magnitude;  // at the end of what an amount can be
}

}  // namespace cloud_billing
