#include "core/foreign_sign.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace cloud_billing {
namespace {

struct Character {
  char32_t code = 0;
  std::size_t length = 0;  // bytes; 0 at the text's end
};

// The first character of well-formed UTF-8.
Character read_character(std::string_view text) {
  if (text.empty()) return {};
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t length = byte(0) < 0x80 ? 1 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
  if (length == 1 || length > text.size()) return {byte(0), 1};
  char32_t code = byte(0) & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) code = (code << 6U) | (byte(i) & 0x3FU);
  return {code, length};
}

struct Sign {
  char32_t code;
  std::string_view name;
  std::string_view ascii;
};

constexpr std::array kSigns{
    Sign{0x00A0, "a no-break space", " "},
    Sign{0x2002, "an en space", " "},
    Sign{0x2003, "an em space", " "},
    Sign{0x200B, "a zero-width space", ""},
    Sign{0x2013, "a dash", "-"},
    Sign{0x2014, "a dash", "-"},
    Sign{0x2018, "a curly quote", "'"},
    Sign{0x2019, "a curly quote", "'"},
    Sign{0x201C, "a curly quote", "\""},
    Sign{0x201D, "a curly quote", "\""},
    Sign{0x202F, "a narrow no-break space", " "},
    Sign{0x3000, "an ideographic space", " "},
    Sign{0x3001, "an ideographic comma", ","},
    Sign{0x3002, "an ideographic full stop", "."},
    Sign{0x300C, "a corner quote", "\""},
    Sign{0x300D, "a corner quote", "\""},
    Sign{0x3010, "a Chinese bracket", "["},
    Sign{0x3011, "a Chinese bracket", "]"},
    Sign{0xFEFF, "a byte order mark", ""},
    Sign{0xFF02, "a full-width quote", "\""},
    Sign{0xFF07, "a full-width quote", "'"},
    Sign{0xFF0C, "a full-width comma", ","},
    Sign{0xFF1A, "a full-width colon", ":"},
    Sign{0xFF3B, "a full-width bracket", "["},
    Sign{0xFF3D, "a full-width bracket", "]"},
    Sign{0xFF5B, "a full-width bracket", "{"},
    Sign{0xFF5D, "a full-width bracket", "}"},
};

// The full-width forms of ASCII stand in its order.
constexpr char32_t kFirstFullWidth = 0xFF01;  // "!"
constexpr char32_t kLastFullWidth = 0xFF5E;   // "~"
constexpr char32_t kFullWidthOffset = kFirstFullWidth - U'!';

std::optional<ForeignSign> sign_of(const Character& character) {
  const auto* const found =
      std::find_if(kSigns.begin(), kSigns.end(),
                   [&character](const Sign& sign) { return sign.code == character.code; });
  if (found != kSigns.end()) {
    return ForeignSign{character.length, std::string(found->name), std::string(found->ascii)};
  }
  if (character.code < kFirstFullWidth || character.code > kLastFullWidth) return std::nullopt;
  return ForeignSign{character.length, "a full-width character",
                     std::string(1, static_cast<char>(character.code - kFullWidthOffset))};
}

std::string format_code(char32_t code) {
  std::array<char, 16> text{};
  const int length =
      std::snprintf(text.data(), text.size(), "(U+%04X)", static_cast<unsigned>(code));
  return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace

std::optional<ForeignSign> read_foreign_sign(std::string_view text) {
  return sign_of(read_character(text));
}

std::size_t find_foreign_sign(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Character character = read_character(text.substr(at));
    if (sign_of(character)) return at;
    at += character.length;
  }
  return text.npos;
}

std::string describe_character(std::string_view text) {
  const Character character = read_character(text);
  if (character.code == U' ') return "a blank";
  const auto sign = sign_of(character);
  std::string words = sign ? sign->name + " " : "";
  if (!sign || !sign->is_blank())
    words += '"' + std::string(text.substr(0, character.length)) + "\" ";
  return words + format_code(character.code);
}

}  // namespace cloud_billing
