#include "system/secret_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/temporary_directory.h"

namespace cloud_billing {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class SecretFilesTest : public TemporaryDirectoryTest {
 protected:
  std::string write(const std::string& name, const std::string& content) const {
    std::ofstream(path(name), std::ios::binary) << content;
    return path(name);
  }

  std::string error_for(const std::string& content) const {
    const auto secret = read_secret_file(write("bad", content));
    return secret.ok() ? "read: " + *secret : secret.error().message;
  }
};

TEST_F(SecretFilesTest, OneNewlineAtTheEndIsNotPartOfTheSecret) {
  for (const char* content : {"s3cr3t", "s3cr3t\n", "s3cr3t\r\n"}) {
    const auto secret = read_secret_file(write("sk", content));
    ASSERT_TRUE(secret.ok()) << secret.error().message;
    EXPECT_EQ(*secret, "s3cr3t");
  }
}

TEST_F(SecretFilesTest, AnUnusableFileIsAnErrorThatNamesItAndShowsNothingOfIt) {
  EXPECT_THAT(error_for(""), HasSubstr(path("bad") + ": it is empty"));
  EXPECT_THAT(error_for("\n"), HasSubstr("it is empty"));
  for (const std::string& content :
       {std::string("s3cr3t\nsecond"), std::string("s3cr3t\n\n"), std::string("s3\0cr3t", 7),
        std::string("s3cr3t\t"), std::string("s3cr3t\x7f"), std::string("\rs3cr3t")}) {
    EXPECT_THAT(error_for(content), HasSubstr("control character"));
    EXPECT_THAT(error_for(content), Not(HasSubstr("cr3t")));
  }
}

TEST_F(SecretFilesTest, TheLimitIs64KiB) {
  EXPECT_TRUE(read_secret_file(write("big", std::string(65536, 'x'))).ok());
  EXPECT_THAT(error_for(std::string(65537, 'x')), HasSubstr("larger than 64 KiB"));
}

TEST_F(SecretFilesTest, AFileThatIsNotThereSaysSo) {
  const auto missing = read_secret_file(path("missing"));
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().message,
            "cannot read the secret in " + path("missing") + ": No such file or directory");
}

TEST_F(SecretFilesTest, ADirectoryOrAPipeIsNoSecret) {
  EXPECT_FALSE(read_secret_file(directory_.string()).ok());
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  EXPECT_FALSE(read_secret_file(path("pipe")).ok());
}

TEST_F(SecretFilesTest, OnlyFilesThatChangedAreReportedAndOnlyOnce) {
  SecretFiles files;
  files.watch(write("a", "1"));
  files.watch(write("b", "1"));
  EXPECT_THAT(files.take_changed(), IsEmpty());
  write("b", "22");
  EXPECT_THAT(files.take_changed(), ElementsAre(path("b")));
  EXPECT_THAT(files.take_changed(), IsEmpty());
}

TEST_F(SecretFilesTest, AFileThatGoesAndComesBackIsReportedTwice) {
  SecretFiles files;
  files.watch(write("a", "1"));
  std::filesystem::remove(path("a"));
  EXPECT_THAT(files.take_changed(), ElementsAre(path("a")));
  write("a", "1");
  EXPECT_THAT(files.take_changed(), ElementsAre(path("a")));
}

TEST_F(SecretFilesTest, ASwappedLinkIsAChange) {  // Kubernetes: sk -> ..data/sk, ..data -> version
  std::filesystem::create_directory(path("v1"));
  std::filesystem::create_directory(path("v2"));
  write("v1/sk", "old");
  write("v2/sk", "new");
  std::filesystem::create_directory_symlink("v1", path("data"));
  std::filesystem::create_symlink("data/sk", path("sk"));
  SecretFiles files;
  files.watch(path("sk"));
  std::filesystem::create_directory_symlink("v2", path("data.new"));
  std::filesystem::rename(path("data.new"), path("data"));
  EXPECT_THAT(files.take_changed(), ElementsAre(path("sk")));
  EXPECT_EQ(*read_secret_file(path("sk")), "new");
}

}  // namespace
}  // namespace cloud_billing
