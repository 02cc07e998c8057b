#pragma once

// The plots of a series of costs: its days, then its months, each with a legend and, folded up, a
// table of the exact values. Gives HTML; empty if there is nothing to draw. Pure.

#include <string>
#include <string_view>

#include "status_page/cost_series.h"
#include "status_page/plot_sentences.h"
#include "status_page/rendering.h"
#include "status_page/time_sentences.h"

namespace cloud_billing {

[[nodiscard]] std::string render_plots(std::string_view currency, const CostSeries& series,
                                       const PlotSentences& say, const TimeSentences& times);
// Of the currency's series, if there is one.
[[nodiscard]] std::string plots_html(std::string_view currency, const SeriesByCurrency& series,
                                     const Rendering& page);

}  // namespace cloud_billing
