#include "app/config_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tests/temporary_directory.h"

namespace cloud_billing {
namespace {

class ConfigFileTest : public TemporaryDirectoryTest {};

// As Prometheus does, and as --web.config.file is read.
TEST_F(ConfigFileTest, SecretFilesAreNamedFromItsFolder) {
  const std::string config_file = path("config.yml");
  std::ofstream(config_file) << "accounts:\n  - name: a\n    provider: baidu\n"
                                "    access_key_id: keys/ak\n"
                                "    secret_access_key_file: keys/sk\n"
                                "    session_token_file: /run/secrets/token\n";
  const auto config = read_config_file(config_file);
  ASSERT_TRUE(config);
  const AccountConfig& account = config->accounts.at(0);
  EXPECT_EQ(account.access_key_id.text, "keys/ak") << "it is no path";
  EXPECT_EQ(account.access_key_id.path, "");
  EXPECT_EQ(account.secret_access_key.path, path("keys/sk"));
  EXPECT_EQ(account.session_token->path, "/run/secrets/token");
}

}  // namespace
}  // namespace cloud_billing
