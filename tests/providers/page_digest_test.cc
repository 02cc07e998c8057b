#include "providers/page_digest.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>

namespace cloud_billing {
namespace {

TEST(PageDigest, DependsOnTheBytesAloneNotOnWhereTheyStand) {
  const std::string page(1000, 'x');
  const std::string moved = "." + page;
  EXPECT_EQ(page_digest(page), page_digest(std::string_view(moved).substr(1)));
}

TEST(PageDigest, DiffersForPagesOfAnyLengthThatDifferInOneBit) {
  for (std::size_t size = 0; size < 200; ++size) {
    std::string page(size, 'x');
    std::set<std::uint64_t> digests{page_digest(page), page_digest(page + 'x')};
    for (std::size_t i = 0; i < size; ++i) {
      page[i] = 'y';
      digests.insert(page_digest(page));
      page[i] = 'x';
    }
    EXPECT_EQ(digests.size(), size + 2) << size;
  }
}

TEST(PageDigest, DiffersWhereTwoWordsChangePlaces) {
  std::string page(256, 'x');
  page.replace(8, 1, "y");
  std::string swapped(256, 'x');
  swapped.replace(72, 1, "y");  // the same lane
  EXPECT_NE(page_digest(page), page_digest(swapped));
}

}  // namespace
}  // namespace cloud_billing
