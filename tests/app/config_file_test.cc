#include "app/config_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace cloud_billing {
namespace {

class ConfigFileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "config-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::filesystem::path directory_;
};

// As Prometheus does, and as --web.config.file is read.
TEST_F(ConfigFileTest, SecretFilesAreNamedFromItsFolder) {
  const std::string path = (directory_ / "config.yml").string();
  std::ofstream(path) << "accounts:\n  - name: a\n    provider: baidu\n"
                         "    access_key_id: keys/ak\n"
                         "    secret_access_key_file: keys/sk\n"
                         "    session_token_file: /run/secrets/token\n";
  const auto config = read_config_file(path);
  ASSERT_TRUE(config);
  const AccountConfig& account = config->accounts.at(0);
  EXPECT_EQ(account.access_key_id.text, "keys/ak") << "it is no path";
  EXPECT_EQ(account.access_key_id.path, "");
  EXPECT_EQ(account.secret_access_key.path, (directory_ / "keys/sk").string());
  EXPECT_EQ(account.session_token->path, "/run/secrets/token");
}

}  // namespace
}  // namespace cloud_billing
