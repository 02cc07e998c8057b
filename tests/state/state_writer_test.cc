#include "state/state_writer.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
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

std::size_t count_of(const std::string& text, const std::string& words) {
  std::size_t count = 0;
  for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) {
    ++count;
  }
  return count;
}

class StateWriterTest : public TemporaryDirectoryTest {
 protected:
  // The only one.
  std::filesystem::path state_file() const {
    for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
      if (entry.path().extension() == ".state") return entry.path();
    }
    return {};
  }

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

TEST_F(StateWriterTest, SaysOnceForAllAccountsThatTheyCannotBeSavedAndStillStops) {
  std::filesystem::remove_all(directory_);
  testing::internal::CaptureStderr();
  StateWriter writer(*store_);
  for (const std::string account_id : {"1", "2"}) {
    for (int i = 0; i < 50; ++i) writer.keep(record_of("a" + std::to_string(i), account_id));
    writer.start_thread();
    writer.stop_thread();
  }
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_EQ(count_of(log, "the state is not saved"), 1U) << log;
  EXPECT_THAT(log, testing::ContainsRegex("level=warn msg=\"the state is not saved\" account=a0 "
                                          "error=\"cannot write " +
                                          directory_.string() +
                                          ".*: No such file or directory\" accounts_waiting=50\n"));
  EXPECT_THAT(log, testing::ContainsRegex("level=error msg=\"state is lost: .*\" accounts=50"));
  EXPECT_EQ(count_of(log, "\n"), 3U) << log;

  std::filesystem::create_directory(directory_);
  testing::internal::CaptureStderr();
  writer.start_thread();
  writer.stop_thread();
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              testing::MatchesRegex("[^\n]*level=info msg=\"the state is saved again\" "
                                    "after=\"No such file or directory\"\n"));
  EXPECT_EQ(store_->load("a49")->results.account_id, "2");
}

// The first record cannot be saved, nor can a newer one that comes while another account's is.
TEST_F(StateWriterTest, SavesTheNewestOfThoseThatCouldNotBeSaved) {
  const auto path_of = [this](const std::string& account) {
    EXPECT_TRUE(store_->save(record_of(account, "0")));
    const std::filesystem::path path = state_file();
    std::filesystem::remove(path);
    return path;
  };
  const std::filesystem::path first = path_of("a");
  const std::filesystem::path second = path_of("b");
  std::filesystem::create_directory(first);         // which no file can replace
  std::filesystem::create_symlink(second, second);  // unreadable, so read again before it is saved
  EXPECT_EQ(store_->load("b"), std::nullopt);
  std::filesystem::remove(second);
  ASSERT_EQ(::mkfifo(second.c_str(), 0600), 0);

  StateWriter writer(*store_);
  for (const std::string account : {"a", "b"}) writer.keep(record_of(account, "1"));
  writer.start_thread();
  const int reader_is_there = ::open(second.c_str(), O_WRONLY);
  std::filesystem::remove(second);
  writer.keep(record_of("a", "2"));
  ::close(reader_is_there);
  writer.stop_thread();
  std::filesystem::remove(first);
  writer.start_thread();
  writer.stop_thread();
  EXPECT_EQ(store_->load("a")->results.account_id, "2");
  EXPECT_EQ(store_->load("b")->results.account_id, "1");
}

// The file of one account only, in whose place is something that no file can replace.
TEST_F(StateWriterTest, SaysThatAllIsSavedAgainOnceNoAccountFails) {
  ASSERT_TRUE(store_->save(record_of("b", "1")));
  const std::filesystem::path path = state_file();
  std::filesystem::remove(path);
  std::filesystem::create_directory(path);
  testing::internal::CaptureStderr();
  StateWriter writer(*store_);
  for (int i = 2; i < 5; ++i) {
    for (const std::string account : {"a", "b", "c"}) {
      writer.keep(record_of(account, std::to_string(i)));
    }
    writer.start_thread();
    writer.stop_thread();
  }
  const std::string failing = testing::internal::GetCapturedStderr();
  EXPECT_EQ(count_of(failing, "the state is not saved"), 1U) << failing;
  EXPECT_EQ(count_of(failing, "saved again"), 0U) << failing;
  EXPECT_EQ(store_->load("a")->results.account_id, "4");

  std::filesystem::remove(path);
  testing::internal::CaptureStderr();
  for (const std::string account : {"a", "b"}) writer.keep(record_of(account, "5"));
  writer.start_thread();
  writer.stop_thread();
  const std::string mended = testing::internal::GetCapturedStderr();
  EXPECT_EQ(count_of(mended, "the state is saved again"), 1U) << mended;
  EXPECT_EQ(store_->load("b")->results.account_id, "5");
}

// One account's file must not hide that no account is saved any more.
TEST_F(StateWriterTest, SaysOfEachReasonThatItBeginsAndThatItIsOver) {
  ASSERT_TRUE(store_->save(record_of("b", "1")));
  const std::filesystem::path path = state_file();
  std::filesystem::remove(path);
  std::filesystem::create_directory(path);
  StateWriter writer(*store_);
  const auto log_of_a_round = [&writer] {
    testing::internal::CaptureStderr();
    for (const std::string account : {"a", "b"}) writer.keep(record_of(account, "2"));
    writer.start_thread();
    writer.stop_thread();
    return testing::internal::GetCapturedStderr();
  };
  EXPECT_THAT(log_of_a_round(), HasSubstr("Is a directory\" accounts_waiting=1\n"));
  std::filesystem::remove_all(directory_);
  EXPECT_THAT(log_of_a_round(), HasSubstr("No such file or directory\" accounts_waiting=2\n"));
  std::filesystem::create_directories(path);
  EXPECT_THAT(log_of_a_round(), HasSubstr("Is a directory\" accounts_waiting=1\n"));
  std::filesystem::remove(path);
  EXPECT_THAT(log_of_a_round(), HasSubstr("saved again\" after=\"Is a directory\"\n"));
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
