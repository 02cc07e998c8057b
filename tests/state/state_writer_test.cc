#include "state/state_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/temporary_directory.h"

namespace cloud_billing::state_writer_test {
namespace {

using testing::HasSubstr;

AccountRecord record_of(const std::string& account, const std::string& account_id) {
  AccountRecord record;
  record.account = account;
  record.results.account_id = account_id;
  return record;
}

class StateWriterTest : public TemporaryDirectoryTest {
 protected:
  std::unique_ptr<StateStore> store_ = StateStore::open(directory_.string()).value();
};

TEST_F(StateWriterTest, SavesTheNewestOfEachAccountBeforeItStops) {
  {
    StateWriter writer(*store_);
    writer.start_thread();
    for (int i = 0; i <= 50; ++i) {
      for (const std::string account : {"a", "b", "c"}) {
        writer.keep(record_of(account, account + std::to_string(i)));
      }
    }
    writer.stop_thread();
  }
  for (const std::string account : {"a", "b", "c"}) {
    EXPECT_EQ(store_->load(account)->results.account_id, account + "50");
  }
}

TEST_F(StateWriterTest, SaysOnceThatItCannotSaveAndStillStops) {
  std::filesystem::remove_all(directory_);
  testing::internal::CaptureStderr();
  StateWriter writer(*store_);
  for (const std::string account : {"a", "b", "c"}) writer.keep(record_of(account, "1"));
  writer.start_thread();
  writer.stop_thread();
  const std::string log = testing::internal::GetCapturedStderr();
  const std::string warning = "the state is not saved";
  EXPECT_THAT(log, testing::AllOf(HasSubstr(warning), HasSubstr(directory_.string())));
  EXPECT_EQ(log.find(warning), log.rfind(warning)) << log;
  EXPECT_THAT(log, testing::ContainsRegex("level=error msg=\"state is lost: .*\" accounts=3"));
}

TEST_F(StateWriterTest, SaysNothingOfLossesWhereAllIsSaved) {
  testing::internal::CaptureStderr();
  StateWriter writer(*store_);
  writer.keep(record_of("a", "1"));
  writer.start_thread();
  writer.stop_thread();
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace cloud_billing::state_writer_test
