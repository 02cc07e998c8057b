#include "volcengine/signature.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "providers/canonical_query.h"

namespace cloud_billing::volcengine {
namespace {

struct KeyPair {
  std::string_view id;
  std::string_view secret;
};
// The pair of the documents' worked example; its secret ends like base64 and is not.
constexpr KeyPair kPublished{"AKLTYWViMTVmZGYzM2E0NDI5Mzk2MDZjNjFmMjc2MjRjMzg",
                             "WkRZeE1EQmxPVGhsWWpWak5HVmtNbUUxTXpZeU9UVXlOMlE1TmpZeVlqTQ=="};
constexpr KeyPair kInvented{"AKLTEXAMPLEEXPORTER0001", "c2VjcmV0LWV4YW1wbGUtZm9yLXRlc3RzLW9ubHk="};

constexpr long kDocumentTime = 1718781186;  // 2024-06-19T07:13:06Z
constexpr long kSuiteTime = 1743271777;     // 2025-03-29T18:09:37Z
constexpr long kSdkTime = 1792045800;       // 2026-10-15T06:30:00Z

constexpr std::string_view kJson = "application/json; charset=utf-8";
constexpr std::string_view kForm = "application/x-www-form-urlencoded; charset=utf-8";

struct Vector {
  std::string_view method;
  std::string_view host;
  std::vector<QueryParameter> query;
  std::string_view content_type;  // empty: only host and x-date are signed
  std::string_view body;
  std::string_view region;
  std::string_view service;
  long time;
  KeyPair key;
  std::string_view token;
  std::string_view signature;
};

RequestToSign request_of(const Vector& vector, const std::string& query) {
  const UtcSeconds time{std::chrono::seconds(vector.time)};
  RequestToSign request;
  request.method = vector.method;
  request.canonical_query = query;
  request.body = vector.body;
  request.signed_headers = {{"Host", std::string(vector.host)}, {"X-Date", signing_time(time)}};
  if (!vector.content_type.empty()) {
    request.signed_headers.push_back({"Content-Type", std::string(vector.content_type)});
    request.signed_headers.push_back({"X-Content-Sha256", hex_text(sha256(vector.body))});
  }
  if (!vector.token.empty()) {
    request.signed_headers.push_back({"X-Security-Token", std::string(vector.token)});
  }
  return request;
}

std::string sign(const Vector& vector) {
  const std::string query = canonical_query(vector.query);
  return authorization(request_of(vector, query), vector.key.id, vector.key.secret,
                       {vector.region, vector.service},
                       UtcSeconds(std::chrono::seconds(vector.time)));
}

std::string signature_of(const Vector& vector) {
  const std::string authorization = sign(vector);
  return authorization.substr(authorization.rfind('=') + 1);
}

std::vector<QueryParameter> action(std::string name, std::string version = "2022-01-01") {
  return {{"Action", std::move(name)}, {"Version", std::move(version)}};
}

// ---- the documents' examples: www.volcengine.com/docs/6369/67270 and 67269 ----

TEST(VolcengineSignature, IsThatOfTheDocuments) {
  std::vector<QueryParameter> list_users = action("ListUsers", "2018-01-01");
  list_users.push_back({"Limit", "10"});
  list_users.push_back({"Offset", "0"});
  EXPECT_EQ(sign({"GET", "iam.volcengineapi.com", list_users, "", "", "cn-beijing", "iam",
                  kDocumentTime, kPublished, "", ""}),
            "HMAC-SHA256 Credential=AKLTYWViMTVmZGYzM2E0NDI5Mzk2MDZjNjFmMjc2MjRjMzg/20240619/"
            "cn-beijing/iam/request, SignedHeaders=host;x-date, "
            "Signature=e31c4558bcfe08a286001f59cedbf0791ffd0b2362f10e55ee2627467bcdde93");
  EXPECT_EQ(signature_of({"GET", "billing.volcengineapi.com", action("QueryBalanceAcct"), "", "",
                          "cn-beijing", "billing", kSuiteTime, kPublished, "", ""}),
            "1eda9e7e6b1728151a8e8791fdaf67cfbd28bd5c80d0fce2eb208746cf483105");
  EXPECT_EQ(signature_of({"POST", "billing.volcengineapi.com", action("ListBill"), "",
                          R"({"Limit":10,"BillPeriod":"2023-08"})", "cn-beijing", "billing",
                          kSuiteTime, kPublished, "", ""}),
            "5e8480ceea12d0000a23c054151c50dd02c1a7dec835004057d19f13d53a7658");
}

// ---- what two of the official SDKs (Go, Python) sign, run offline on fixed dates ----

constexpr std::string_view kBillBody =
    R"({"BillPeriod":"2026-09","GroupPeriod":1,"GroupTerm":0,"IgnoreZero":1,"Limit":300,)"
    R"("NeedRecordNum":1,"Offset":0})";

TEST(VolcengineSignature, IsThatOfTheOfficialSdks) {
  std::vector<QueryParameter> assume_role = action("AssumeRole", "2018-01-01");
  assume_role.push_back({"RoleTrn", "trn:iam::2100000000:role/CostExporter"});
  assume_role.push_back({"RoleSessionName", "cost-exporter"});
  assume_role.push_back({"DurationSeconds", "3600"});
  std::vector<QueryParameter> list_bill = action("ListBill");
  for (const auto& [name, value] :
       {std::pair("BillPeriod", "2026-09"), std::pair("Limit", "10"), std::pair("Offset", "0"),
        std::pair("Product", ""), std::pair("NeedRecordNum", "1")}) {
    list_bill.push_back({name, value});
  }
  const Vector vectors[] = {
      {"POST", "billing.volcengineapi.com", action("ListBillDetail"), kJson, kBillBody,
       "cn-north-1", "billing", kSdkTime, kInvented, "",
       "ca9e7ae942b4111a739ed9ea092b4a65de941647509e473646c0f6972926d2cf"},
      {"POST", "billing.volcengineapi.com", action("ListBillDetail"), kJson, kBillBody,
       "cn-beijing", "billing", kSdkTime, kInvented, "",
       "1440f902efb9c2c5c068db3c69214db85c05e0ddab436b997ce0c4097d24b132"},
      {"POST", "billing.volcengineapi.com", action("QueryBalanceAcct"), kJson, "{}", "cn-beijing",
       "billing", kSdkTime, kInvented, "STS2eyJFWEFNUExFIn0.abc+/=",
       "db36c82a7daed8fe81b88e7e3d740ce8af920fcaab608adefc92effe6acfb57d"},
      {"GET", "sts.volcengineapi.com", assume_role, kForm, "", "cn-north-1", "sts", kSdkTime,
       kInvented, "", "269d0f0000b463118c3b6afc8151aab76515aa10ab4668e1ac6f4d5b2d99d4e4"},
      {"POST", "open.volcengineapi.com", action("ListCoupons"), "application/json",
       R"({"Limit":1})", "cn-beijing", "billing", kSuiteTime, kPublished, "",
       "9617300ccac0351fb61bd00474f65e9a643ff4e894bc2c7aad56a8865beb6f93"},
      {"POST", "billing.volcengineapi.com", action("ListCoupons"), kJson,
       R"({"Limit":100,"Offset":0,"Status":"1,2"})", "cn-beijing", "billing", kSdkTime, kInvented,
       "", "3eb79d2bff2181babda499d0877f00257c06f41911bf7c73ecd31ca01df9cc8a"},
      {"POST", "billing.volcengineapi.com", action("ListResourcePackages"), kJson,
       R"({"MaxResults":"20","ResourceType":"Package","Status":"Effective"})", "cn-beijing",
       "billing", kSdkTime, kInvented, "",
       "d428f021418c35bf763d47245855a091bcb82f9e97e1ce6ea2acfe750d1279b0"},
      {"POST", "billing.volcengineapi.com", action("ListBudget"), kJson,
       R"({"Limit":100,"Offset":0})", "cn-beijing", "billing", kSdkTime, kInvented, "",
       "4f99008b0710cd5cd0a9395e07c7a584df37556605475e02ee15ff64a78451fe"},
      {"POST", "billing.volcengineapi.com", action("ListAvailableInstances"), kJson,
       R"({"ExpiredTimeEnd":"2027-01-13T06:30:00Z","ExpiredTimeStart":"2026-10-15T06:30:00Z",)"
       R"("MaxResults":100})",
       "cn-beijing", "billing", kSdkTime, kInvented, "",
       "f59fbf31d6b39c7c67a4184b1ee9a862ff554e76d0897757d5dbfe36d6ce39b0"},
      {"POST", "billing.volcengineapi.com", list_bill, kForm, "", "cn-north-1", "billing", kSdkTime,
       kInvented, "", "7da84a564a3f146c99d2e87d6e36466a6786a04fbdc1f164eda0fd3febfba93b"},
  };
  for (const Vector& vector : vectors) EXPECT_EQ(signature_of(vector), vector.signature);
}

TEST(VolcengineSignature, CoversAHostWithoutItsDefaultPort) {
  const Endpoint endpoint{"https", "billing.volcengineapi.com", "443"};
  EXPECT_EQ(signature_of({"POST", endpoint.authority(), action("ListBillOverviewByProd"), kJson,
                          R"({"BillPeriod":"2026-09","Limit":300})", "cn-north-1", "billing",
                          kSdkTime, kInvented, "", ""}),
            "318dedd511fb8bc018c8d5c5355c924781a9c30a94d6bea0eabbb8c14a92e43a");
}

TEST(VolcengineSignature, NamesTheSessionTokenAmongWhatItCovers) {
  const std::string authorization =
      sign({"POST", "billing.volcengineapi.com", action("QueryBalanceAcct"), kJson, "{}",
            "cn-beijing", "billing", kSdkTime, kInvented, "token", ""});
  EXPECT_NE(authorization.find(
                " SignedHeaders=content-type;host;x-content-sha256;x-date;x-security-token, "),
            std::string::npos);
}

TEST(VolcengineSignature, DoesNotDependOnTheOrderOfHeadersNorOnBlanksAroundAValue) {
  const Vector vector{"POST",
                      "billing.volcengineapi.com",
                      action("QueryBalanceAcct"),
                      kJson,
                      "{}",
                      "cn-beijing",
                      "billing",
                      kSdkTime,
                      kInvented,
                      "token",
                      ""};
  const std::string query = canonical_query(vector.query);
  RequestToSign request = request_of(vector, query);
  std::reverse(request.signed_headers.begin(), request.signed_headers.end());
  request.signed_headers[0].value = " " + request.signed_headers[0].value + "\t";
  EXPECT_EQ(authorization(request, vector.key.id, vector.key.secret, {"cn-beijing"},
                          UtcSeconds(std::chrono::seconds(kSdkTime))),
            sign(vector));
}

// ---- the chain of keys ----

TEST(VolcengineSigningKey, IsThatOfTheDocuments) {
  const auto key = [](const KeyPair& pair, std::string_view date, const Scope& scope) {
    return hex_text(signing_key(pair.secret, date, scope));
  };
  EXPECT_EQ(key(kPublished, "20240619", {"cn-beijing", "iam"}),
            "abee62e533a58934c49954459a3c3237d2fccea517c9a7c8a2651d8ea7779826");
  EXPECT_EQ(key(kPublished, "20250329", {"cn-beijing", "billing"}),
            "b491ed164936de3bb06c1eb23326aa9587b5aaa6a4e02144b9d523bbebb7ca9f");
  EXPECT_EQ(key(kInvented, "20261015", {"cn-north-1", "billing"}),
            "91623d75b5ad5eb8829ae766a5e5a2889b3659c9c00dc77c7305f079914f84dc");
  EXPECT_EQ(key(kInvented, "20261015", {"cn-beijing", "billing"}),
            "8612b7514bc1d48eb5b65e82731446c241313e3f526e300740e32c1d8a19d473");
  EXPECT_EQ(key(kInvented, "20261015", {"cn-north-1", "sts"}),
            "b44900702b6573bd44c6c634d57f22c66eec7619a3373e9434878ca8ecea8260");
  EXPECT_EQ(key(kInvented, "20261231", {"cn-north-1", "billing"}),
            "6be0bc42fc91302f430b08246904c1e2d377f8ae04bfe80909a37f7632612ed0");
}

TEST(VolcengineTime, IsInUtcWithoutPunctuation) {
  EXPECT_EQ(signing_time(UtcSeconds(std::chrono::seconds(kDocumentTime))), "20240619T071306Z");
  EXPECT_EQ(signing_time(UtcSeconds(std::chrono::seconds(kSuiteTime))), "20250329T180937Z");
  EXPECT_EQ(signing_time(UtcSeconds(std::chrono::seconds(kSdkTime))), "20261015T063000Z");
}

}  // namespace
}  // namespace cloud_billing::volcengine
