#include "providers/masked_words.h"

#include <gtest/gtest.h>

#include <string>

#include "core/spelling.h"

namespace cloud_billing {
namespace {

const Credentials kKey{"AKLTYWViMTVmZGYzM2E0NDI5Mzk2MDZj", "WkRZeE1EQmxPVGhsWWpWak5HVmtNbUUxTXpZ==",
                       "STS2eyJFWEFNUExFIn0.abc+/=xyz0123456789"};

std::string masked(std::string_view words) { return masked_words(words, kKey); }

TEST(MaskedWords, AreTheCloudsOwnIfTheyHoldNoSecret) {
  EXPECT_EQ(masked("RequestInvalid: 参数错误: BillPeriod"), "RequestInvalid: 参数错误: BillPeriod");
  EXPECT_EQ(masked("AccessDenied: User is not authorized to perform: billing:QueryBalanceAcct on "
                   "resource: trn:iam::2100000000:user/exporter"),
            "AccessDenied: User is not authorized to perform: billing:QueryBalanceAcct on "
            "resource: trn:iam::2100000000:user/exporter");
  EXPECT_EQ(masked(""), "");
}

TEST(MaskedWords, HoldNoPartOfTheKey) {
  EXPECT_EQ(masked("unknown key " + kKey.access_key_id + "!"), "unknown key ***");
  EXPECT_EQ(masked("unknown key AKLTYWViMTVm..."), "unknown key ***");
  EXPECT_EQ(masked("密钥" + kKey.access_key_id + "不存在"), "密钥***不存在");
  EXPECT_EQ(masked("secret " + kKey.secret_access_key + kKey.session_token), "secret ***");
  EXPECT_EQ(masked("token " + kKey.session_token.substr(9, 12) + " ends"), "token *** ends");
  EXPECT_EQ(masked("token STS2eyJFWEFNUExFIn0.abc%2B%2F%3Dxyz0123456789"), "token ***");
}

TEST(MaskedWords, OfShortKeysHoldThemNeither) {
  EXPECT_EQ(masked_words("no key ak1 here", {"ak1", "s3c", ""}), "no key *** here");
}

// As a cloud that shows what it signed, in each of the clouds' forms.
TEST(MaskedWords, HoldNoSignatureIfTheWholeSignedRequestIsEchoed) {
  const std::string signature = "e31c4558bcfe08a286001f59cedbf0791ffd0b2362f10e55ee2627467bcdde93";
  const std::string digest = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855";
  const std::string all = masked(
      "SignatureDoesNotMatch: POST\n/\nAction=ListBillDetail\nhost:billing\nx-content-sha256:" +
      digest + "\nx-security-token:" + kKey.session_token + "\n\nHMAC-SHA256 Credential=" +
      kKey.access_key_id + "/20261015/cn-beijing, Signature=" + signature);
  EXPECT_EQ(all,
            "SignatureDoesNotMatch: POST / Action=ListBillDetail host:billing *** ***  HMAC-SHA256 "
            "***, ***");
  EXPECT_EQ(
      masked("bce-auth-v1/" + kKey.access_key_id + "/2026-01-15T02:30:00Z/1800/host/" + signature),
      "***");
  EXPECT_EQ(masked("Signature=" + signature.substr(0, 20)), "***");
}

TEST(MaskedWords, AreAtMost200CharactersOfWhichNoneIsCutInTwo) {
  std::string exact;
  for (int i = 0; i < 200; ++i) exact += "错";
  EXPECT_EQ(masked(exact), exact);
  const std::string cut = masked(exact + "错");
  EXPECT_EQ(count_characters(cut), 200U);
  EXPECT_TRUE(cut.ends_with("错...")) << cut;
  // What is cut off was masked before: no part of a key stands at the end.
  const std::string at_the_end = masked(std::string(190, 'x') + " " + kKey.access_key_id);
  EXPECT_EQ(at_the_end, std::string(190, 'x') + " ***");
  EXPECT_LE(count_characters(masked(std::string(100000, '.'))), 200U);
}

TEST(MaskedWords, StandOnOneLine) {
  EXPECT_EQ(masked("a\nb\tc\x01"
                   "d"),
            "a b c d");
  // U+0085, the next line of some terminals, and U+009B, which begins their commands.
  EXPECT_EQ(masked("a\xC2\x85"
                   "b\xC2\x9B"
                   "c"),
            "a b c");
}

}  // namespace
}  // namespace cloud_billing
