// What a body leaves behind once it is of no use.

#include "transport/response_body.h"

#include <gtest/gtest.h>
#include <malloc.h>

#include <cstddef>
#include <string>

namespace cloud_billing {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20;

// Of all blocks that are in use; sanitizers have an allocator of their own, which tells 0.
std::size_t bytes_in_use() {
  const struct mallinfo2 told = mallinfo2();
  return told.uordblks + told.hblkhd;
}

TEST(ResponseBody, ThatIsTooLargeLeavesNoMemoryTakenWhenItIsDropped) {
  const std::string piece(kPiece, 'x');
  ResponseBody body;
  const std::size_t before = bytes_in_use();
  while (body.append("", piece)) {
  }
  EXPECT_EQ(body.problem(), ResponseBody::Problem::kTooLarge);
  body.clear();
  EXPECT_LT(bytes_in_use(), before + kPiece);
}

TEST(ResponseBody, IsGoodAfterOneThatWasTooLarge) {
  const std::string piece(kPiece, 'x');
  ResponseBody body;
  while (body.append("", piece)) {
  }
  body.clear();
  ASSERT_TRUE(body.append("", "good"));
  ASSERT_TRUE(body.finish());
  EXPECT_EQ(body.take(), "good");
}

}  // namespace
}  // namespace cloud_billing
