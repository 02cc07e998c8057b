#include "core/http_date.h"

#include <gtest/gtest.h>

namespace cloud_billing {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

// 1994-11-06T08:49:37Z, RFC 9110's own example.
constexpr std::string_view kExample = "Sun, 06 Nov 1994 08:49:37 GMT";
constexpr UtcSeconds kExampleTime{seconds(784111777)};

TEST(HttpDate, IsReadInTheThreeFormsOfRfc9110) {
  EXPECT_EQ(read_http_date(kExample), kExampleTime);
  EXPECT_EQ(read_http_date("Sunday, 06-Nov-94 08:49:37 GMT"), kExampleTime);
  EXPECT_EQ(read_http_date("Sun Nov  6 08:49:37 1994"), kExampleTime);
}

TEST(HttpDate, InAnyOtherFormIsNone) {
  for (const std::string_view text :
       {"", "now", "1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37", "784111777",
        "Sun, 06 Nov 1994 08:49:37 CET", "Sunday, 06-Nov-94 08:49:37",
        "Sun Nov  6 08:49:37 1994 GMT", "Sun, 31 Feb 1994 08:49:37 GMT"}) {
    EXPECT_EQ(read_http_date(text), std::nullopt) << text;
  }
}

TEST(ClockDifference, OfMoreThanFiveMinutesIsNamed) {
  const auto explain = [](auto off) {
    return explain_clock_difference(kExample, kExampleTime + off);
  };
  EXPECT_EQ(explain(seconds(301)), "this host's clock is 5 minutes ahead of the server's");
  EXPECT_EQ(explain(-minutes(45)), "this host's clock is 45 minutes behind the server's");
  EXPECT_EQ(explain(minutes(5)), "");
  EXPECT_EQ(explain(-minutes(5)), "");
  EXPECT_EQ(explain_clock_difference("yesterday", kExampleTime), "");
}

}  // namespace
}  // namespace cloud_billing
