#include "transport/response_allowance.h"

#include <gtest/gtest.h>

namespace cloud_billing {
namespace {

constexpr std::size_t kPage = 100'000;
constexpr std::size_t kMebibyte = std::size_t{1} << 20;

void note_responses(ResponseAllowance& allowance, int count, std::size_t waiting, bool used_up) {
  for (int i = 0; i < count; ++i) allowance.note_response(kPage, waiting, used_up);
}

TEST(ResponseAllowance, IsSmallUntilResponsesShowThatMoreIsNeeded) {
  ResponseAllowance allowance;
  EXPECT_EQ(allowance.bytes(), 32 * kMebibyte);
  note_responses(allowance, 10'000, 0, false);
  EXPECT_EQ(allowance.bytes(), 32 * kMebibyte);
}

TEST(ResponseAllowance, DoublesWithinTwoRoundTripsIfTheCallerWaitsForADistantCloud) {
  ResponseAllowance allowance;
  note_responses(allowance, 2 * static_cast<int>(32 * kMebibyte / kPage), kPage, true);
  EXPECT_GE(allowance.bytes(), 64 * kMebibyte);
}

TEST(ResponseAllowance, HasALimit) {
  ResponseAllowance allowance;
  note_responses(allowance, 100'000, 0, true);
  EXPECT_EQ(allowance.bytes(), 128 * kMebibyte);
}

TEST(ResponseAllowance, StaysWhileTheCallerJustKeepsUp) {
  ResponseAllowance allowance;
  note_responses(allowance, 100'000, 4 * kMebibyte, true);
  EXPECT_EQ(allowance.bytes(), 32 * kMebibyte);
}

TEST(ResponseAllowance, IsTakenBackWhenTheCallerFallsBehind) {
  ResponseAllowance allowance;
  note_responses(allowance, 100'000, 0, true);
  note_responses(allowance, 100, 10 * kMebibyte, true);
  EXPECT_LT(allowance.bytes(), 100 * kMebibyte);
  note_responses(allowance, 1'000, 10 * kMebibyte, true);
  EXPECT_EQ(allowance.bytes(), 32 * kMebibyte);
}

}  // namespace
}  // namespace cloud_billing
