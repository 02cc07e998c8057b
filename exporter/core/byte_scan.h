#pragma once

// Looks for bytes that matter, eight at a time: nearly no text holds one. Pure, any thread.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace cloud_billing {

// Whether a text holds a byte below `kLimit`, which is at most 0x80, or one of `kOthers`.
template <unsigned char kLimit, char... kOthers>
[[nodiscard]] bool holds_any(std::string_view text) {
  static_assert(kLimit <= 0x80U);
  constexpr auto kEach = [](unsigned char byte) { return byte * 0x0101010101010101U; };
  constexpr auto kBelow = [kEach](std::uint64_t bytes, unsigned char limit) {
    return (bytes - kEach(limit)) & ~bytes & kEach(0x80);
  };
  // Not 0 if one of eight bytes is such a byte.
  constexpr auto kMarks = [kEach, kBelow](std::uint64_t bytes) {
    return (kBelow(bytes, kLimit) | ... |
            kBelow(bytes ^ kEach(static_cast<unsigned char>(kOthers)), 1));
  };
  const auto read = [text]<typename Bytes>(std::size_t place, Bytes bytes) {
    std::memcpy(&bytes, text.data() + place, sizeof bytes);
    return bytes;
  };
  constexpr std::size_t kEight = 8;
  constexpr std::size_t kFour = 4;
  std::uint64_t marks = 0;
  if (text.size() >= kEight) {
    for (std::size_t place = 0; place + kEight < text.size(); place += kEight) {
      marks |= kMarks(read(place, std::uint64_t{}));
    }
    marks |= kMarks(read(text.size() - kEight, std::uint64_t{}));
  } else if (text.size() >= kFour) {
    const std::uint64_t first = read(0, std::uint32_t{});
    const std::uint64_t last = read(text.size() - kFour, std::uint32_t{});
    marks = kMarks(first << 32U | last);
  } else {
    for (const char c : text) marks |= kMarks(kEach(static_cast<unsigned char>(c)));
  }
  return marks != 0;
}

}  // namespace cloud_billing
