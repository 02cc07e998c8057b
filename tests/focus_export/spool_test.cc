#include "focus_export/spool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace cloud_billing {
namespace {

namespace fs = std::filesystem;

TEST(Spool, GivesBackEachPieceAndHasNoName) {
  const fs::path directory = fs::path(testing::TempDir()) / "spool_test";
  fs::create_directory(directory);
  auto spool = Spool::open(directory.string());
  ASSERT_TRUE(spool) << spool.error().message;
  EXPECT_TRUE(fs::is_empty(directory));
  ASSERT_TRUE(spool->append("first"));
  const auto place = spool->size();
  ASSERT_TRUE(spool->append("second"));
  std::string bytes;
  ASSERT_TRUE(spool->read(place, 6, bytes));
  EXPECT_EQ(bytes, "second");
  ASSERT_TRUE(spool->read(0, 5, bytes));
  EXPECT_EQ(bytes, "first");
  EXPECT_FALSE(spool->read(place, 7, bytes));
  fs::remove(directory);
}

TEST(Spool, InADirectoryThatIsNotThereNamesIt) {
  const auto spool = Spool::open("/nowhere/at/all");
  ASSERT_FALSE(spool);
  EXPECT_THAT(spool.error().message, testing::HasSubstr("/nowhere/at/all"));
}

}  // namespace
}  // namespace cloud_billing
