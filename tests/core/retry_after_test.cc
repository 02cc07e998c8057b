#include "core/retry_after.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cloud_billing {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

// 1994-11-06T08:49:37Z, RFC 9110's own example.
constexpr UtcSeconds kNow{seconds(784111777)};

std::optional<seconds> wait(std::string value, std::vector<Header> others = {}) {
  HttpResponse response{429, std::move(others), ""};
  response.headers.push_back({"retry-after", std::move(value)});
  return read_retry_after(response, kNow);
}

TEST(RetryAfter, IsANumberOfSeconds) {
  EXPECT_EQ(wait("7"), seconds(7));
  EXPECT_EQ(wait("0"), seconds(0));
  EXPECT_EQ(wait(" 120 "), seconds(120));
}

TEST(RetryAfter, OfAListIsTheFirst) {
  EXPECT_EQ(wait("60, 90"), seconds(60));
  EXPECT_EQ(wait("60,90"), seconds(60));
  EXPECT_EQ(wait("Sun, 06 Nov 1994 08:50:37 GMT, Sun, 06 Nov 1994 09:50:37 GMT"), seconds(60));
}

TEST(RetryAfter, ThatIsADateLastsUntilThen) {
  EXPECT_EQ(wait("Sun, 06 Nov 1994 08:51:37 GMT"), seconds(120));
  EXPECT_EQ(wait("Sunday, 06-Nov-94 08:51:37 GMT"), seconds(120));
  EXPECT_EQ(wait("Sun, 06 Nov 1994 08:00:00 GMT"), seconds(0));
}

// This host's clock may be wrong; the server's two times come from one.
TEST(RetryAfter, ThatIsADateIsMeasuredByTheServersClock) {
  EXPECT_EQ(wait("Mon, 07 Nov 1994 09:00:30 GMT", {{"date", "Mon, 07 Nov 1994 09:00:00 GMT"}}),
            seconds(30));
}

TEST(RetryAfter, HoweverLongIsNotForgotten) {
  EXPECT_GT(wait("99999999999999999999"), hours(24 * 365));
  EXPECT_EQ(wait("86400"), hours(24));
}

TEST(RetryAfter, ThatSaysNothingIsNone) {
  for (const char* value :
       {"", "-1", "soon", "7x", "1994-11-06T08:51:37Z", "Sun, 06 Nov 1994 08:51:37 CET"}) {
    EXPECT_EQ(wait(value), std::nullopt) << value;
  }
  EXPECT_EQ(read_retry_after({429, {}, ""}, kNow), std::nullopt);
}

}  // namespace
}  // namespace cloud_billing
