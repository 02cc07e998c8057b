#include "core/utf8.h"

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace cloud_billing {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// What a first byte allows: how many bytes the sequence has and the range of its second one
// (Unicode Standard, table 3-7). Length 0: no sequence begins with this byte.
struct Lead {
  std::size_t length;
  unsigned char second_min;
  unsigned char second_max;
};

constexpr Lead lead_of(unsigned char byte) {
  if (byte < 0x80) return {1, 0, 0};
  if (byte < 0xC2) return {0, 0, 0};
  if (byte < 0xE0) return {2, 0x80, 0xBF};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};  // below: overlong
  if (byte == 0xED) return {3, 0x80, 0x9F};  // above: surrogates
  if (byte < 0xF0) return {3, 0x80, 0xBF};
  if (byte == 0xF0) return {4, 0x90, 0xBF};  // below: overlong
  if (byte < 0xF4) return {4, 0x80, 0xBF};
  if (byte == 0xF4) return {4, 0x80, 0x8F};  // above: beyond U+10FFFF
  return {0, 0, 0};
}

struct Sequence {
  std::size_t length;  // at least 1
  bool well_formed;    // otherwise `length` is that of the maximal subpart
};

Sequence read_sequence(std::string_view text) {
  const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const Lead lead = lead_of(byte(0));
  if (lead.length == 0) return {1, false};
  for (std::size_t index = 1; index < lead.length; ++index) {
    const unsigned char min = index == 1 ? lead.second_min : 0x80;
    const unsigned char max = index == 1 ? lead.second_max : 0xBF;
    if (index == text.size() || byte(index) < min || byte(index) > max) return {index, false};
  }
  return {lead.length, true};
}

// The index of the first ill-formed byte at or after `from`, or the text's size.
std::size_t skip_well_formed(std::string_view text, std::size_t from) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  while (from < text.size()) {
    std::uint64_t word = 0;
    if (text.size() - from >= sizeof word) {
      std::memcpy(&word, text.data() + from, sizeof word);
      if ((word & kHighBits) == 0) {
        from += sizeof word;
        continue;
      }
    }
    const Sequence sequence = read_sequence(text.substr(from));
    if (!sequence.well_formed) return from;
    from += sequence.length;
  }
  return from;
}

}  // namespace

std::string replace_ill_formed_utf8(std::string text) {
  // The usual case, many bytes at a time.
  if (simdjson::validate_utf8(text.data(), text.size())) return text;
  const std::string_view view = text;
  std::size_t good_end = skip_well_formed(view, 0);

  std::string out;
  out.reserve(view.size() + 64);
  std::size_t from = 0;
  while (good_end < view.size()) {
    out += view.substr(from, good_end - from);
    out += kReplacement;
    from = good_end + read_sequence(view.substr(good_end)).length;
    good_end = skip_well_formed(view, from);
  }
  out += view.substr(from);
  return out;
}

}  // namespace cloud_billing
