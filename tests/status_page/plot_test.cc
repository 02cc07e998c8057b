// How amounts become columns.

#include "status_page/plot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <vector>

#include "tests/literals.h"

namespace cloud_billing {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct Rectangle {
  std::string fill;
  double y = 0;
  double height = 0;
};

std::vector<Rectangle> rectangles_of(const std::string& svg) {
  const std::regex form("<rect class=\"([^\"]*)\"[^>]* y=\"([0-9.]+)\" height=\"([0-9.]+)\"/>");
  std::vector<Rectangle> found;
  for (std::sregex_iterator match(svg.begin(), svg.end(), form), end; match != end; ++match) {
    found.push_back({(*match)[1], std::stod((*match)[2]), std::stod((*match)[3])});
  }
  return found;
}

std::vector<std::string> ticks_of(const std::string& svg) {
  const std::regex form("<text x=\"-6\"[^>]*>([^<]*)</text>");
  std::vector<std::string> found;
  for (std::sregex_iterator match(svg.begin(), svg.end(), form), end; match != end; ++match) {
    found.push_back((*match)[1]);
  }
  return found;
}

Plot plot_of(std::vector<std::vector<std::string>> columns) {
  Plot plot{"a plot", {"one", "two"}, {}, [](Amount tick) { return tick.to_decimal(); }};
  for (const auto& parts : columns) {
    PlotColumn column{"title", "label"};
    for (const std::string& part : parts) column.parts.push_back(amount(part));
    plot.columns.push_back(std::move(column));
  }
  return plot;
}

TEST(Plot, ColumnsAreAsHighAsTheirAmounts) {
  const auto drawn = rectangles_of(plot_svg(plot_of({{"100"}, {"50"}})));
  ASSERT_EQ(drawn.size(), 2U);
  EXPECT_NEAR(drawn[0].height, 2 * drawn[1].height, 1.1);
  EXPECT_NEAR(drawn[0].y + drawn[0].height, drawn[1].y + drawn[1].height, 0.01) << "one base line";
}

TEST(Plot, PartsStandOnEachOther) {
  const auto drawn = rectangles_of(plot_svg(plot_of({{"60", "40"}})));
  ASSERT_EQ(drawn.size(), 2U);
  EXPECT_EQ(drawn[0].fill, "one");
  EXPECT_EQ(drawn[1].fill, "two");
  EXPECT_LT(drawn[1].y + drawn[1].height, drawn[0].y) << "with a gap between them";
  EXPECT_GT(drawn[1].y + drawn[1].height, drawn[0].y - 2);
}

TEST(Plot, WhatIsNegativeGoesDown) {
  const auto drawn = rectangles_of(plot_svg(plot_of({{"100"}, {"-100"}})));
  ASSERT_EQ(drawn.size(), 2U);
  EXPECT_NEAR(drawn[1].y, drawn[0].y + drawn[0].height, 0.01);
  EXPECT_THAT(ticks_of(plot_svg(plot_of({{"100"}, {"-100"}}))),
              ElementsAre("0", "100", "50", "-100", "-50"));
}

TEST(Plot, NoTwoLinesAreTooCloseForTheirAmounts) {
  EXPECT_THAT(ticks_of(plot_svg(plot_of({{"1000"}, {"-1"}}))), ElementsAre("0", "1000", "500"));
}

TEST(Plot, TheLeastAmountIsSeen) {
  const auto drawn = rectangles_of(plot_svg(plot_of({{"1000000"}, {"0.01", "0.01"}, {"0"}})));
  ASSERT_EQ(drawn.size(), 2U) << "and a zero is nothing";
  EXPECT_GE(drawn[1].height, 1);
}

TEST(Plot, WhatIsMissingHasAMarkAndZeroHasNone) {
  Plot plot = plot_of({{"0"}});
  EXPECT_THAT(plot_svg(plot), Not(HasSubstr("class=\"missing\"")));
  plot.columns[0].parts.clear();
  plot.columns[0].is_incomplete = true;
  EXPECT_THAT(plot_svg(plot), HasSubstr("class=\"missing\""));
  EXPECT_THAT(rectangles_of(plot_svg(plot)), IsEmpty());
}

TEST(Plot, FitsAnyWidth) {
  const std::string svg = plot_svg(plot_of({{"1"}, {"2"}, {"3"}}));
  EXPECT_THAT(svg, Not(HasSubstr("viewBox")));
  for (const char* across : {R"( x="4.33%")", R"( x="37.67%")", R"( x="71%")"}) {
    EXPECT_THAT(svg, HasSubstr(across));
  }
}

TEST(Plot, LinesAreAtAmountsWithFewDigits) {
  for (const auto& [magnitude, rounded] :
       std::vector<std::pair<std::string, std::string>>{{"0", "1"},
                                                        {"1", "1"},
                                                        {"1.0001", "1.5"},
                                                        {"1999.5", "2000"},
                                                        {"61", "80"},
                                                        {"8.1", "10"},
                                                        {"0.00042", "0.0005"},
                                                        {"99999999999", "100000000000"},
                                                        {"1.7e20", "170000000000000000000"}}) {
    EXPECT_EQ(round_up(amount(magnitude)).to_decimal(), rounded) << magnitude;
  }
}

}  // namespace
}  // namespace cloud_billing
