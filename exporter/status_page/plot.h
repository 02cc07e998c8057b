#pragma once

// A plot of stacked columns as inline SVG, without a script or anything to fetch. Positions across
// are percentages and heights are pixels, so it is as wide as its place, while its text keeps its
// size. Colours are the style sheet's. Its texts are HTML: what comes from outside is escaped
// already. Knows no language. Pure.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/amount.h"

namespace cloud_billing {

struct PlotColumn {
  std::string title;               // shown when pointed at
  std::string label;               // beneath it; empty: none
  bool is_minor = false;           // its label is left out on narrow screens
  bool is_open = false;            // it still grows
  bool is_incomplete = false;      // a mark says that something, or all, is missing
  std::vector<Amount> parts = {};  // from zero upwards; what is negative, downwards
};

struct Plot {
  std::string name;                     // for those who do not see it
  std::vector<std::string_view> fills;  // of the parts: classes of the style sheet
  std::vector<PlotColumn> columns;
  std::function<std::string(Amount)> tick_text;
};

[[nodiscard]] std::string plot_svg(const Plot& plot);

// A piece of a plot's legend: the fill, or the mark of what is missing if that is empty.
[[nodiscard]] std::string swatch_svg(std::string_view fill);

// The smallest amount with few digits that is not below the magnitude: 1, 1.5, 2, 2.5, 3, 4, 5, 6
// or 8 times a power of ten; 1 for 0.
[[nodiscard]] Amount round_up(Amount magnitude);

}  // namespace cloud_billing
