#include "focus_export/charge_recorder.h"

#include <gtest/gtest.h>

namespace cloud_billing {
namespace {

void record_page(ChargeRecorder& recorder, int rows) {
  recorder.begin_page();
  for (int row = 0; row < rows; ++row) recorder.add({}, {});
  EXPECT_TRUE(recorder.end_page());
}

TEST(ChargeRecorder, TellsHowMuchOfItsBillHasCome) {
  Spool spool = *Spool::open("/tmp");
  ChargeRecorder recorder(spool, ChargeFamily::kBilled);
  EXPECT_EQ(recorder.read_so_far().of_pages, 0U);
  recorder.expect_pages(0, 3);
  record_page(recorder, 100);
  recorder.expect_pages(1, 2);
  recorder.expect_pages(1, 4);  // it grew
  record_page(recorder, 70);
  const ReadSoFar read = recorder.read_so_far();
  EXPECT_EQ(read.pages, 2U);
  EXPECT_EQ(read.of_pages, 7U);
  EXPECT_EQ(read.rows, 170U);
}

TEST(ChargeRecorder, CountsNoPageThatWasBegunInVain) {
  Spool spool = *Spool::open("/tmp");
  ChargeRecorder recorder(spool, ChargeFamily::kBilled);
  recorder.begin_page();
  recorder.add({}, {});
  record_page(recorder, 10);
  EXPECT_EQ(recorder.read_so_far().rows, 10U);
}

TEST(ChargeRecorder, KnowsAsManyPagesAsCameOfAListingThatTellsNone) {
  Spool spool = *Spool::open("/tmp");
  ChargeRecorder recorder(spool, ChargeFamily::kBilled);
  record_page(recorder, 1);
  record_page(recorder, 1);
  EXPECT_EQ(recorder.read_so_far().of_pages, 2U);
}

// Readers of pages, and of nonsense.
TEST(ChargePages, AreCountedFromRows) {
  EXPECT_EQ(count_pages(0, 100), 1);
  EXPECT_EQ(count_pages(100, 100), 1);
  EXPECT_EQ(count_pages(101, 100), 2);
  EXPECT_EQ(count_pages(std::nullopt, 100), std::nullopt);
  EXPECT_EQ(count_pages(-1, 100), std::nullopt);
  EXPECT_EQ(count_pages(10, 0), std::nullopt);
}

}  // namespace
}  // namespace cloud_billing
