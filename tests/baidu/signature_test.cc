#include "baidu/signature.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace cloud_billing::baidu {
namespace {

UtcSeconds epoch(long seconds) { return UtcSeconds(std::chrono::seconds(seconds)); }

std::string last_part(const std::string& authorization) {
  return authorization.substr(authorization.rfind('/') + 1);
}

// ---- Baidu's published example: the authentication page with header signature, and its variations
// that other clients test ----

const std::string kPublishedId(32, 'a');
const std::string kPublishedKey(32, 'b');
constexpr long kPublishedTime = 1430123029;  // 2015-04-27T08:23:49Z

RequestToSign published_request() {
  return {"PUT",
          "/v1/test/myfolder/readme.txt",
          {{"partNumber", "9"}, {"uploadId", "a44cc9bab11cbd156984767aad637851"}},
          {{"Host", "bj.bcebos.com"},
           {"Content-Type", "text/plain"},
           {"Content-Length", "8"},
           {"Content-Md5", "NFzcPqhviddjRNnSOGo4rw=="},
           {"x-bce-date", "2015-04-27T08:23:49Z"}}};
}

std::string sign_published(const RequestToSign& request) {
  return authorization(request, kPublishedId, kPublishedKey, epoch(kPublishedTime));
}

TEST(BceSignature, IsThatOfThePublishedExample) {
  EXPECT_EQ(sign_published(published_request()),
            "bce-auth-v1/" + kPublishedId +
                "/2015-04-27T08:23:49Z/1800/"
                "content-length;content-md5;content-type;host;x-bce-date/"
                "d74a04362e6a848f5b39b15421cb449427f419c95a480fd6b8cf9fc783e2999e");
}

TEST(BceSignature, IsThatOfTheExampleWithoutAQuery) {
  RequestToSign request = published_request();
  request.query.clear();
  EXPECT_EQ(last_part(sign_published(request)),
            "0558aac491bbef484d3aaa30ac1e65d4ff10daccd351f15c91e922ee4ce72690");
}

TEST(BceSignature, IsThatOfTheExampleWithHostAndDateOnly) {
  RequestToSign request = published_request();
  request.signed_headers = {{"host", "bj.bcebos.com"}, {"x-bce-date", "2015-04-27T08:23:49Z"}};
  EXPECT_EQ(sign_published(request),
            "bce-auth-v1/" + kPublishedId +
                "/2015-04-27T08:23:49Z/1800/host;x-bce-date/"
                "1b8de5a23a56eef657c69f94c621e7acd227d049a4ba577f537d5e5cebf0cf32");
}

TEST(BceSignature, DoesNotDependOnTheOrderOfHeadersOrParameters) {
  RequestToSign request = published_request();
  std::reverse(request.signed_headers.begin(), request.signed_headers.end());
  std::reverse(request.query.begin(), request.query.end());
  EXPECT_EQ(sign_published(request), sign_published(published_request()));
}

TEST(BceSignature, LeavesOutHeadersWithoutAValueAndBlanksAroundOne) {
  RequestToSign request = published_request();
  request.signed_headers.push_back({"x-bce-empty", " \t"});
  request.signed_headers[0].value = "  bj.bcebos.com ";
  EXPECT_EQ(sign_published(request), sign_published(published_request()));
}

// ---- the examples of the official JavaScript SDK (test/sdk/auth.spec.js) ----

constexpr long kScriptTime = 1402639056;  // 2014-06-13T05:57:36Z

TEST(BceSignature, IsThatOfTheJavaScriptSdk) {
  const RequestToSign request{"PUT",
                              "/v1/bucket/object1",
                              {{"A", ""}, {"b", ""}, {"C", "d"}},
                              {{"host", "bce.baidu.com"}, {"x-bce-meta-key1", "ABC"}}};
  EXPECT_EQ(authorization(request, "my_ak", "my_sk", epoch(kScriptTime)),
            "bce-auth-v1/my_ak/2014-06-13T05:57:36Z/1800/host;x-bce-meta-key1/"
            "80c9672aca2ea9af4bb40b9a8ff458d72df94e97d550840727f3a929af271d25");
}

TEST(BceSignature, IsThatOfTheJavaScriptSdkWithoutAHost) {
  const RequestToSign request{
      "DELETE",
      "/v1/test-bucket1361199862",
      {},
      {{"Content-Type", "application/json; charset=utf-8"}, {"Content-Length", "0"}}};
  EXPECT_EQ(authorization(request, "my_ak", "my_sk", epoch(kScriptTime)),
            "bce-auth-v1/my_ak/2014-06-13T05:57:36Z/1800/content-length;content-type/"
            "c9386b15d585960ae5e6972f73ed92a9a682dc81025480ba5b41206d3e489822");
}

// ---- a request of the shape of Baidu's billing API, also signed by the official Python SDK ----

TEST(BceSignature, CoversAHostWithAPort) {
  const RequestToSign request{"POST",
                              "/v1/bill/resource/chargeitem",
                              {},
                              {{"host", "billing.baidubce.com:8080"},
                               {"content-type", "application/json; charset=utf-8"},
                               {"content-length", "57"},
                               {"x-bce-date", "2026-01-15T02:30:00Z"}}};
  EXPECT_EQ(last_part(authorization(request, "0123456789abcdef0123456789abcdef",
                                    "fedcba9876543210fedcba9876543210", epoch(1768444200))),
            "7d56ceeafcb266efdf8af5a6cda4396848de49b55f80dea115f82042fbb35a44");
}

}  // namespace
}  // namespace cloud_billing::baidu
