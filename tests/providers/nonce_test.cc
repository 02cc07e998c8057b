#include "providers/nonce.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <set>

namespace cloud_billing::nonce_test {
namespace {

TEST(Nonce, Is32HexadecimalDigitsAndNeverTheSame) {
  std::mt19937_64 random(42);
  std::set<std::string> nonces;
  for (int i = 0; i < 1000; ++i) nonces.insert(make_nonce(random));
  EXPECT_EQ(nonces.size(), std::size_t{1000});
  EXPECT_THAT(nonces, testing::Each(testing::MatchesRegex("[0-9a-f]{32}")));
}

}  // namespace
}  // namespace cloud_billing::nonce_test
