#include "volcengine_signature.h"

#include <gtest/gtest.h>

#include <string>

#include "digest.h"

namespace simulator {
namespace {

// The sample pair of Volcengine's documentation of its signature.
const std::string kOfficialSecret = "WkRZeE1EQmxPVGhsWWpWak5HVmtNbUUxTXpZeU9UVXlOMlE1TmpZeVlqTQ==";
const std::string kInventedSecret = "c2VjcmV0LWV4YW1wbGUtZm9yLXRlc3RzLW9ubHk=";
const std::string kJson = "application/json; charset=utf-8";
const std::string kForm = "application/x-www-form-urlencoded; charset=utf-8";

struct Vector {
  const char* name;
  std::string method;
  std::string host;
  std::string query;
  std::string content_type;  // empty: only host and x-date are signed
  std::string token;
  std::string body;
  std::string x_date;
  std::string region;
  std::string service;
  std::string secret;
  std::string canonical_hash;
  std::string signature;
};

class Signatures : public testing::TestWithParam<Vector> {};

TEST_P(Signatures, MatchThePublishedOnes) {
  const Vector& vector = GetParam();
  WireRequest request{vector.method, "/", vector.query, {}, vector.body};
  request.headers = {{"Host", vector.host}, {"X-Date", vector.x_date}};
  VolcengineAuthorization authorization{"key",          vector.x_date.substr(0, 8), vector.region,
                                        vector.service, {"host", "x-date"},         ""};
  if (!vector.content_type.empty()) {
    request.headers.emplace_back("Content-Type", vector.content_type);
    request.headers.emplace_back("X-Content-Sha256", hex(sha256(vector.body)));
    authorization.signed_headers = {"content-type", "host", "x-content-sha256", "x-date"};
  }
  if (!vector.token.empty()) {
    request.headers.emplace_back("X-Security-Token", vector.token);
    authorization.signed_headers.emplace_back("x-security-token");
  }
  EXPECT_EQ(hex(sha256(volcengine_canonical_request(request, authorization.signed_headers))),
            vector.canonical_hash);
  EXPECT_EQ(volcengine_expected_signature(request, authorization, vector.secret), vector.signature);
}

INSTANTIATE_TEST_SUITE_P(
    Reference, Signatures,
    testing::Values(
        Vector{"OfficialListUsers", "GET", "iam.volcengineapi.com",
               "Action=ListUsers&Version=2018-01-01&Limit=10&Offset=0", "", "", "",
               "20240619T071306Z", "cn-beijing", "iam", kOfficialSecret,
               "5ed5bca3905e1fcbf789abb56a17c2d819674a3bcfa468ae476bd1ea80d135cb",
               "e31c4558bcfe08a286001f59cedbf0791ffd0b2362f10e55ee2627467bcdde93"},
        Vector{"OfficialBalance", "GET", "billing.volcengineapi.com",
               "Action=QueryBalanceAcct&Version=2022-01-01", "", "", "", "20250329T180937Z",
               "cn-beijing", "billing", kOfficialSecret,
               "43171c1658c64b5db55c58d54988a4598d2d09a5613136beaa5eef40eae6e2c1",
               "1eda9e7e6b1728151a8e8791fdaf67cfbd28bd5c80d0fce2eb208746cf483105"},
        Vector{"OfficialListBill", "POST", "billing.volcengineapi.com",
               "Action=ListBill&Version=2022-01-01", "", "",
               R"({"Limit":10,"BillPeriod":"2023-08"})", "20250329T180937Z", "cn-beijing",
               "billing", kOfficialSecret,
               "27383e3b56d03850f5634483527fbddcbf06cf98de1bc8a6679ef2300bff3b15",
               "5e8480ceea12d0000a23c054151c50dd02c1a7dec835004057d19f13d53a7658"},
        Vector{
            "BillDetail", "POST", "billing.volcengineapi.com",
            "Action=ListBillDetail&Version=2022-01-01", kJson, "",
            R"({"BillPeriod":"2026-09","GroupPeriod":1,"GroupTerm":0,"IgnoreZero":1,"Limit":300,"NeedRecordNum":1,"Offset":0})",
            "20261015T063000Z", "cn-north-1", "billing", kInventedSecret,
            "ec5847766f13ed6f8c1c2b5815328a8ccf6705d0c6eeb89c1f0605bf8e66f2e8",
            "ca9e7ae942b4111a739ed9ea092b4a65de941647509e473646c0f6972926d2cf"},
        Vector{
            "AnotherRegion", "POST", "billing.volcengineapi.com",
            "Action=ListBillDetail&Version=2022-01-01", kJson, "",
            R"({"BillPeriod":"2026-09","GroupPeriod":1,"GroupTerm":0,"IgnoreZero":1,"Limit":300,"NeedRecordNum":1,"Offset":0})",
            "20261015T063000Z", "cn-beijing", "billing", kInventedSecret,
            "ec5847766f13ed6f8c1c2b5815328a8ccf6705d0c6eeb89c1f0605bf8e66f2e8",
            "1440f902efb9c2c5c068db3c69214db85c05e0ddab436b997ce0c4097d24b132"},
        Vector{"SessionToken", "POST", "billing.volcengineapi.com",
               "Action=QueryBalanceAcct&Version=2022-01-01", kJson,
               "STS2eyJFWEFNUExFIn0.abc+/=", "{}", "20261015T063000Z", "cn-beijing", "billing",
               kInventedSecret, "efbac09eae6b7d67a6b05d04c94c6e44c76a4ee2c88cc8c48d71ad7a87a1cc11",
               "db36c82a7daed8fe81b88e7e3d740ce8af920fcaab608adefc92effe6acfb57d"},
        Vector{"AssumeRole", "GET", "sts.volcengineapi.com",
               "Action=AssumeRole&Version=2018-01-01&RoleTrn=trn%3Aiam%3A%3A2100000000%3Arole%"
               "2FCostExporter&RoleSessionName=cost-exporter&DurationSeconds=3600",
               kForm, "", "", "20261015T063000Z", "cn-north-1", "sts", kInventedSecret,
               "e14965336947d8ad2e9bde738f5e73a920bc99c72dc0e5da9fedd73b51230d4b",
               "269d0f0000b463118c3b6afc8151aab76515aa10ab4668e1ac6f4d5b2d99d4e4"},
        Vector{"DefaultPort", "POST", "billing.volcengineapi.com:443",
               "Action=ListBillOverviewByProd&Version=2022-01-01", kJson, "",
               R"({"BillPeriod":"2026-09","Limit":300})", "20261015T063000Z", "cn-north-1",
               "billing", kInventedSecret,
               "6231843cbd9062836fab1bec8acd0a3e8dffd0e920bce8b24413c10d030c82ae",
               "318dedd511fb8bc018c8d5c5355c924781a9c30a94d6bea0eabbb8c14a92e43a"},
        Vector{"OfficialDemo", "POST", "open.volcengineapi.com",
               "Action=ListCoupons&Version=2022-01-01", "application/json", "", R"({"Limit":1})",
               "20250329T180937Z", "cn-beijing", "billing", kOfficialSecret,
               "44e3d25d577f8befaab37f6874f3f1fe7ffbbba64457fadfceac9cfe40bbe18c",
               "9617300ccac0351fb61bd00474f65e9a643ff4e894bc2c7aad56a8865beb6f93"},
        Vector{"LegacyQuery", "POST", "billing.volcengineapi.com",
               "Action=ListBill&Version=2022-01-01&BillPeriod=2026-09&Limit=10&Offset=0&Product=&"
               "NeedRecordNum=1",
               kForm, "", "", "20261015T063000Z", "cn-north-1", "billing", kInventedSecret,
               "6c271c2639797d1449fe2ec5537b332ada8a67b3572c14a6ca7d9d7146526c93",
               "7da84a564a3f146c99d2e87d6e36466a6786a04fbdc1f164eda0fd3febfba93b"}),
    [](const auto& tested) { return tested.param.name; });

TEST(VolcengineSignature, TheKeyIsDerivedStepByStep) {
  VolcengineAuthorization authorization{"key", "20240619", "cn-beijing", "iam", {}, ""};
  EXPECT_EQ(hex(volcengine_signing_key(authorization, kOfficialSecret)),
            "abee62e533a58934c49954459a3c3237d2fccea517c9a7c8a2651d8ea7779826");
  authorization = {"key", "20261231", "cn-north-1", "billing", {}, ""};
  EXPECT_EQ(hex(volcengine_signing_key(authorization, kInventedSecret)),
            "6be0bc42fc91302f430b08246904c1e2d377f8ae04bfe80909a37f7632612ed0");
}

TEST(VolcengineSignature, HeadersAreTakenInTheOrderReceived) {
  const WireRequest request{
      "POST", "/", "Action=A", {{"X-Date", " 20261015T063000Z"}, {"HOST", "h:8080"}}, ""};
  const std::string empty_hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  EXPECT_EQ(
      volcengine_canonical_request(request, {"x-date", "host"}),
      "POST\n/\nAction=A\nx-date:20261015T063000Z\nhost:h:8080\n\nx-date;host\n" + empty_hash);
}

TEST(VolcengineSignature, TheHeaderIsTakenApart) {
  const auto read = parse_volcengine_authorization(
      "HMAC-SHA256 Credential=AK/20261015/cn-beijing/billing/request, SignedHeaders=host;x-date, "
      "Signature=abc");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->access_key_id, "AK");
  EXPECT_EQ(read->scope(), "20261015/cn-beijing/billing/request");
  EXPECT_EQ(read->signed_headers, (std::vector<std::string>{"host", "x-date"}));
  EXPECT_EQ(read->signature, "abc");
  for (const char* bad :
       {"", "bce-auth-v1/a/b/1/host/c", "HMAC-SHA256 Credential=AK, SignedHeaders=host",
        "HMAC-SHA256 Credential=AK/20261015/cn-beijing/billing/aws4_request, SignedHeaders=host"}) {
    EXPECT_FALSE(parse_volcengine_authorization(bad)) << bad;
  }
}

TEST(VolcengineSignature, TimesAreWrittenWithoutSeparators) {
  EXPECT_EQ(write_utc(parse_x_date("20261015T063000Z").value()), "2026-10-15T06:30:00");
  EXPECT_FALSE(parse_x_date("2026-10-15T06:30Z"));
  EXPECT_FALSE(parse_x_date("20261015T063000+"));
}

}  // namespace
}  // namespace simulator
