#include "system/whole_file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/temporary_directory.h"

namespace cloud_billing {
namespace {

using testing::HasSubstr;

class WholeFileTest : public TemporaryDirectoryTest {
 protected:
  std::size_t files() const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(directory_)) {
      ++count;
    }
    return count;
  }
};

TEST_F(WholeFileTest, ReadsBackEveryByte) {
  std::string content(200000, 'x');
  content[70000] = '\0';
  content.back() = '\n';
  ASSERT_TRUE(replace_file(path("f"), content));
  const auto read = read_whole_file(path("f"));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, content);
}

TEST_F(WholeFileTest, ReadsAnEmptyFile) {
  ASSERT_TRUE(replace_file(path("f"), ""));
  EXPECT_EQ(*read_whole_file(path("f")), "");
}

TEST_F(WholeFileTest, NamesWhatCannotBeRead) {
  EXPECT_THAT(read_whole_file(path("gone")).error().message,
              HasSubstr("cannot read " + path("gone") + ": No such file"));
  EXPECT_THAT(read_whole_file(directory_.string()).error().message, HasSubstr("directory"));
}

TEST_F(WholeFileTest, WritesToAPipeInsteadOfReplacingItByAFile) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  const int reader = ::open(path("pipe").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  ASSERT_GE(reader, 0);
  EXPECT_TRUE(replace_file(path("pipe"), "text"));
  std::string got(10, '\0');
  EXPECT_EQ(::read(reader, got.data(), got.size()), 4);
  ::close(reader);
  EXPECT_EQ(got.substr(0, 4), "text");
  EXPECT_TRUE(std::filesystem::is_fifo(path("pipe")));
  EXPECT_EQ(files(), 1U);
}

TEST_F(WholeFileTest, WritesToAnOpenFileThroughItsLinkAndLeavesTheLink) {
  // As `--once.output=/dev/stdout >>file` meets it.
  ASSERT_TRUE(replace_file(path("f"), "before, "));
  const int output = ::open(path("f").c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  ASSERT_GE(output, 0);
  std::filesystem::create_symlink("/proc/self/fd/" + std::to_string(output), path("stdout"));
  EXPECT_TRUE(replace_file(path("stdout"), "text, "));
  EXPECT_EQ(::write(output, "after", 5), 5);
  ::close(output);
  EXPECT_EQ(*read_whole_file(path("f")), "before, text, after");
  EXPECT_TRUE(std::filesystem::is_symlink(path("stdout")));
  EXPECT_EQ(files(), 2U);
}

TEST_F(WholeFileTest, ReplacesWhatALinkPointsToAndLeavesTheLink) {
  std::filesystem::create_directory(path("folder"));
  std::filesystem::create_symlink("folder/target", path("first"));
  std::filesystem::create_symlink(path("first"), path("second"));
  for (const std::string content : {"new", "replaced"}) {
    EXPECT_TRUE(replace_file(path("second"), content));
    EXPECT_EQ(*read_whole_file(path("folder/target")), content);
    EXPECT_TRUE(std::filesystem::is_symlink(path("first")));
    EXPECT_TRUE(std::filesystem::is_symlink(path("second")));
  }
}

TEST_F(WholeFileTest, RefusesALinkToItself) {
  std::filesystem::create_symlink("loop", path("loop"));
  const Status status = replace_file(path("loop"), "x");
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message,
              HasSubstr(path("loop") + ": Too many levels of symbolic links"));
  EXPECT_TRUE(std::filesystem::is_symlink(path("loop")));
}

TEST_F(WholeFileTest, ReplacesTheFileAsAWholeAndLeavesNothingBeside) {
  ASSERT_TRUE(replace_file(path("f"), "a longer text of before"));
  std::ifstream reader(path("f"));
  ASSERT_TRUE(replace_file(path("f"), "new"));
  std::string before;
  std::getline(reader, before);
  EXPECT_EQ(before, "a longer text of before") << "who reads the old file reads all of it";
  EXPECT_EQ(*read_whole_file(path("f")), "new");
  EXPECT_EQ(files(), 1U);
}

// As under systemd's UMask=0077, or a careful cron.
TEST_F(WholeFileTest, CanBeReadByAnotherUserWhateverTheUmask) {
  const mode_t before = ::umask(077);
  ASSERT_TRUE(replace_file(path("f"), "x"));
  ::umask(before);
  struct stat status {};
  ASSERT_EQ(::stat(path("f").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0644U);
}

// Whom a bill is for is the business of who exports it.
TEST_F(WholeFileTest, CanFollowTheUmask) {
  for (const mode_t mask : {077U, 027U, 022U}) {
    const std::string name = path("f" + std::to_string(mask));
    const mode_t before = ::umask(mask);
    ASSERT_TRUE(replace_file(name, "x", FileReaders::kByUmask));
    ::umask(before);
    struct stat status {};
    ASSERT_EQ(::stat(name.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777U, 0666U & ~mask);
  }
}

TEST_F(WholeFileTest, KeepsTheModeOfAFileThatIsReplaced) {
  for (const FileReaders readers : {FileReaders::kAll, FileReaders::kByUmask}) {
    for (const mode_t mode : {0640U, 0600U, 0666U}) {
      ASSERT_TRUE(replace_file(path("f"), "x"));
      ASSERT_EQ(::chmod(path("f").c_str(), mode), 0);
      ASSERT_TRUE(replace_file(path("f"), "y", readers));
      struct stat status {};
      ASSERT_EQ(::stat(path("f").c_str(), &status), 0);
      EXPECT_EQ(status.st_mode & 07777U, mode);
    }
  }
}

TEST_F(WholeFileTest, KeepsTheOwnerOfAFileThatIsReplaced) {
  ASSERT_TRUE(replace_file(path("f"), "x"));
  if (::chown(path("f").c_str(), 12345, 54321) != 0) GTEST_SKIP() << "only root gives files away";
  ASSERT_TRUE(replace_file(path("f"), "y"));
  struct stat status {};
  ASSERT_EQ(::stat(path("f").c_str(), &status), 0);
  EXPECT_EQ(status.st_uid, 12345U);
  EXPECT_EQ(status.st_gid, 54321U);
}

TEST_F(WholeFileTest, CanBeForItsOwnerOnly) {
  const mode_t before = ::umask(022);
  ASSERT_TRUE(replace_file(path("f"), "x", FileReaders::kOwner));
  ::umask(before);
  struct stat status {};
  ASSERT_EQ(::stat(path("f").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(WholeFileTest, NamesADirectoryThatCannotBeFlushed) {
  EXPECT_TRUE(sync_directory(path("")));
  const Status status = sync_directory(path("missing"));
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr(path("missing")));
}

TEST_F(WholeFileTest, NamesWhatCannotBeWritten) {
  const auto no_folder = replace_file(path("no/f"), "x");
  ASSERT_FALSE(no_folder);
  EXPECT_THAT(no_folder.error().message, HasSubstr(path("no/f")));
  EXPECT_THAT(no_folder.error().message, HasSubstr("No such file"));
}

TEST_F(WholeFileTest, LeavesNothingBesideWhenItFails) {
  std::filesystem::create_directory(path("folder"));
  ASSERT_FALSE(replace_file(path("folder"), "x"));
  EXPECT_EQ(files(), 1U);
}

TEST(PathNamedIn, StartsInTheFolderOfTheFileThatNamesIt) {
  EXPECT_EQ(path_named_in("/etc/exporter/config.yml", "keys/sk"), "/etc/exporter/keys/sk");
  EXPECT_EQ(path_named_in("/etc/exporter/config.yml", "/run/sk"), "/run/sk");
  EXPECT_EQ(path_named_in("config.yml", "sk"), "sk");
  EXPECT_EQ(path_named_in("/etc/exporter/config.yml", ""), "");
}

}  // namespace
}  // namespace cloud_billing
