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

Result<std::string> read_at(const std::string& path) { return read_secret_file(path, path); }

class SecretFilesTest : public TemporaryDirectoryTest {
 protected:
  std::string write(const std::string& name, const std::string& content) const {
    std::ofstream(path(name), std::ios::binary) << content;
    return path(name);
  }

  std::string error_for(const std::string& content) const {
    const auto secret = read_at(write("bad", content));
    return secret.ok() ? "read: " + *secret : secret.error().message;
  }
};

TEST_F(SecretFilesTest, WhatEditorsPutAroundASecretIsNoPartOfIt) {
  for (const char* content :
       {"s3cr3t", "s3cr3t\n", "s3cr3t\r\n", "s3cr3t\n\n", "s3cr3t\t", "  s3cr3t  \n", "\rs3cr3t",
        "\xEF\xBB\xBFs3cr3t\r\n", "\xEF\xBB\xBF s3cr3t"}) {
    const auto secret = read_at(write("sk", content));
    ASSERT_TRUE(secret.ok()) << secret.error().message;
    EXPECT_EQ(*secret, "s3cr3t");
  }
}

TEST_F(SecretFilesTest, AnUnusableFileIsAnErrorThatNamesItAndShowsNothingOfIt) {
  EXPECT_THAT(error_for(""), HasSubstr(path("bad") + ": it is empty"));
  EXPECT_THAT(error_for("\n"), HasSubstr("it is empty"));
  EXPECT_THAT(error_for("\xEF\xBB\xBF \r\n"), HasSubstr("it is empty"));
  for (const std::string& content : {std::string("s3cr3t\nsecond"), std::string("s3\0cr3t", 7),
                                     std::string("s3\tcr3t"), std::string("s3cr3t\x7f")}) {
    EXPECT_THAT(error_for(content), HasSubstr("control character"));
    EXPECT_THAT(error_for(content), Not(HasSubstr("cr3t")));
  }
}

TEST_F(SecretFilesTest, WhatIsNoKeyIsNamedByTheCharacterThatShows) {
  const auto expect_reason = [this](const std::string& content, const std::string& reason) {
    EXPECT_EQ(error_for(content), "cannot read the secret in " + path("bad") + ": it " + reason);
  };
  const std::string rule = "; keys are letters, digits and signs of ASCII without blanks";
  expect_reason("s3 cr3t\n", "holds a blank as character 3" + rule);
  expect_reason("“s3cr3t”\n", "holds a curly quote \"“\" (U+201C) as character 1" + rule);
  expect_reason("s3cr3ｔ", "holds a full-width character \"ｔ\" (U+FF54) as character 6" + rule);
  expect_reason(
      "s3\xC2\xA0"
      "cr3t",
      "holds a no-break space (U+00A0) as character 3" + rule);
  expect_reason("s3cr3t\xC3", "holds \"\xEF\xBF\xBD\" (U+FFFD) as character 7" + rule);
  expect_reason("BAIDU_SK=s3cr3t\n", "holds a line NAME=value; write the value alone into it");
  expect_reason("AK=a\nBAIDU_SK=s3cr3t", "holds a line NAME=value; write the value alone into it");
  expect_reason("$BAIDU_SK",
                "looks like a variable, not like a key; the configuration fills in "
                "${BAIDU_SK} only");
  expect_reason("<your-sk>", "looks like a placeholder (\"<...>\"), not like a key");
  expect_reason(std::string("\xFF\xFEs\0k\0", 6), "is UTF-16; save it as UTF-8");
  // Base64 ends so.
  EXPECT_EQ(error_for("WKRZ0123456789ABCD=="), "read: WKRZ0123456789ABCD==");
  EXPECT_EQ(error_for("WKRZ0123456789ABCD="), "read: WKRZ0123456789ABCD=");
}

TEST_F(SecretFilesTest, TheLimitIs64KiB) {
  EXPECT_TRUE(read_at(write("big", std::string(65536, 'x'))).ok());
  EXPECT_THAT(error_for(std::string(65537, 'x')), HasSubstr("larger than 64 KiB"));
}

TEST_F(SecretFilesTest, AFileThatIsNotThereSaysSo) {
  const auto missing = read_at(path("missing"));
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().message,
            "cannot read the secret in " + path("missing") + ": No such file or directory");
}

// The secret itself, say, was written where the path belongs.
TEST_F(SecretFilesTest, AnErrorCallsTheFileAsItIsTold) {
  EXPECT_EQ(read_secret_file(path("missing"), "that file").error().message,
            "cannot read the secret in that file: No such file or directory");
}

TEST_F(SecretFilesTest, ADirectoryOrAPipeIsNoSecret) {
  EXPECT_FALSE(read_at(directory_.string()).ok());
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  EXPECT_FALSE(read_at(path("pipe")).ok());
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
  EXPECT_EQ(*read_at(path("sk")), "new");
}

}  // namespace
}  // namespace cloud_billing
