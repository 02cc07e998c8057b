#include "bce_signature.h"

#include <gtest/gtest.h>

#include <string>

namespace simulator {
namespace {

const std::string kOfficialKey(32, 'a');
const std::string kOfficialSecret(32, 'b');

// The sample of Baidu's signature documentation.
WireRequest official_sample() {
  return {"PUT",
          "/v1/test/myfolder/readme.txt",
          "partNumber=9&uploadId=a44cc9bab11cbd156984767aad637851",
          {{"Host", "bj.bcebos.com"},
           {"Date", "Mon, 27 Apr 2015 16:23:49 +0800"},
           {"Content-Type", "text/plain"},
           {"Content-Length", "8"},
           {"Content-Md5", "NFzcPqhviddjRNnSOGo4rw=="},
           {"x-bce-date", "2015-04-27T08:23:49Z"}},
          ""};
}

Authorization official_authorization(const std::vector<std::string>& signed_headers) {
  return {kOfficialKey, "2015-04-27T08:23:49Z", "1800", signed_headers, ""};
}

TEST(BceSignature, MatchesTheOfficialSampleWithTheDefaultSet) {
  const Authorization authorization = official_authorization({});
  EXPECT_EQ(signing_key(authorization, kOfficialSecret),
            "1d5ce5f464064cbee060330d973218821825ac6952368a482a592e6615aef479");
  EXPECT_EQ(expected_signature(official_sample(), authorization, kOfficialSecret),
            "d74a04362e6a848f5b39b15421cb449427f419c95a480fd6b8cf9fc783e2999e");
}

TEST(BceSignature, MatchesTheOfficialSampleWithAnExplicitList) {
  EXPECT_EQ(expected_signature(official_sample(),
                               official_authorization({"content-length", "content-md5",
                                                       "content-type", "host", "x-bce-date"}),
                               kOfficialSecret),
            "d74a04362e6a848f5b39b15421cb449427f419c95a480fd6b8cf9fc783e2999e");
}

TEST(BceSignature, MatchesTheSampleWithoutQuery) {
  WireRequest request = official_sample();
  request.query = "";
  EXPECT_EQ(expected_signature(request, official_authorization({}), kOfficialSecret),
            "0558aac491bbef484d3aaa30ac1e65d4ff10daccd351f15c91e922ee4ce72690");
}

TEST(BceSignature, MatchesTheSampleWithHostAndDateAlone) {
  EXPECT_EQ(expected_signature(official_sample(), official_authorization({"host", "x-bce-date"}),
                               kOfficialSecret),
            "1b8de5a23a56eef657c69f94c621e7acd227d049a4ba577f537d5e5cebf0cf32");
}

// bce-sdk-js, test/sdk/auth.spec.js.
TEST(BceSignature, MatchesTheJavaScriptSdksVectors) {
  const Authorization put{"my_ak", "2014-06-13T05:57:36Z", "1800", {"host", "x-bce-meta-key1"}, ""};
  EXPECT_EQ(signing_key(put, "my_sk"),
            "b358d27f22640783b887965f17e6cf57ce5b44e3e44ed171a934df6daff52a7c");
  EXPECT_EQ(
      expected_signature({"PUT",
                          "/v1/bucket/object1",
                          "A&b=&C=d",
                          {{"Host", "bce.baidu.com"}, {"abc", "123"}, {"x-bce-meta-key1", "ABC"}},
                          ""},
                         put, "my_sk"),
      "80c9672aca2ea9af4bb40b9a8ff458d72df94e97d550840727f3a929af271d25");
  const Authorization remove{
      "my_ak", "2014-06-13T05:57:36Z", "1800", {"content-length", "content-type"}, ""};
  EXPECT_EQ(expected_signature({"DELETE",
                                "/v1/test-bucket1361199862",
                                "",
                                {{"Content-Type", "application/json; charset=utf-8"},
                                 {"Content-Length", "0"},
                                 {"User-Agent", "anything"}},
                                ""},
                               remove, "my_sk"),
            "c9386b15d585960ae5e6972f73ed92a9a682dc81025480ba5b41206d3e489822");
}

// Vectors that the official Python SDK's signer gave for billing requests.
class BillingVectors : public testing::Test {
 protected:
  static std::string sign(const std::string& method, const std::string& path,
                          const std::string& query) {
    return expected_signature(
        {method, path, query, {{"Host", "billing.baidubce.com"}, {"x-bce-date", kTimestamp}}, ""},
        authorization({"host", "x-bce-date"}), kSecret);
  }
  static Authorization authorization(const std::vector<std::string>& signed_headers) {
    return {"0123456789abcdef0123456789abcdef", kTimestamp, "1800", signed_headers, ""};
  }
  static constexpr const char* kTimestamp = "2026-01-15T02:30:00Z";
  static constexpr const char* kSecret = "fedcba9876543210fedcba9876543210";
};

TEST_F(BillingVectors, ResourceMonthBillInAnyOrderOfParameters) {
  const std::string expected = "ddec2fed13f10f3bc223461999b165cc360d86bc0c275e2abf63635e5627b7ed";
  EXPECT_EQ(sign("GET", "/v1/bill/resource/month",
                 "month=2026-01&productType=postpay&pageNo=1&pageSize=100"),
            expected);
  EXPECT_EQ(sign("GET", "/v1/bill/resource/month",
                 "pageSize=100&pageNo=1&productType=postpay&month=2026%2D01"),
            expected);
}

TEST_F(BillingVectors, EmptyValues) {
  EXPECT_EQ(sign("GET", "/v1/bill/resource/month",
                 "month=2026-01&productType=prepay&serviceType=&"
                 "queryAccountId=90d8ba00000000000000000000005a61&pageNo=2&pageSize=100"),
            "9202519183dd613f09124a8bbe0194d914c376b8a28d8a3cab0786853340aba9");
}

TEST_F(BillingVectors, CashBalance) {
  EXPECT_EQ(sign("POST", "/v1/finance/cash/balance", ""),
            "49998cf997ca11b997d74ffb7c73f8924693b57ef4530082eda6e20529baee4b");
}

TEST_F(BillingVectors, DefaultSetWithAPortInTheHost) {
  EXPECT_EQ(expected_signature({"POST",
                                "/v1/bill/resource/chargeitem",
                                "",
                                {{"Host", "billing.baidubce.com:8080"},
                                 {"x-bce-date", kTimestamp},
                                 {"Content-Type", "application/json; charset=utf-8"},
                                 {"Content-Length", "57"}},
                                ""},
                               authorization({}), kSecret),
            "7d56ceeafcb266efdf8af5a6cda4396848de49b55f80dea115f82042fbb35a44");
}

TEST(BceSignature, EncodesAsTheSdksDo) {
  EXPECT_EQ(encode_uri("!'()*this is an example for 测试", false),
            "%21%27%28%29%2Athis%20is%20an%20example%20for%20%E6%B5%8B%E8%AF%95");
  EXPECT_EQ(canonical_query("A=A&B&C="), "A=A&B=&C=");
  EXPECT_EQ(canonical_query("text&text1=%e6%b5%8b%E8%AF%95&text10=test"),
            "text10=test&text1=%E6%B5%8B%E8%AF%95&text=");
  EXPECT_EQ(canonical_headers(
                {"GET",
                 "/",
                 "",
                 {{"Host", "localhost"}, {"x-bce-a", "a/b:c"}, {"C", ""}, {"Content-MD5", "MD5"}},
                 ""},
                {}),
            "content-md5:MD5\nhost:localhost\nx-bce-a:a%2Fb%3Ac");
}

TEST(BceSignature, AuthorizationIsTakenApart) {
  const std::string signature(64, 'f');
  const auto parsed =
      parse_authorization("bce-auth-v1/ak/2026-01-15T02:30:00Z/1800/host;x-bce-date/" + signature);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->access_key_id, "ak");
  EXPECT_EQ(parsed->signed_headers, (std::vector<std::string>{"host", "x-bce-date"}));
  EXPECT_EQ(parsed->signature, signature);
  EXPECT_TRUE(parse_authorization("bce-auth-v1/ak/2026-01-15T02:30:00Z/1800//" + signature));
  for (const std::string& bad : {std::string(), std::string("Basic x"),
                                 "bce-auth-v2/ak/2026-01-15T02:30:00Z/1800//" + signature,
                                 "bce-auth-v1/ak/2026-01-15 02:30:00/1800//" + signature,
                                 "bce-auth-v1/ak/2026-01-15T02:30:00Z/soon//" + signature,
                                 std::string("bce-auth-v1/ak/2026-01-15T02:30:00Z/1800//f")}) {
    EXPECT_FALSE(parse_authorization(bad)) << bad;
  }
}

TEST(BceSignature, TimesMayDifferByThirtyMinutes) {
  const Authorization authorization = official_authorization({});
  const Moment signed_at = *parse_utc("2015-04-27T08:23:49Z");
  WireRequest with_date = official_sample();
  with_date.headers.pop_back();  // leaves Date, the same moment
  for (const WireRequest& request : {official_sample(), with_date}) {
    EXPECT_TRUE(is_in_time(request, authorization, signed_at + std::chrono::minutes{30}));
    EXPECT_TRUE(is_in_time(request, authorization, signed_at - std::chrono::minutes{30}));
    EXPECT_FALSE(is_in_time(request, authorization, signed_at + std::chrono::seconds{1801}));
    EXPECT_FALSE(is_in_time(request, authorization, signed_at - std::chrono::seconds{1801}));
  }
  Authorization brief = authorization;
  brief.expire_seconds = "60";
  EXPECT_FALSE(is_in_time(official_sample(), brief, signed_at + std::chrono::seconds{61}));
  EXPECT_FALSE(is_in_time({"GET", "/", "", {}, ""}, authorization, signed_at));
}

}  // namespace
}  // namespace simulator
