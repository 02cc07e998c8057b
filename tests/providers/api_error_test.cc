#include "providers/api_error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cloud_billing {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Failure judge(int status, std::string body, std::vector<Header> headers = {},
              std::string proxy = "") {
  const HttpResponse response{status, std::move(headers), std::move(body), std::move(proxy)};
  if (status >= 200 && status < 300) return classify_not_json(response, "not JSON");
  return classify_error_response(response, {status, "", ""}, {});
}

struct Kind {
  int status;
  const char* body;
  Reason reason;
  bool retryable;
};

// What a portal, a proxy or a gateway sends where an API's answer belongs.
TEST(Interloper, IsKnownByStatusAndPage) {
  for (const Kind& kind : {
           Kind{200, "<html>log in</html>", Reason::kTransport, true},
           Kind{200, "\xEF\xBB\xBF\r\n<!DOCTYPE html>", Reason::kTransport, true},
           Kind{301, "", Reason::kTransport, false},
           Kind{302, "", Reason::kTransport, false},
           Kind{302, "<html>", Reason::kTransport, false},
           Kind{307, "{}", Reason::kTransport, false},
           Kind{407, "", Reason::kTransport, false},
           Kind{407, "<html>", Reason::kTransport, false},
           Kind{511, "<html>", Reason::kTransport, false},
           Kind{511, "", Reason::kTransport, false},
           Kind{502, "<html>", Reason::kServer, true},
           Kind{403, "<html>", Reason::kServer, false},
           Kind{429, "<html>", Reason::kThrottled, true},
           Kind{200, "welcome", Reason::kDecode, false},
           Kind{200, "", Reason::kDecode, false},
           Kind{500, "", Reason::kServer, true},
       }) {
    const Failure failure = judge(kind.status, kind.body);
    EXPECT_EQ(reason_name(failure.reason), reason_name(kind.reason)) << kind.status << kind.body;
    EXPECT_EQ(failure.retryable, kind.retryable) << kind.status << kind.body;
    EXPECT_THAT(failure.message, Not(HasSubstr("log in"))) << "quotes the answer";
  }
}

TEST(Interloper, IsNamedAsWhatItIs) {
  EXPECT_EQ(judge(200, "<html>").message,
            "a web page came instead of an API's answer (HTTP 200), as from a portal in the "
            "cloud's place: check endpoint and proxy");
  EXPECT_EQ(judge(502, "<html>").message,
            "a web page came instead of an API's answer (HTTP 502): check endpoint and proxy");
  EXPECT_THAT(judge(511, "").message, HasSubstr("a network's demand for a log-in"));
  EXPECT_THAT(judge(407, "").message, HasSubstr("a proxy's demand for a user and password"));
}

TEST(Interloper, ThatRedirectsNamesTheHostItRedirectsToAndNoMore) {
  const auto redirect_to = [](std::string target) {
    return judge(302, "", {{"location", std::move(target)}}).message;
  };
  EXPECT_THAT(redirect_to("http://Login.corp.example:8080/in?token=abc"),
              AllOf(HasSubstr("a redirect to login.corp.example came"), Not(HasSubstr("abc"))));
  for (const char* odd :
       {"/in?token=abc", "https://svc:abc@login.example/", "abc://", "x://a b/abc"}) {
    EXPECT_THAT(redirect_to(odd), AllOf(HasSubstr("a redirect came"), Not(HasSubstr("abc"))))
        << odd;
  }
}

TEST(Interloper, NamesTheProxyThatItCameThrough) {
  EXPECT_THAT(judge(200, "<html>", {}, "the proxy 10.0.0.1:3128 (https_proxy)").message,
              HasSubstr("through the proxy 10.0.0.1:3128 (https_proxy)"));
}

// A cloud that calls a quota by words that mean a rate elsewhere.
constexpr std::array kMeanings{
    CodeMeaning{"LimitExceeded", Reason::kRequest, false, "the quota is used up"},
    CodeMeaning{"FrequentFailures", Reason::kServer, true, "it fails often"}};

Reason reason_of(int status, std::string_view code) {
  return classify_api_error({status, code, ""}, kMeanings).reason;
}

TEST(ApiError, IsWhatTheProvidersTableSaysWhateverItsWordsMean) {
  EXPECT_EQ(reason_of(400, "LimitExceeded"), Reason::kRequest);
  EXPECT_EQ(reason_of(200, "FrequentFailures"), Reason::kServer);
}

TEST(ApiError, ThatNoTableKnowsIsThrottlingByItsWords) {
  for (const char* code : {"RequestLimitExceeded", "Throttling", "TooManyRequests", "Frequency"}) {
    EXPECT_EQ(reason_of(400, code), Reason::kThrottled) << code;
  }
  EXPECT_EQ(reason_of(400, "Other"), Reason::kRequest);
}

TEST(ApiError, WithStatus429IsThrottlingWhateverItsCode) {
  EXPECT_EQ(reason_of(429, "LimitExceeded"), Reason::kThrottled);
  EXPECT_EQ(reason_of(429, ""), Reason::kThrottled);
}

TEST(ApiError, KeepsTheCloudsWordsApartFromItsMessage) {
  const Failure failure =
      classify_api_error({400, "Odd Code!", "r-1", "参数错误: month"}, kMeanings);
  EXPECT_EQ(failure.words, "Odd Code!: 参数错误: month");
  EXPECT_EQ(failure.message, "the request is refused (HTTP 400, request r-1)");
  EXPECT_EQ(classify_api_error({400, "", "", "only words"}, kMeanings).words, "only words");
  EXPECT_EQ(classify_api_error({400, "Code", "", ""}, kMeanings).words, "Code");
  EXPECT_EQ(classify_api_error({500, "", "", ""}, kMeanings).words, "");
}

}  // namespace
}  // namespace cloud_billing
