#include "baidu/response.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "baidu/provider.h"

namespace cloud_billing::baidu {
namespace {

using testing::EndsWith;

Failure judge(int status, std::string body, std::vector<Header> headers = {}) {
  HttpResponse response{status, std::move(headers), std::move(body)};
  return provider().classify_error(response);
}

std::string error_body(std::string_view code) {
  return R"({"code":")" + std::string(code) +
         R"(","message":"of the secret kind","requestId":"4e1a-77"})";
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
                                          ", request 4e1a-77)"));
    EXPECT_EQ(failure.message.find("secret kind"), std::string::npos) << "quotes the answer";
  }
}

TEST(BaiduError, OfTheDocumentsIsJudgedByItsCode) {
  expect_judged({{403, "AccessDenied", Reason::kPermission, false},
                 {403, "QualifyNotPass", Reason::kPermission, false},
                 {403, "OptInRequired", Reason::kPermission, false},
                 {403, "InvalidAccessKeyId", Reason::kAuth, false},
                 {400, "SignatureDoesNotMatch", Reason::kAuth, false},
                 {403, "SignatureDoesNotMatch", Reason::kAuth, false},
                 {400, "InvalidHTTPAuthHeader", Reason::kAuth, false},
                 {400, "RequestExpired", Reason::kAuth, true},
                 {400, "InvalidHTTPRequest", Reason::kRequest, false},
                 {400, "MalformedJSON", Reason::kRequest, false},
                 {400, "InappropriateJSON", Reason::kRequest, false},
                 {400, "InvalidURI", Reason::kRequest, false},
                 {404, "InvalidVersion", Reason::kRequest, false},
                 {412, "PreconditionFailed", Reason::kRequest, false},
                 {500, "InternalError", Reason::kServer, true}});
}

TEST(BaiduError, WithStatus200IsTheSameError) {
  expect_judged({{200, "AccessDenied", Reason::kPermission, false},
                 {200, "InvalidAccessKeyId", Reason::kAuth, false},
                 {200, "InvalidHTTPRequest", Reason::kRequest, false},
                 {200, "InternalError", Reason::kServer, true},
                 {200, "ServiceUnavailable", Reason::kServer, true},
                 {200, "RequestLimitExceeded", Reason::kThrottled, true}});
}

TEST(BaiduError, KeepsTheCloudsWordsForTheDebugLog) {
  EXPECT_EQ(judge(403, error_body("AccessDenied")).words, "AccessDenied: of the secret kind");
  EXPECT_EQ(judge(400, R"({"code":"Odd","message":{"zh":"?"}})").words, "Odd");
  EXPECT_EQ(judge(500, "").words, "");
}

// The code of a throttled request is documented nowhere: these words mean it, at any status.
TEST(BaiduError, OfAThrottledRequestIsKnownByTheWordsOfItsCode) {
  expect_judged({{429, "Whatever", Reason::kThrottled, true},
                 {400, "RequestLimitExceeded", Reason::kThrottled, true},
                 {403, "Throttling", Reason::kThrottled, true},
                 {503, "TooManyRequests", Reason::kThrottled, true},
                 {400, "AccessFrequencyControl", Reason::kThrottled, true}});
}

TEST(BaiduError, WithAnUnknownCodeIsJudgedByItsStatus) {
  expect_judged({{400, "Surprise", Reason::kRequest, false},
                 {401, "Surprise", Reason::kAuth, false},
                 {403, "Surprise", Reason::kPermission, false},
                 {403, "InvalidSessionToken", Reason::kAuth, false},
                 {404, "Surprise", Reason::kRequest, false},
                 {500, "Surprise", Reason::kServer, true},
                 {502, "Surprise", Reason::kServer, true},
                 {503, "Surprise", Reason::kServer, true}});
}

TEST(BaiduRefusal, WithoutAReadableBodyIsJudgedByItsStatus) {
  for (const std::string_view body : {"", "busy", "{", "[]", "{\"code\":"}) {
    EXPECT_EQ(judge(400, std::string(body)).reason, Reason::kRequest) << body;
    EXPECT_EQ(judge(403, std::string(body)).reason, Reason::kPermission) << body;
    EXPECT_EQ(judge(429, std::string(body)).reason, Reason::kThrottled) << body;
    EXPECT_EQ(judge(500, std::string(body)).reason, Reason::kServer) << body;
    EXPECT_TRUE(judge(503, std::string(body)).retryable) << body;
    EXPECT_FALSE(judge(400, std::string(body)).retryable) << body;
  }
}

TEST(BaiduRefusal, ByAGatewaysPageIsTheServersFault) {
  const Failure failure = judge(502, "\r\n <html><body>Bad Gateway secret</body></html>");
  EXPECT_EQ(failure.reason, Reason::kServer);
  EXPECT_TRUE(failure.retryable);
  EXPECT_EQ(failure.message.find("secret"), std::string::npos);
  EXPECT_EQ(judge(403, "<html>").reason, Reason::kServer);
  EXPECT_FALSE(judge(403, "<html>").retryable);
  EXPECT_EQ(judge(429, "<html>").reason, Reason::kThrottled);
}

TEST(BaiduRefusal, TakesTheRequestIdFromTheHeaderWhereTheBodyHasNone) {
  EXPECT_THAT(judge(500, "", {{"x-bce-request-id", "d4591fcf-025b"}}).message,
              EndsWith("(HTTP 500, request d4591fcf-025b)"));
}

TEST(BaiduRefusal, ShowsACodeOnlyWhereItLooksLikeOne) {
  for (const std::string& code :
       {std::string("Bad<script>"), std::string("a b"), std::string(65, 'x')}) {
    EXPECT_THAT(judge(400, error_body(code)).message, EndsWith("(HTTP 400, request 4e1a-77)"));
  }
}

}  // namespace
}  // namespace cloud_billing::baidu
