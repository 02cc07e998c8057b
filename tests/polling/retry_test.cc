#include "polling/retry.h"

#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <string>

namespace cloud_billing {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

Failure failure_of(Reason reason, bool retryable, std::optional<seconds> retry_after = {}) {
  Failure failure;
  failure.reason = reason;
  failure.retryable = retryable;
  failure.retry_after = retry_after;
  return failure;
}

constexpr RetryLimits kLimits{4, hours(1)};

struct RequestCase {
  const char* name;
  Failure failure;
  int attempts;
  double random;
  std::optional<milliseconds> expected;
};

void PrintTo(const RequestCase& test_case, std::ostream* out) { *out << test_case.name; }

class FailedRequest : public testing::TestWithParam<RequestCase> {};

TEST_P(FailedRequest, IsSentAgain) {
  const RequestCase& request = GetParam();
  EXPECT_EQ(request_retry_delay(request.failure, request.attempts, kLimits, request.random),
            request.expected);
}

INSTANTIATE_TEST_SUITE_P(
    Case, FailedRequest,
    testing::Values(
        RequestCase{"OnceAfterHalfASecondAtMost", failure_of(Reason::kServer, true), 1, 1.0,
                    milliseconds(500)},
        RequestCase{"AfterARandomPartOfThat", failure_of(Reason::kServer, true), 1, 0.5,
                    milliseconds(250)},
        RequestCase{"LaterEachTime", failure_of(Reason::kThrottled, true), 4, 1.0,
                    milliseconds(4000)},
        RequestCase{"AsOftenAsMaxRetries", failure_of(Reason::kTimeout, true), 5, 0.5, {}},
        RequestCase{"NotWhereItIsRefused", failure_of(Reason::kPermission, false), 1, 0.5, {}},
        RequestCase{"OnceWhereItsTimeIsRefused", failure_of(Reason::kAuth, true), 1, 1.0,
                    milliseconds(500)},
        RequestCase{"NotTwiceWhereItsTimeIsRefused", failure_of(Reason::kAuth, true), 2, 0.5, {}},
        RequestCase{"WhenTheServerSays", failure_of(Reason::kThrottled, true, seconds(17)), 1, 0.1,
                    milliseconds(17000)},
        RequestCase{"AtOnceWhenTheServerSays", failure_of(Reason::kThrottled, true, seconds(0)), 1,
                    0.9, milliseconds(0)},
        RequestCase{"NotAfterAWaitLongerThanTheInterval",
                    failure_of(Reason::kThrottled, true, seconds(3601)),
                    1,
                    0.5,
                    {}},
        RequestCase{"NotBecauseTheServerNamesATime",
                    failure_of(Reason::kRequest, false, seconds(1)),
                    1,
                    0.5,
                    {}}),
    [](const auto& request) { return std::string(request.param.name); });

TEST(RequestRetry, WaitsTwentySecondsAtMost) {
  const RetryLimits many{100, hours(1)};
  EXPECT_EQ(request_retry_delay(failure_of(Reason::kServer, true), 90, many, 1.0), seconds(20));
}

TEST(RequestRetry, IsOffWhereMaxRetriesIsZero) {
  const RetryLimits none{0, hours(1)};
  EXPECT_EQ(request_retry_delay(failure_of(Reason::kServer, true), 1, none, 0.5), std::nullopt);
  EXPECT_EQ(request_retry_delay(failure_of(Reason::kAuth, true), 1, none, 0.5), std::nullopt);
}

TEST(FailedPoll, IsRepeatedSoonerThanItsIntervalAndLaterEachTime) {
  EXPECT_EQ(failed_poll_delay(Reason::kServer, 1, hours(1)), seconds(5));
  EXPECT_EQ(failed_poll_delay(Reason::kTimeout, 2, hours(1)), seconds(10));
  EXPECT_EQ(failed_poll_delay(Reason::kAuth, 5, hours(1)), seconds(80));
  EXPECT_EQ(failed_poll_delay(Reason::kInconsistent, 1000000, hours(1)), hours(1));
  EXPECT_EQ(failed_poll_delay(Reason::kServer, 1, seconds(2)), seconds(2));
}

TEST(FailedPoll, WaitsTheFullIntervalAfterARefusedPermission) {
  EXPECT_EQ(failed_poll_delay(Reason::kPermission, 1, minutes(5)), minutes(5));
  EXPECT_EQ(failed_poll_delay(Reason::kPermission, 7, hours(6)), hours(6));
}

}  // namespace
}  // namespace cloud_billing
