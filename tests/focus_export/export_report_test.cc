#include "focus_export/export_report.h"

#include <gtest/gtest.h>

#include "focus_export/progress_line.h"

namespace cloud_billing {
namespace {

Amount exact(std::string_view text) { return *Amount::parse(text); }

std::vector<ExportedMonth> months() {
  ExportedMonth good{"prod", "2026-10", 2, {}, {}};
  good.sums["CNY"] = {exact("12.5"), exact("3"), exact("12")};
  good.sums["USD"] = {exact("1"), exact("1"), std::nullopt};
  return {good, {"dev", "2026-10", 0, {}, "page 1 of the bill: HTTP 403"}};
}

TEST(ExportReport, ShowsEachMonthBesideTheProvidersOwnTotal) {
  EXPECT_EQ(write_export_table(months(), 0),
            "ACCOUNT  MONTH    ROWS  CURRENCY  BILLED  EFFECTIVE  PROVIDER'S TOTAL  DIFFERENCE\n"
            "prod     2026-10  2     CNY       12.5    3          12                0.5\n"
            "prod     2026-10  2     USD       1       1          not known         -\n"
            "dev      2026-10  -     -         -       -          -                 not in the "
            "file\n");
}

TEST(ExportReport, ShowsAMonthWithoutRowsToo) {
  EXPECT_EQ(write_export_table({{"new", "2026-11", 0, {}, {}}}, 0),
            "ACCOUNT  MONTH    ROWS  CURRENCY  BILLED  EFFECTIVE  PROVIDER'S TOTAL  DIFFERENCE\n"
            "new      2026-11  0     -         -       -          -                 -\n");
}

TEST(ExportReport, SaysWhyAMonthIsMissing) {
  const auto missing = missing_months(months());
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].message, "dev, 2026-10: not in the file: page 1 of the bill: HTTP 403");
}

TEST(ProgressLine, TellsHowFarItIsAndHowFast) {
  EXPECT_EQ(describe_progress({2, 3, 120, 34500}, std::chrono::seconds(20)),
            "2 of 3 accounts, 120 pages, 34500 rows, 1725 rows/s, 20 s");
}

}  // namespace
}  // namespace cloud_billing
