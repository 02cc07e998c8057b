// What people read of the plots: words in both languages, and the exact values behind each.

#include "status_page/cost_plots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/literals.h"

namespace cloud_billing {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// 30 days up to 22 November 2026, none of which is known.
CostSeries unknown_days(std::size_t accounts = 1) {
  CostSeries series;
  series.first_day = parse_day("2026-10-24").value();
  series.days.resize(30);
  for (CostColumn& day : series.days) day.accounts = accounts;
  return series;
}

CostColumn column(std::string_view cost, std::vector<Amount> parts = {}) {
  return {amount(cost), std::move(parts), 1, 1};
}

CostSeries two_services() {
  CostSeries series = unknown_days();
  series.services = {{"baidu", "BCC", "云服务器", amount("5")}, {"baidu", "<i>", "", amount("1")}};
  series.days[29] = column("3.00000001", {amount("2"), amount("1.00000001"), {}, {}});
  series.days[28] = column("9", {{}, {}, {}, amount("9")});
  series.days[27] = column("0", {{}, {}, {}, {}});
  return series;
}

std::string english(const CostSeries& series) {
  return render_plots("CNY", series, kEnglishPlots, kEnglishTimes);
}
std::string chinese(const CostSeries& series) {
  return render_plots("CNY", series, kChinesePlots, kChineseTimes);
}

TEST(CostPlots, SayInWordsWhatTheyShow) {
  EXPECT_THAT(english(two_services()),
              HasSubstr("role=\"img\" aria-label=\"Cost of each day in CNY, 24 Oct to 22 Nov; the "
                        "highest is 9.00, on 21 Nov. "));
  EXPECT_THAT(
      chinese(two_services()),
      HasSubstr("aria-label=\"10月24日至11月22日的每日费用（CNY），最高为11月21日的 9.00。"));
}

TEST(CostPlots, HaveATableOfTheExactValues) {
  const std::string html = english(two_services());
  EXPECT_THAT(
      html,
      HasSubstr("<tr><th scope=\"col\">Day</th><th scope=\"col\">Cost</th>"
                "<th scope=\"col\">云服务器 <code>BCC</code></th><th scope=\"col\">&lt;i&gt;</th>"
                "<th scope=\"col\">services not told apart</th></tr>"));
  EXPECT_THAT(html, HasSubstr("<tr><th scope=\"row\">22 Nov</th>"
                              "<td><data value=\"3.00000001\">3.00000001</data></td>"
                              "<td><data value=\"2\">2.00</data></td>"
                              "<td><data value=\"1.00000001\">1.00000001</data></td>"
                              "<td><data value=\"0\">0.00</data></td></tr>"));
}

TEST(CostPlots, TellZeroFromWhatIsNotKnown) {
  const std::string html = english(two_services());
  EXPECT_THAT(html, HasSubstr("<tr><th scope=\"row\">20 Nov</th><td><data value=\"0\">0.00</data>"
                              "</td><td><data value=\"0\">0.00</data></td>"));
  EXPECT_THAT(html, HasSubstr("<tr><th scope=\"row\">19 Nov</th><td>–</td><td>–</td>"));
  EXPECT_THAT(html, HasSubstr("<tr><th scope=\"row\">21 Nov</th><td><data value=\"9\">9.00</data>"
                              "</td><td>–</td><td>–</td><td><data value=\"9\">"))
      << "a day whose services are not told apart did not cost 0 for each of them";
  EXPECT_THAT(html, HasSubstr("<title>19 Nov: not known</title>"));
}

TEST(CostPlots, HaveALegendInWords) {
  const std::string html = english(two_services());
  for (const char* words : {"</svg> 云服务器 <code>BCC</code></li>", "</svg> &lt;i&gt;</li>",
                            "</svg> services not told apart</li>", "</svg> not known</li>"}) {
    EXPECT_THAT(html, HasSubstr(words));
  }
  EXPECT_THAT(html, Not(HasSubstr("other services"))) << "there are none";
}

TEST(CostPlots, SayOfHowManyAccountsADayIs) {
  CostSeries series = unknown_days(3);
  series.services = {{"baidu", "BCC", "", amount("5")}};
  series.days[29] = {amount("4"), {amount("4"), {}, {}}, 2, 3};
  const std::string html = english(series);
  EXPECT_THAT(html, HasSubstr("<title>22 Nov: CNY 4.00, known of 2 of 3 accounts only</title>"));
  EXPECT_THAT(html, HasSubstr("<td><data value=\"4\">4.00</data></td><td>2 of 3</td></tr>"));
  EXPECT_THAT(html, HasSubstr("</svg> not known of all accounts</li>"));
  EXPECT_THAT(chinese(series), HasSubstr("<title>11月22日：CNY 4.00，仅含 2/3 个账号</title>"));
}

TEST(CostPlots, NameMonths) {
  CostSeries series;
  series.first_month = BillingMonth::parse("2025-12").value();
  series.months = {column("12"), {std::nullopt, {}, 0, 1}, column("1500000")};
  EXPECT_THAT(english(series),
              AllOf(HasSubstr(">Dec</text>"), HasSubstr(">2026</text>"), HasSubstr(">Feb</text>"),
                    HasSubstr("<tr><th scope=\"row\">February 2026, so far</th>"
                              "<td><data value=\"1500000\">1,500,000.00</data></td></tr>"),
                    HasSubstr("<tr><th scope=\"row\">January 2026</th><td>–</td></tr>"),
                    HasSubstr("<g class=\"open\">"), HasSubstr(">1.5 M</text>")));
  EXPECT_THAT(chinese(series),
              AllOf(HasSubstr(">12月</text>"), HasSubstr(">2026</text>"),
                    HasSubstr(">150 万</text>"), HasSubstr("2026年2月（截至目前）")));
}

TEST(CostPlots, OfNothingAreNothing) { EXPECT_EQ(english(CostSeries()), ""); }

}  // namespace
}  // namespace cloud_billing
