#pragma once

// Copies texts and looks for bytes that matter, eight at a time: nearly no text holds one. Any
// thread.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>

namespace cloud_billing {

// Not 0 if a word of 64 or 32 bits, as it stands in memory, holds a byte below `kLimit`, which is
// at most 0x80, or one of `kOthers`.
template <unsigned char kLimit, char... kOthers, typename Word>
[[nodiscard]] constexpr Word marks_in(Word word) {
  static_assert(kLimit <= 0x80U);
  constexpr Word kEach = std::numeric_limits<Word>::max() / 0xFFU;
  constexpr auto kBelow = [](Word bytes, Word limit) { return (bytes - kEach * limit) & ~bytes; };
  return (kBelow(word, kLimit) | ... |
          kBelow(word ^ kEach * static_cast<unsigned char>(kOthers), 1)) &
         kEach * 0x80U;
}

// Copies a text to memory that it does not share, and tells whether it holds such a byte.
template <unsigned char kLimit, char... kOthers>
[[nodiscard]] bool copy_and_look(std::string_view text, char* to) {
  // Words that are all of the text together: the last one may share bytes with the one before.
  const auto copy = [from = text.data(), to]<typename Word>(std::size_t place, Word word) {
    std::memcpy(&word, from + place, sizeof word);
    std::memcpy(to + place, &word, sizeof word);
    return marks_in<kLimit, kOthers...>(word);
  };
  constexpr std::size_t kEight = 8;
  constexpr std::size_t kFour = 4;
  if (text.size() >= kEight) {
    const std::size_t last = text.size() - kEight;
    std::uint64_t marks = copy(last, std::uint64_t{});
    for (std::size_t place = 0; place < last; place += kEight) {
      marks |= copy(place, std::uint64_t{});
    }
    return marks != 0;
  }
  if (text.size() >= kFour) {
    return (copy(0, std::uint32_t{}) | copy(text.size() - kFour, std::uint32_t{})) != 0;
  }
  bool holds = false;
  for (std::size_t place = 0; place < text.size(); ++place) {
    const auto byte = static_cast<unsigned char>(text[place]);
    to[place] = text[place];
    holds = holds || byte < kLimit || ((text[place] == kOthers) || ...);
  }
  return holds;
}

}  // namespace cloud_billing
