#include "core/byte_scan.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>

namespace cloud_billing {
namespace {

TEST(ByteScan, FindsAByteOfInterestAtEveryPlaceOfEveryLength) {
  for (std::size_t length = 1; length <= 25; ++length) {
    for (std::size_t place = 0; place < length; ++place) {
      for (int code = 0; code < 256; ++code) {
        std::string text(length, 'a');
        text[place] = static_cast<char>(code);
        const bool is_there = code < 0x20 || code == '"' || code == '\\';
        ASSERT_EQ((holds_any<0x20, '"', '\\'>(text)), is_there)
            << "byte " << code << " at " << place << " of " << length;
      }
    }
  }
}

TEST(ByteScan, TakesNoNeighbourForWhatItLooksFor) {
  for (int code = 0x20; code < 256; ++code) {
    if (code == '"' || code == '\\') continue;
    for (const char other : {'!', '#', '[', ']', '\x7F', '\x80', '\xFF', ' '}) {
      std::string text(16, other);
      text[3] = static_cast<char>(code);
      ASSERT_FALSE((holds_any<0x20, '"', '\\'>(text))) << code << " among " << int{other};
    }
  }
}

TEST(ByteScan, FindsNothingInAnEmptyText) { EXPECT_FALSE((holds_any<0x80, 'a'>(""))); }

}  // namespace
}  // namespace cloud_billing
