#include "state/state_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "tests/temporary_directory.h"

namespace cloud_billing {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

AccountRecord record_of(const std::string& account, const std::string& account_id) {
  AccountRecord record;
  record.account = account;
  record.results.account_id = account_id;
  return record;
}

// Nothing can be opened as long as it lives.
class NoMoreDescriptors {
 public:
  NoMoreDescriptors() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit none{0, before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &none);
  }
  ~NoMoreDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  NoMoreDescriptors(const NoMoreDescriptors&) = delete;
  NoMoreDescriptors& operator=(const NoMoreDescriptors&) = delete;

 private:
  rlimit before_{};
};

class StateStoreTest : public TemporaryDirectoryTest {
 protected:
  std::unique_ptr<StateStore> open() {
    auto store = StateStore::open(store_directory_);
    EXPECT_TRUE(store) << store.error().message;
    return store ? std::move(store).value() : nullptr;
  }

  // Names but the lock's.
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(store_directory_)) {
      if (entry.path().filename() != "lock") names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }
  std::string only_file() const {
    const std::vector<std::string> names = files();
    EXPECT_THAT(names, SizeIs(1U));
    return names.empty() ? store_directory_ : store_directory_ + "/" + names.front();
  }

  // Saves an account, changes its file, and loads: nothing may come of it, and the file is kept.
  void expect_set_aside(const std::function<std::string(std::string)>& change,
                        const std::string& reason) {
    const auto store = open();
    ASSERT_TRUE(store->save(record_of("prod", "id-1")));
    const std::string path = only_file();
    std::ifstream in(path);
    const std::string content{std::istreambuf_iterator<char>(in), {}};
    const std::string changed = change(content);
    ASSERT_NE(changed, content);
    std::ofstream(path) << changed;

    testing::internal::CaptureStderr();
    EXPECT_FALSE(store->load("prod")) << changed;
    EXPECT_THAT(testing::internal::GetCapturedStderr(),
                testing::AllOf(HasSubstr("level=warn"), HasSubstr(path), HasSubstr(reason)));
    const std::string kept = only_file();
    EXPECT_THAT(kept, HasSubstr(path + ".bad-"));
    std::ifstream kept_in(kept);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(kept_in), {}), changed);

    ASSERT_TRUE(store->save(record_of("prod", "id-2")));
    EXPECT_EQ(store->load("prod")->results.account_id, "id-2");
  }

  const std::string store_directory_ = path("state");
};

TEST_F(StateStoreTest, GivesBackWhatWasSavedLast) {
  ASSERT_TRUE(open()->save(record_of("prod", "id-1")));
  ASSERT_TRUE(open()->save(record_of("prod", "id-2")));
  const auto store = open();
  const auto record = store->load("prod");
  ASSERT_TRUE(record);
  EXPECT_EQ(record->results.account_id, "id-2");
  EXPECT_FALSE(store->load("test"));
}

TEST_F(StateStoreTest, KeepsEveryAccountApartWhateverItsName) {
  const std::vector<std::string> accounts{"a/b",  "a_b",  "A_B", "../up", ".",   "..",     "lock",
                                          "生产", "测试", "a b", "-",     "a-b", "a.state"};
  std::vector<std::string> long_ones;
  for (const std::string last : {"x", "y"}) {
    std::string name;
    for (int i = 0; i < 63; ++i) name += "😀";
    long_ones.push_back(name + last);
  }
  {
    const auto store = open();
    for (const auto& names : {accounts, long_ones}) {
      for (const std::string& name : names) ASSERT_TRUE(store->save(record_of(name, name)));
    }
  }
  const auto store = open();
  for (const auto& names : {accounts, long_ones}) {
    for (const std::string& name : names) EXPECT_EQ(store->load(name)->results.account_id, name);
  }
  EXPECT_THAT(files(), SizeIs(accounts.size() + long_ones.size()));
}

TEST_F(StateStoreTest, IsForItsOwnerOnly) {
  ASSERT_TRUE(open()->save(record_of("prod", "id-1")));
  struct stat status {};
  ASSERT_EQ(::stat(only_file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat(store_directory_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST_F(StateStoreTest, KeepsASecondOneOutWhileTheFirstLives) {
  auto first = open();
  const auto second = StateStore::open(store_directory_);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().message, HasSubstr(store_directory_ + ": another process uses it"));
  first.reset();
  EXPECT_TRUE(StateStore::open(store_directory_));
}

TEST_F(StateStoreTest, NamesADirectoryThatCannotBeUsed) {
  const std::string below_nothing = path("no/state");
  EXPECT_THAT(StateStore::open(below_nothing).error().message,
              HasSubstr(below_nothing + ": No such file or directory"));
  const std::string file = path("file");
  std::ofstream(file) << "x";
  EXPECT_THAT(StateStore::open(file).error().message, HasSubstr(file + ": Not a directory"));
}

TEST_F(StateStoreTest, SetsATornFileAside) {
  expect_set_aside([](const std::string& content) { return content.substr(0, content.size() / 2); },
                   "it is damaged");
}

TEST_F(StateStoreTest, SetsAFileAsideOfWhichOnlyTheFirstLineIsThere) {
  expect_set_aside([](const std::string& content) { return content.substr(0, content.find('\n')); },
                   "it is damaged");
}

TEST_F(StateStoreTest, SetsAnEmptyFileAside) {
  expect_set_aside([](const std::string&) { return ""; }, "it is no state file");
}

TEST_F(StateStoreTest, SetsAFileAsideOfWhichOneDigitChanged) {
  expect_set_aside(
      [](std::string content) {
        content.replace(content.find("id-1"), 4, "id-7");
        return content;
      },
      "it is damaged");
}

TEST_F(StateStoreTest, SetsAForeignFileAside) {
  expect_set_aside([](const std::string&) { return R"({"version":1})"; }, "it is no state file");
}

TEST_F(StateStoreTest, SetsAFileOfANewerVersionAside) {
  expect_set_aside(
      [](std::string content) {
        content.replace(content.find(" 1 "), 3, " 2 ");
        return content;
      },
      "a newer version of this program wrote it");
}

TEST_F(StateStoreTest, SetsWhatIsNoFileAside) {
  const auto store = open();
  ASSERT_TRUE(store->save(record_of("prod", "id-1")));
  const std::string path = only_file();
  std::filesystem::remove(path);
  std::filesystem::create_directory(path);
  EXPECT_FALSE(store->load("prod"));
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_TRUE(store->save(record_of("prod", "id-1")));
}

// As on a disk that fails: not even whether the file is there can be told.
TEST_F(StateStoreTest, SaysThatItCannotSaveIfNothingCanBeToldOfTheFile) {
  ASSERT_TRUE(open()->save(record_of("prod", "id-1")));
  auto store = open();
  const std::filesystem::path aside = directory_.string() + ".aside";
  std::filesystem::rename(directory_, aside);
  std::filesystem::create_symlink(directory_, directory_);  // a loop
  testing::internal::CaptureStderr();
  EXPECT_FALSE(store->load("prod"));
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("left as it is"));
  Status saved;
  EXPECT_NO_THROW(saved = store->save(record_of("prod", "id-2")));
  std::filesystem::remove(directory_);
  std::filesystem::rename(aside, directory_);
  EXPECT_FALSE(saved);
  EXPECT_TRUE(store->save(record_of("prod", "id-3"))) << "once it can be";
}

// A loop of links stands for what nobody can read, as without permission, which root always has.
TEST_F(StateStoreTest, LeavesAFileAloneThatCannotBeReadUntilItCan) {
  ASSERT_TRUE(open()->save(record_of("prod", "id-1")));
  const std::string path = only_file();
  const std::string good = path + ".good";
  std::filesystem::rename(path, good);
  std::filesystem::create_symlink(path, path);

  auto store = open();
  testing::internal::CaptureStderr();
  EXPECT_FALSE(store->load("prod"));
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              testing::AllOf(HasSubstr("cannot be read and is left as it is"),
                             HasSubstr("account=prod"), HasSubstr(path)));
  EXPECT_TRUE(std::filesystem::is_symlink(path));
  const Status saved = store->save(record_of("prod", "id-2"));
  ASSERT_FALSE(saved);
  EXPECT_THAT(saved.error().message,
              HasSubstr("make it readable or remove it, it is not replaced before"));
  EXPECT_TRUE(store->save(record_of("other", "id-3")));

  std::filesystem::rename(good, path);
  store.reset();
  EXPECT_EQ(open()->load("prod")->results.account_id, "id-1");
}

TEST_F(StateStoreTest, LeavesAFileAloneWhereDescriptorsHaveRunOut) {
  const auto store = open();
  ASSERT_TRUE(store->save(record_of("prod", "id-1")));
  const std::string path = only_file();
  {
    const NoMoreDescriptors limit;
    EXPECT_FALSE(store->load("prod"));
  }
  ASSERT_TRUE(std::filesystem::exists(path));
  EXPECT_EQ(store->load("prod")->results.account_id, "id-1");
  EXPECT_TRUE(store->save(record_of("prod", "id-2")));  // it can be read by now
}

TEST_F(StateStoreTest, ClearsAwayWhatAKilledProcessHadBegunButNoFileOfOthers) {
  ASSERT_TRUE(open()->save(record_of("prod", "id-1")));
  const std::string path = only_file();
  std::ofstream(path + ".tmp4711") << "cloud_billing_exporter state";
  std::ofstream(store_directory_ + "/notes.txt") << "mine";
  const auto store = open();
  EXPECT_THAT(files(), ElementsAre("notes.txt", std::filesystem::path(path).filename().string()));
  EXPECT_EQ(store->load("prod")->results.account_id, "id-1");
}

TEST_F(StateStoreTest, KeepsTheOldFileWhereTheNewCannotBeWritten) {
  const auto store = open();
  ASSERT_TRUE(store->save(record_of("prod", "id-1")));
  const std::string path = only_file();
  // Where the new file would be written aside.
  const std::string aside = path + std::string(kAsideMark) + std::to_string(::getpid());
  std::filesystem::create_directory(aside);
  const Status saved = store->save(record_of("prod", "id-2"));
  ASSERT_FALSE(saved);
  EXPECT_THAT(saved.error().message, HasSubstr(path));
  EXPECT_EQ(store->load("prod")->results.account_id, "id-1");
}

}  // namespace
}  // namespace cloud_billing
