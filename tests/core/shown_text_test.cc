#include "core/shown_text.h"

#include <gtest/gtest.h>

#include <string>

namespace cloud_billing {
namespace {

// Of the shapes that secrets have: hexadecimal, base64, letters and digits, signs.
constexpr std::string_view kSecrets[] = {
    "0b0f67dfb88244b289b72b142befad0c",
    "7c2a9d41e08f4b6f",
    "3nYUB1G5oQ8sXfPp0k0dV2mV1nYw2s7C0q9ZxkT4",
    "WkRZeE1qTTBOVFkzT0Rrd01UST0=",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "AKLTNTY4ODc2ZGE5ZWEzNDNhMGI5",
    "q3Vt8ZkP0mJx2RbY5LwD",
    "Zk7qT2mXv9Lp4RsW",
    "xG+9/2vKp7=Qm3Ls",
    "mN4$kP9!rT2@wX7#",
};

TEST(ShownText, OfAKeyThatGoesIntoItsValueTheKeyIsShown) {
  for (const std::string_view secret : kSecrets) {
    for (const char* separator : {":", "=", "："}) {
      const std::string slip = "secret_access_key" + (separator + std::string(secret));
      EXPECT_EQ(show_key(slip), "secret_access_key");
    }
  }
  EXPECT_EQ(show_key("access_key_id"), "access_key_id");
  EXPECT_EQ(show_key("accessKeyId"), "accessKeyId");
  EXPECT_EQ(show_key("AccessKeyID"), "AccessKeyID");
  EXPECT_EQ(show_key("Content-Security-Policy"), "Content-Security-Policy");
  EXPECT_EQ(show_key("cost-center"), "cost-center");
  EXPECT_EQ(show_key("部门"), "部门");
  EXPECT_EQ(show_key("密钥：x"), "密钥");
  EXPECT_EQ(show_key("1st"), "1st");
  EXPECT_EQ(show_key(""), "");
  EXPECT_EQ(show_key("a b"), "");
  const std::string long_word(24, 'x');
  EXPECT_EQ(show_key(long_word + "_yyyyy"), long_word + "_yyyyy");
  EXPECT_EQ(show_key(long_word + "_yyyyyy"), "");  // more than 30 characters
  EXPECT_EQ(show_key(long_word + "x"), "");
}

TEST(ShownText, NothingThatLooksLikeASecretIsShown) {
  for (const std::string_view secret : kSecrets) {
    EXPECT_EQ(show_key(secret), "") << secret;
    EXPECT_FALSE(is_showable(secret)) << secret;
    EXPECT_FALSE(is_showable_variable(secret)) << secret;
    EXPECT_FALSE(is_showable_path(secret)) << secret;
    EXPECT_FALSE(is_showable("tag:" + std::string(secret))) << secret;
    EXPECT_FALSE(is_showable("5 " + std::string(secret) + " 部门")) << secret;
    EXPECT_FALSE(is_showable_path("keys/" + std::string(secret))) << secret;
    EXPECT_FALSE(is_showable_path("/run/secrets/" + std::string(secret))) << secret;
  }
  EXPECT_EQ(show_value("loud"), "\"loud\"");
  EXPECT_EQ(show_value(kSecrets[0]), "this value");
  EXPECT_FALSE(is_showable("ＷｋＲＺ"));  // in full width
  EXPECT_FALSE(is_showable(std::string(25, 'x')));
}

TEST(ShownText, WordsAndNumbersAreShown) {
  for (const char* text : {"lots",
                           "50,000",
                           "-0.01",
                           "1e30",
                           "1h 30m",
                           "36500d1s",
                           "99999999999999999999d",
                           "YUAN",
                           "¥",
                           "元",
                           "baidoo",
                           "百度智能云",
                           "tag:cost center ",
                           "tag:部门=department",
                           "${BUDGET}",
                           "0.0000000000000000001",
                           "cn/beijing",
                           "TLS13",
                           "<your-budget>",
                           "５０００"}) {
    EXPECT_TRUE(is_showable(text)) << text;
  }
}

TEST(ShownText, NamesOfVariablesAreShown) {
  for (const char* name : {"BAIDU_SK", "VOLC_AK_2", "http_proxy", "Path", "UNSET"}) {
    EXPECT_TRUE(is_showable_variable(name)) << name;
  }
  EXPECT_FALSE(is_showable_variable("2ND"));
  EXPECT_FALSE(is_showable_variable("A-B"));
  EXPECT_FALSE(is_showable_variable(""));
}

TEST(ShownText, PathsAreShown) {
  for (const char* path :
       {"/run/secrets/baidu-sk", "keys/sk.txt", "./sk", "../keys/volc.pem", "sk", "~/sk",
        "/tmp/tmp8x_k2j9q/secret", "/tmp/cloud_billing_aB3xYz/bad", "/密钥/sk",
        "/var/lib/kubelet/pods/8d4e2a10-3b1f-4c22-9a57-0f6c1d2e3b4a/volumes/sk",
        "/run/secrets/..2026_11_29_13_05_59.123456789/ak"}) {
    EXPECT_TRUE(is_showable_path(path)) << path;
    EXPECT_EQ(show_path(path), path);
  }
  EXPECT_EQ(show_path("WkRZeE1qTTBOVFkzT0Rrd01UST0="),
            "a file whose name is not shown, since it looks like no path");
  EXPECT_FALSE(is_showable_path("/K7MDENG/bPxRfiCY"));  // a secret may begin with a slash
}

TEST(ShownText, NothingThatATerminalWouldObeyIsShown) {
  const std::string command = "\xC2\x9B";  // U+009B begins one
  EXPECT_FALSE(is_showable_path("keys/" + command + "sk"));
  EXPECT_FALSE(is_showable_variable("SK" + command));
  EXPECT_EQ(show_key("key" + command), "");
  EXPECT_EQ(show_value("loud" + command), "\"loud\\x9b\"");
}

}  // namespace
}  // namespace cloud_billing
