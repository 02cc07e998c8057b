#include "app/config_watch.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "tests/temporary_directory.h"

namespace cloud_billing {
namespace {

using std::chrono::seconds;

class ConfigWatchTest : public TemporaryDirectoryTest {
 protected:
  void write(const std::string& text) const { std::ofstream(file_) << text; }

  // How many changes are found while so much time goes by.
  int changes_within(ConfigWatch& watch, seconds time) {
    int changes = 0;
    for (const SteadyTime end = now_ + time; now_ < end; now_ += seconds(1)) {
      if (watch.take_change(now_)) ++changes;
    }
    return changes;
  }

  const std::string file_ = path("config.yml");
  SteadyTime now_{};
};

TEST_F(ConfigWatchTest, FindsEachNewContentOnce) {
  write("a");
  ConfigWatch watch(file_, seconds(10));
  EXPECT_EQ(changes_within(watch, seconds(60)), 0);
  write("b");
  EXPECT_EQ(changes_within(watch, seconds(60)), 1);
  write("a");
  EXPECT_EQ(changes_within(watch, seconds(60)), 1);
  EXPECT_EQ(changes_within(watch, seconds(600)), 0);
}

TEST_F(ConfigWatchTest, LooksOncePerInterval) {
  write("a");
  ConfigWatch watch(file_, seconds(30));
  EXPECT_FALSE(watch.take_change(now_));
  write("b");
  EXPECT_EQ(changes_within(watch, seconds(30)), 0);
  EXPECT_EQ(changes_within(watch, seconds(2)), 1);
}

TEST_F(ConfigWatchTest, DoesNotMindThatAFileIsWrittenAgainAsItWas) {
  write("a");
  ConfigWatch watch(file_, seconds(1));
  for (int i = 0; i < 5; ++i) {
    std::filesystem::remove(file_);
    write("a");
    EXPECT_EQ(changes_within(watch, seconds(3)), 0);
  }
}

TEST_F(ConfigWatchTest, WaitsUntilAFileIsNoLongerWritten) {
  write("a");
  ConfigWatch watch(file_, seconds(1));
  for (const char* const part : {"", "ac", "acc", "acco"}) {
    write(part);
    EXPECT_EQ(changes_within(watch, seconds(1)), 0) << part;
  }
  EXPECT_EQ(changes_within(watch, seconds(5)), 1);
}

TEST_F(ConfigWatchTest, TakesAFileThatIsGoneForAChangeAndItsReturnToo) {
  write("a");
  ConfigWatch watch(file_, seconds(1));
  std::filesystem::remove(file_);
  EXPECT_EQ(changes_within(watch, seconds(10)), 1);
  write("a");
  EXPECT_EQ(changes_within(watch, seconds(10)), 1);
}

TEST_F(ConfigWatchTest, FollowsALinkThatLeadsElsewhere) {
  write("a");
  std::ofstream(path("other.yml")) << "b";
  std::filesystem::create_symlink(file_, path("link"));
  ConfigWatch watch(path("link"), seconds(1));
  std::filesystem::remove(path("link"));
  std::filesystem::create_symlink(path("other.yml"), path("link"));
  EXPECT_EQ(changes_within(watch, seconds(5)), 1);
}

TEST_F(ConfigWatchTest, KnowsWhatIsReadForAnotherReason) {
  write("a");
  ConfigWatch watch(file_, seconds(1));
  write("b");
  watch.note_reading();
  EXPECT_EQ(changes_within(watch, seconds(10)), 0);
}

TEST_F(ConfigWatchTest, LooksAtNothingWithoutAnInterval) {
  write("a");
  ConfigWatch watch(file_, std::nullopt);
  write("b");
  EXPECT_EQ(changes_within(watch, seconds(600)), 0);
}

}  // namespace
}  // namespace cloud_billing
