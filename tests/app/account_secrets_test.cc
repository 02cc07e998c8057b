#include "app/account_secrets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "app/providers.h"
#include "tests/temporary_directory.h"

namespace cloud_billing {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class AccountSecretsTest : public TemporaryDirectoryTest {
 protected:
  void write(const std::string& name, const std::string& content) const {
    // Aside and renamed: another file, whatever the clock's grain.
    std::ofstream(path(name + ".new"), std::ios::binary) << content;
    std::filesystem::rename(path(name + ".new"), path(name));
  }

  // Accounts "a", "b", ... with the given secrets, in YAML's flow style.
  static std::shared_ptr<const Config> config(const std::vector<std::string>& secrets) {
    std::string text = "accounts:\n";
    for (std::size_t i = 0; i < secrets.size(); ++i) {
      text += "  - {name: " + std::string(1, static_cast<char>('a' + i)) + ", provider: baidu, " +
              secrets[i] + "}\n";
    }
    auto config = parse_config(
        text, "config.yml", [](std::string_view) { return std::nullopt; }, all_providers().facts());
    if (!config) throw std::logic_error(config.error().front().message);
    return std::make_shared<const Config>(std::move(config).value());
  }
};

TEST_F(AccountSecretsTest, WrittenInTheConfiguration) {
  const auto config = AccountSecretsTest::config(
      {"access_key_id: key, secret_access_key: secret, session_token: token"});
  const AccountSecrets secrets = read_account_secrets(config->accounts[0]);
  ASSERT_TRUE(secrets);
  EXPECT_EQ(*secrets, (Credentials{"key", "secret", "token"}));
}

TEST_F(AccountSecretsTest, FromFiles) {
  write("key", "file-key\n");
  write("secret", "file-secret");
  write("token", "file-token\n");
  const auto config = AccountSecretsTest::config({"access_key_id_file: " + path("key") +
                                                  ", secret_access_key_file: " + path("secret") +
                                                  ", session_token_file: " + path("token")});
  const AccountSecrets secrets = read_account_secrets(config->accounts[0]);
  ASSERT_TRUE(secrets);
  EXPECT_EQ(*secrets, (Credentials{"file-key", "file-secret", "file-token"}));
}

TEST_F(AccountSecretsTest, WithoutATokenThereIsNone) {
  const auto config = AccountSecretsTest::config({"access_key_id: key, secret_access_key: secret"});
  EXPECT_EQ(read_account_secrets(config->accounts[0])->session_token, "");
}

TEST_F(AccountSecretsTest, EveryUnreadableFileIsNamedWithItsPlaceAndNoSecret) {
  write("key", "visible-key");
  const auto config = AccountSecretsTest::config({"access_key_id_file: " + path("key") +
                                                  ", secret_access_key_file: " + path("gone-1") +
                                                  ", session_token_file: " + path("gone-2")});
  const AccountSecrets secrets = read_account_secrets(config->accounts[0]);
  ASSERT_FALSE(secrets);
  EXPECT_THAT(secrets.error().message,
              AllOf(HasSubstr("accounts[0].secret_access_key_file: "), HasSubstr(path("gone-1")),
                    HasSubstr("accounts[0].session_token_file: "), HasSubstr(path("gone-2")),
                    Not(HasSubstr("visible-key"))));
}

TEST_F(AccountSecretsTest, TheAccountsOfAChangedFileAreToldOnce) {
  write("key", "k");
  write("shared", "s");
  const auto config = AccountSecretsTest::config({
      "access_key_id: inline, secret_access_key: inline",
      "access_key_id_file: " + path("key") + ", secret_access_key_file: " + path("shared"),
      "access_key_id: inline, secret_access_key_file: " + path("shared"),
  });
  SecretWatch watch(config);
  EXPECT_THAT(watch.take_changed(), IsEmpty());
  write("key", "other");
  EXPECT_THAT(watch.take_changed(), ElementsAre(1U));
  EXPECT_THAT(watch.take_changed(), IsEmpty());
  write("shared", "other");
  EXPECT_THAT(watch.take_changed(), ElementsAre(1U, 2U));
}

TEST_F(AccountSecretsTest, AFileThatVanishesOrAppearsIsAChange) {
  write("key", "k");
  const auto config = AccountSecretsTest::config(
      {"access_key_id_file: " + path("key") + ", secret_access_key_file: " + path("late")});
  SecretWatch watch(config);
  std::filesystem::remove(path("key"));
  EXPECT_THAT(watch.take_changed(), ElementsAre(0U));
  write("late", "s");
  EXPECT_THAT(watch.take_changed(), ElementsAre(0U));
}

}  // namespace
}  // namespace cloud_billing
