#include "web/request_framing.h"

#include <gtest/gtest.h>

namespace cloud_billing {
namespace {

TEST(RequestFraming, LeavesNoDoubtInWhatClientsSend) {
  EXPECT_EQ(find_doubtful_framing({}, "1.0"), "");
  EXPECT_EQ(find_doubtful_framing({{"Host", "x"}, {"Accept", "*/*"}}, "1.1"), "");
  EXPECT_EQ(find_doubtful_framing({{"Host", "x"}, {"content-length", "12 "}}, "1.1"), "");
  EXPECT_EQ(find_doubtful_framing({{"Host", "x"}, {"Transfer-Encoding", "Chunked"}}, "1.1"), "");
}

TEST(RequestFraming, IsDoubtfulIfTheLengthIs) {
  for (const auto* length : {"", "+1", "-1", "1, 1", "0x10", "1a", "1 1", "99999999999999999999"}) {
    EXPECT_NE(find_doubtful_framing({{"Content-Length", length}}, "1.1"), "") << length;
  }
  EXPECT_NE(find_doubtful_framing({{"Content-Length", "1"}, {"content-length", "1"}}, "1.1"), "");
}

TEST(RequestFraming, IsDoubtfulIfItIsSaidInTwoWays) {
  EXPECT_NE(
      find_doubtful_framing({{"Content-Length", "4"}, {"Transfer-Encoding", "chunked"}}, "1.1"),
      "");
}

TEST(RequestFraming, IsDoubtfulIfChunksAreNotAllThereIs) {
  for (const auto* coding : {"", "identity", "gzip, chunked", "chunked, chunked", "xchunked"}) {
    EXPECT_NE(find_doubtful_framing({{"Transfer-Encoding", coding}}, "1.1"), "") << coding;
  }
  EXPECT_NE(find_doubtful_framing(
                {{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}, "1.1"),
            "");
  EXPECT_NE(find_doubtful_framing({{"Transfer-Encoding", "chunked"}}, "1.0"), "");
}

TEST(RequestFraming, IsDoubtfulForWhomItIsIfThereAreTwoHosts) {
  EXPECT_NE(find_doubtful_framing({{"Host", "x"}, {"HOST", "x"}}, "1.1"), "");
}

}  // namespace
}  // namespace cloud_billing
