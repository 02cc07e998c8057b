#include "core/byte_scan.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>

namespace cloud_billing {
namespace {

// Whether a text holds such a byte. It is copied, and nothing beside the copy is written to.
template <unsigned char kLimit, char... kOthers>
bool copy_holds(const std::string& text) {
  const std::string guard(8, '?');
  std::string copy = guard + std::string(text.size(), '?') + guard;
  const bool holds = copy_and_look<kLimit, kOthers...>(text, copy.data() + guard.size());
  EXPECT_EQ(copy, guard + text + guard);
  return holds;
}

// What JSON wants escaped.
bool holds_any(const std::string& text) { return copy_holds<0x20, '"', '\\'>(text); }

TEST(ByteScan, FindsAByteOfInterestAtEveryPlaceOfEveryLength) {
  for (std::size_t length = 1; length <= 25; ++length) {
    for (std::size_t place = 0; place < length; ++place) {
      for (int code = 0; code < 256; ++code) {
        std::string text(length, 'a');
        text[place] = static_cast<char>(code);
        const bool is_there = code < 0x20 || code == '"' || code == '\\';
        ASSERT_EQ(holds_any(text), is_there)
            << "byte " << code << " at " << place << " of " << length;
      }
    }
  }
}

TEST(ByteScan, LooksForOtherBytesLikewise) {
  for (std::size_t length = 1; length <= 17; ++length) {
    for (std::size_t place = 0; place < length; ++place) {
      for (int code = 0; code < 256; ++code) {
        std::string text(length, ' ');
        text[place] = static_cast<char>(code);
        const bool is_there = code < 14 || code == ',' || code == '"';
        ASSERT_EQ((copy_holds<14, ',', '"'>(text)), is_there)
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
      ASSERT_FALSE(holds_any(text)) << code << " among " << int{other};
    }
  }
}

TEST(ByteScan, FindsNothingInAnEmptyText) { EXPECT_FALSE((copy_holds<0x80, 'a'>(""))); }

}  // namespace
}  // namespace cloud_billing
