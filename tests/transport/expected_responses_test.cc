#include "transport/expected_responses.h"

#include <gtest/gtest.h>

#include <chrono>

namespace cloud_billing {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr SteadyTime kStart{seconds(1000)};
constexpr std::size_t kConnection = 48 * 1024;
constexpr std::size_t kFirstGuess = 128 * 1024 + kConnection;

// So many that only they count.
void note_responses(ExpectedResponses& expected, std::size_t bytes, milliseconds duration) {
  for (int i = 0; i < 1000; ++i) expected.note_response(bytes, duration);
}

TEST(ExpectedResponses, OfNoRequestAreNone) {
  ExpectedResponses expected;
  EXPECT_EQ(expected.bytes(kStart), 0);
  EXPECT_EQ(expected.next_change(), SteadyTime::max());
}

TEST(ExpectedResponses, CountAPageEachUntilAnyHasCome) {
  ExpectedResponses expected;
  expected.note_started(1, kStart);
  expected.note_started(2, kStart);
  EXPECT_EQ(expected.bytes(kStart), 2 * kFirstGuess);
}

TEST(ExpectedResponses, HaveTheMeanSizeOfTheLatest) {
  ExpectedResponses expected;
  expected.note_started(1, kStart);
  note_responses(expected, 0, milliseconds(10));
  EXPECT_EQ(expected.bytes(kStart), kConnection);
  expected.note_response(16'000, milliseconds(10));
  EXPECT_EQ(expected.bytes(kStart), kConnection + 1'000);
}

TEST(ExpectedResponses, CountNoMoreOnceTheyHaveCome) {
  ExpectedResponses expected;
  for (Ticket ticket = 1; ticket <= 3; ++ticket) expected.note_started(ticket, kStart);
  expected.note_ended(2);
  EXPECT_EQ(expected.bytes(kStart), 2 * kFirstGuess);
  expected.note_ended(1);
  expected.note_ended(3);
  EXPECT_EQ(expected.bytes(kStart), 0);
  EXPECT_EQ(expected.next_change(), SteadyTime::max());
}

TEST(ExpectedResponses, OfASilentEndpointCountForASecond) {
  ExpectedResponses expected;
  expected.note_started(1, kStart);
  expected.note_started(2, kStart + milliseconds(400));
  EXPECT_EQ(expected.next_change(), kStart + seconds(1));
  EXPECT_EQ(expected.bytes(kStart + milliseconds(999)), 2 * kFirstGuess);
  EXPECT_EQ(expected.bytes(kStart + seconds(1)), kFirstGuess);
  EXPECT_EQ(expected.next_change(), kStart + milliseconds(1400));
  expected.note_ended(1);  // late: it counts no more
  EXPECT_EQ(expected.bytes(kStart + seconds(1)), kFirstGuess);
  EXPECT_EQ(expected.bytes(kStart + milliseconds(1400)), 0);
  expected.note_started(3, kStart + seconds(2));
  EXPECT_EQ(expected.bytes(kStart + seconds(2)), kFirstGuess);
}

// A machine without time to spare: all that is under way is late, not silent.
TEST(ExpectedResponses, CountForLongerIfMostResponsesTakeLong) {
  ExpectedResponses expected;
  note_responses(expected, 0, seconds(5));
  expected.note_started(1, kStart);
  EXPECT_EQ(expected.bytes(kStart + seconds(30)), kConnection);
  EXPECT_EQ(expected.bytes(kStart + seconds(50)), 0);
}

TEST(ExpectedResponses, CountForASecondIfOnlySomeTakeLong) {
  ExpectedResponses expected;
  for (int i = 0; i < 1000; ++i) {
    expected.note_response(0, i % 3 == 0 ? seconds(20) : milliseconds(10));
  }
  expected.note_started(1, kStart);
  EXPECT_EQ(expected.bytes(kStart + seconds(1)), 0);
}

}  // namespace
}  // namespace cloud_billing
