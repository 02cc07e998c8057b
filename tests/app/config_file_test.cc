#include "app/config_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "app/account_secrets.h"
#include "tests/temporary_directory.h"

namespace cloud_billing {
namespace {

using testing::HasSubstr;
using testing::Not;

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

TEST_F(ConfigFileTest, ASecretThatStandsWhereAPathBelongsIsNotShown) {
  const std::string config_file = path("config.yml");
  std::ofstream(config_file) << "accounts:\n  - name: a\n    provider: baidu\n"
                                "    access_key_id: AK\n"
                                "    secret_access_key_file: q3Vt8ZkP0mJx2RbY5LwD\n"
                                "    session_token_file: keys/token\n";
  const auto checked = check_config_file(config_file);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().at(0).message,
            config_file +
                ":5:29: accounts[0].secret_access_key_file: cannot read the secret in a file whose "
                "name is not shown, since it looks like no path: No such file or directory");
  EXPECT_EQ(checked.error().at(1).message,
            config_file + ":6:25: accounts[0].session_token_file: cannot read the secret in " +
                path("keys/token") + ": No such file or directory");
  const auto config = read_config_file(config_file);
  ASSERT_TRUE(config);
  const AccountSecrets secrets = read_account_secrets(config->accounts.at(0));
  ASSERT_FALSE(secrets);
  EXPECT_EQ(secrets.error().message.find("q3Vt8ZkP"), std::string::npos) << secrets.error().message;
}

TEST_F(ConfigFileTest, AKeyThatTwoAccountsShareIsWarnedOf) {
  std::ofstream(path("ak")) << "AKIDSHARED\r\n";
  const std::string config_file = path("config.yml");
  std::ofstream(config_file) << R"(accounts:
  - {name: a, provider: baidu, access_key_id: AKIDSHARED, secret_access_key: x}
  - {name: b, provider: volcengine, access_key_id: AKIDSHARED, secret_access_key: x}
  - {name: c, provider: baidu, access_key_id_file: ak, secret_access_key: x}
  - {name: d, provider: baidu, access_key_id: AKIDOTHER, secret_access_key: x}
)";
  testing::internal::CaptureStderr();
  const auto config = read_config_file(config_file);
  const std::string log = testing::internal::GetCapturedStderr();
  ASSERT_TRUE(config);
  EXPECT_THAT(log, HasSubstr("account=c position=" + config_file +
                             ":4:5 other_account=a other_position=" + config_file + ":2:5"));
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 1) << log;
  EXPECT_THAT(log, Not(HasSubstr("AKID")));
}

}  // namespace
}  // namespace cloud_billing
