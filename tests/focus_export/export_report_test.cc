#include "focus_export/export_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "focus_export/progress_line.h"

namespace cloud_billing {
namespace {

using testing::HasSubstr;
using testing::Not;

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

ExportProgress half_read() {
  ExportProgress progress;
  progress.accounts = 1;
  progress.of_accounts = 3;
  progress.read = {120, 240, 34500};
  progress.knows_all_pages = true;
  progress.share_read = 0.5;
  return progress;
}

constexpr std::size_t kWide = 200;

TEST(ProgressLine, TellsHowFarItIsAndHowFast) {
  EXPECT_EQ(describe_progress(half_read(), std::chrono::seconds(20), kWide),
            "1 of 3 accounts, 120 of 240 pages, 34500 rows, about 20 s left, 1725 rows/s, 20 s");
}

TEST(ProgressLine, SaysThatThereAreMorePagesThanAreKnownOf) {
  ExportProgress progress = half_read();
  progress.knows_all_pages = false;
  EXPECT_THAT(describe_progress(progress, std::chrono::seconds(20), kWide),
              HasSubstr("120 of 240+ pages"));
  progress.read.of_pages = 0;
  EXPECT_THAT(describe_progress(progress, std::chrono::seconds(20), kWide),
              HasSubstr(", 120 pages,"));
}

TEST(ProgressLine, SaysHowLongItWillTakeOnceItCanBeTold) {
  const auto left = [](double share, int seconds) {
    ExportProgress progress = half_read();
    progress.share_read = share;
    return describe_progress(progress, std::chrono::seconds(seconds), kWide);
  };
  EXPECT_THAT(left(0.25, 60), HasSubstr("about 3 min left"));
  EXPECT_THAT(left(0.1, 1000), HasSubstr("about 3 h left"));
  EXPECT_THAT(left(0.01, 60), Not(HasSubstr("left")));
}

TEST(ProgressLine, SaysHowMuchIsWrittenOfWhatWasRead) {
  ExportProgress progress = half_read();
  progress.share_read = 1;
  progress.rows_written = 30000;
  EXPECT_THAT(describe_progress(progress, std::chrono::seconds(20), kWide),
              HasSubstr("34500 rows, 30000 of them written,"));
}

TEST(ProgressLine, StaysInOneLineOfTheTerminal) {
  EXPECT_EQ(describe_progress(half_read(), std::chrono::seconds(20), 79),
            "1 of 3 accounts, 120 of 240 pages, 34500 rows, about 20 s left, 1725 rows/s");
  EXPECT_EQ(describe_progress(half_read(), std::chrono::seconds(20), 20), "1 of 3 accounts");
}

}  // namespace
}  // namespace cloud_billing
