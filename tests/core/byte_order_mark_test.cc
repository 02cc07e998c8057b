#include "core/byte_order_mark.h"

#include <gtest/gtest.h>

namespace cloud_billing {
namespace {

TEST(ByteOrderMark, IsTakenOnceFromTheBeginningOnly) {
  EXPECT_EQ(without_byte_order_mark("\xEF\xBB\xBF"
                                    "a"),
            "a");
  EXPECT_EQ(without_byte_order_mark("\xEF\xBB\xBF\xEF\xBB\xBF"), "\xEF\xBB\xBF");
  for (const std::string_view text : {"", "a", "\xEF\xBB", " \xEF\xBB\xBF"}) {
    EXPECT_EQ(without_byte_order_mark(text), text);
  }
}

}  // namespace
}  // namespace cloud_billing
