#include "volcengine/response.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

namespace cloud_billing::volcengine {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

constexpr std::string_view kRequestId = "20220812112024010133031077101D7CBB";

Failure judge(int status, std::string body, std::vector<Header> headers = {}) {
  HttpResponse response{status, std::move(headers), std::move(body)};
  return classify_error(response);
}

// What a 2xx answer is taken for: the failure's reason and message, or "good".
std::string open(int status, std::string body) {
  HttpResponse response{status, {}, std::move(body)};
  const auto opened = open_response(response, [](auto, auto) { return JsonProblem{}; });
  if (opened) return "good";
  return std::string(reason_name(opened.error().reason)) + ": " + opened.error().message;
}

std::string error_body(std::string_view code) {
  return R"({"ResponseMetadata":{"RequestId":")" + std::string(kRequestId) +
         R"(","Action":"ListBillDetail","Version":"2022-01-01","Service":"billing",)"
         R"("Region":"cn-north-1","Error":{"CodeN":100024,"Code":")" +
         std::string(code) + R"(","Message":"of the secret kind"}}})";
}

struct CodeCase {
  int status;
  const char* code;
  Reason reason;
  bool retryable;
};

void expect_judged(std::initializer_list<CodeCase> cases) {
  for (const CodeCase& c : cases) {
    SCOPED_TRACE(c.code);
    const Failure failure = judge(c.status, error_body(c.code));
    EXPECT_EQ(reason_name(failure.reason), reason_name(c.reason)) << c.status;
    EXPECT_EQ(failure.retryable, c.retryable) << c.status;
    EXPECT_THAT(failure.message, EndsWith("(HTTP " + std::to_string(c.status) + ", " + c.code +
                                          ", request " + std::string(kRequestId) + ")"));
    EXPECT_EQ(failure.message.find("secret kind"), std::string::npos) << "quotes the answer";
  }
}

TEST(VolcengineError, OfTheDocumentsIsJudgedByItsCode) {
  expect_judged({{400, "MissingParameter", Reason::kRequest, false},
                 {401, "MissingAuthenticationToken", Reason::kAuth, false},
                 {400, "MissingRequestInfo", Reason::kAuth, false},
                 {401, "MissingSignature", Reason::kAuth, false},
                 {400, "InvalidTimestamp", Reason::kAuth, true},
                 {403, "InvalidTimestamp", Reason::kAuth, true},
                 {404, "ServiceNotFound", Reason::kRequest, false},
                 {404, "InvalidActionOrVersion", Reason::kRequest, false},
                 {401, "InvalidAccessKey", Reason::kAuth, false},
                 {401, "SignatureDoesNotMatch", Reason::kAuth, false},
                 {403, "LackPolicy", Reason::kPermission, false},
                 {403, "AccessDenied", Reason::kPermission, false},
                 {403, "LackProjectPolicy", Reason::kPermission, false},
                 {500, "InternalError", Reason::kServer, true},
                 {504, "InternalServiceTimeout", Reason::kServer, true},
                 {503, "ServiceUnavailableTemp", Reason::kServer, true},
                 {502, "InternalServiceError", Reason::kServer, true},
                 {405, "MethodNotAllowed", Reason::kRequest, false},
                 {400, "InvalidAuthorization", Reason::kAuth, false},
                 {400, "InvalidCredential", Reason::kAuth, false},
                 {401, "InvalidSecretToken", Reason::kAuth, false},
                 {400, "RequestInvalid", Reason::kRequest, false},
                 {400, "InvalidParam", Reason::kRequest, false},
                 {400, "RecordNoFound", Reason::kRequest, false}});
}

TEST(VolcengineError, OfAThrottledRequestIsKnownByItsCodeAtAnyStatus) {
  expect_judged({{400, "AccountFlowLimitExceeded", Reason::kThrottled, true},
                 {429, "AccountFlowLimitExceeded", Reason::kThrottled, true},
                 {429, "FlowLimitExceeded", Reason::kThrottled, true},
                 {400, "FrequentRequest", Reason::kThrottled, true},
                 {429, "Whatever", Reason::kThrottled, true}});
}

TEST(VolcengineError, WithAnUnknownCodeIsJudgedByItsStatus) {
  expect_judged({{400, "Surprise", Reason::kRequest, false},
                 {401, "Surprise", Reason::kAuth, false},
                 {403, "Surprise", Reason::kPermission, false},
                 {404, "Surprise", Reason::kRequest, false},
                 {500, "Surprise", Reason::kServer, true},
                 {502, "Surprise", Reason::kServer, true}});
}

TEST(VolcengineError, WithStatus200IsTheSameError) {
  EXPECT_THAT(open(200, error_body("AccessDenied")), testing::StartsWith("permission: "));
  EXPECT_THAT(open(200, error_body("InvalidAccessKey")), testing::StartsWith("auth: "));
  EXPECT_THAT(open(200, error_body("AccountFlowLimitExceeded")),
              testing::StartsWith("throttled: "));
  EXPECT_THAT(
      open(200, error_body("InternalServiceError")),
      EndsWith("(HTTP 200, InternalServiceError, request " + std::string(kRequestId) + ")"));
}

TEST(VolcengineError, ThatSaysNothingIsNone) {
  for (const std::string_view error :
       {"{}", "null", R"("")", R"({"CodeN":0})", R"({"CodeN":0,"Code":"","Message":""})",
        R"({"CodeN":0,"Code":"0","Message":"success"})", R"({"CodeN":0,"Message":"OK"})",
        R"({"Code":null})", R"({"Code":"-"})"}) {
    const std::string metadata = R"({"ResponseMetadata":{"Error":)" + std::string(error) + "}";
    EXPECT_EQ(open(200, metadata + R"(,"Result":{"List":[]}})"), "good") << error;
    EXPECT_EQ(open(200, metadata + "}"), "decode: the answer is not understood: no Result")
        << error;
  }
  EXPECT_EQ(open(200, R"({"errorcode":0,"message":"OK","Result":{"List":[]}})"), "good");
}

TEST(VolcengineError, ThatSaysAnythingIsOneBesideAResultToo) {
  for (const std::string_view error :
       {R"({"CodeN":100014})", R"({"Code":"InternalError","CodeN":0})", R"({"Message":"denied"})",
        R"("denied")"}) {
    EXPECT_THAT(open(200, R"({"ResponseMetadata":{"Error":)" + std::string(error) +
                              R"(},"Result":{"List":[]}})"),
                testing::StartsWith("server: "))
        << error;
  }
}

TEST(VolcengineError, KeepsTheCloudsWordsForTheDebugLog) {
  EXPECT_EQ(judge(403, error_body("AccessDenied")).words, "AccessDenied: of the secret kind");
  EXPECT_EQ(judge(502, R"({"HTTPCode":502,"errorcode":"BadGateway","message":"busy"})").words,
            "BadGateway: busy");
  EXPECT_EQ(judge(500, "<html>").words, "");
}

TEST(VolcengineError, OfAGatewayHasNoMetadata) {
  const std::string body = R"({"HTTPCode":429,"errorcode":"Busy","message":"secret"})";
  EXPECT_EQ(judge(502, R"({"HTTPCode":502,"errorcode":"BadGateway","message":"secret"})").reason,
            Reason::kServer);
  EXPECT_EQ(judge(403, R"({"HTTPCode":403,"errorcode":"AccessDenied","message":"secret"})").reason,
            Reason::kPermission);
  EXPECT_EQ(open(200, body),
            "throttled: too many requests: lower requests_per_second "
            "(HTTP 429, Busy)");
  EXPECT_THAT(open(200, R"({"errorcode":100014,"message":"secret"})"),
              EndsWith("(HTTP 200, 100014)"));
}

// ---- the examples of the document on calling the API (docs/6269, retired edition) ----

TEST(VolcengineAnswer, OfTheDocumentsFailureExampleIsAnAuthorizationFailure) {
  const std::string body = R"({
  "ResponseMetadata": {
    "RequestId": "20220812112024010133031077101D7CBB",
    "Action": "ListBill",
    "Version": "2022-01-01",
    "Service":"billing",
    "Region":"cn-north-1",
    "Error": {
      "CodeN": 100024,
      "Code": "InvalidAuthorization",
      "Message": "Invalid 'Authorization' header, Pls check your authorization header."
    }
  }
})";
  const Failure failure = judge(400, body);
  EXPECT_EQ(failure.reason, Reason::kAuth);
  EXPECT_FALSE(failure.retryable);
  EXPECT_EQ(failure.message,
            "the authorization is refused: check access_key_id and secret_access_key (HTTP 400, "
            "InvalidAuthorization, request 20220812112024010133031077101D7CBB)");
  EXPECT_THAT(open(200, body), testing::StartsWith("auth: "));
}

// ---- the envelope ----

TEST(VolcengineAnswer, IsTakenWhateverVersionAndRegionItsMetadataNames) {
  EXPECT_EQ(open(200, R"({"ResponseMetadata":{"Version":"20220101"},"Result":{"Total":0}})"),
            "good");
  EXPECT_EQ(open(200, R"({"Result":{},"ResponseMetadata":{"Region":"elsewhere","Error":null}})"),
            "good");
}

TEST(VolcengineAnswer, WithoutAResultIsNotUnderstood) {
  for (const std::string_view body :
       {R"({"ResponseMetadata":{}})", R"({"ResponseMetadata":{},"Result":null})", "{}", "[]", "",
        "busy", R"({"Result":{})", R"({"Result":{}} x)", R"({"Result":[]})"}) {
    EXPECT_THAT(open(200, std::string(body)), HasSubstr("the answer is not understood")) << body;
  }
}

TEST(VolcengineAnswer, ThatIsAWebPageIsAPortalsOrTheGatewaysFault) {
  EXPECT_THAT(open(200, "<html>secret</html>"), testing::StartsWith("transport: a web page came"));
  EXPECT_EQ(judge(502, "<html>").reason, Reason::kServer);
  EXPECT_EQ(judge(429, "<html>").reason, Reason::kThrottled);
}

TEST(VolcengineRefusal, WithoutAReadableBodyIsJudgedByItsStatus) {
  for (const std::string_view body : {"", "busy", "{", "[]", R"({"ResponseMetadata":7})"}) {
    EXPECT_EQ(judge(400, std::string(body)).reason, Reason::kRequest) << body;
    EXPECT_EQ(judge(401, std::string(body)).reason, Reason::kAuth) << body;
    EXPECT_EQ(judge(403, std::string(body)).reason, Reason::kPermission) << body;
    EXPECT_EQ(judge(429, std::string(body)).reason, Reason::kThrottled) << body;
    EXPECT_EQ(judge(503, std::string(body)).reason, Reason::kServer) << body;
  }
}

}  // namespace
}  // namespace cloud_billing::volcengine
