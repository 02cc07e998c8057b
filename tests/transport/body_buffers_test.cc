#include "transport/body_buffers.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace cloud_billing {
namespace {

constexpr std::size_t kUsual = 256 * 1024;

TEST(BodyBuffers, AreEmptyWithRoomForMostPages) {
  BodyBuffers buffers;
  const std::string buffer = buffers.take();
  EXPECT_TRUE(buffer.empty());
  EXPECT_GE(buffer.capacity(), kUsual);
}

TEST(BodyBuffers, AreTheSameMemoryAgain) {
  BodyBuffers buffers;
  std::string first = buffers.take();
  first = std::move(first).append("a page");
  const char* const memory = first.data();
  buffers.give_back(std::move(first));
  const std::string second = buffers.take();
  EXPECT_TRUE(second.empty());
  EXPECT_EQ(second.data(), memory);
  const std::string other = buffers.take();
  EXPECT_NE(other.data(), memory);
}

TEST(BodyBuffers, ThatGrewFarBeyondMostPagesAreNotKept) {
  BodyBuffers buffers;
  std::string large = buffers.take();
  large.reserve(8 * 1024 * 1024);
  const std::size_t capacity = large.capacity();
  buffers.give_back(std::move(large));
  EXPECT_LT(buffers.take().capacity(), capacity);
}

TEST(BodyBuffers, OfATextMadeElsewhereAreNotKept) {
  BodyBuffers buffers;
  buffers.give_back("{}");
  EXPECT_GE(buffers.take().capacity(), kUsual);
}

TEST(BodyBuffers, LieNoLongerHereOnceReleased) {
  BodyBuffers buffers;
  std::string first = buffers.take();
  first.reserve(2 * kUsual);  // so that it can be told from a new one
  const std::size_t capacity = first.capacity();
  buffers.give_back(std::move(first));
  buffers.release();
  EXPECT_LT(buffers.take().capacity(), capacity);
}

}  // namespace
}  // namespace cloud_billing
