#pragma once

// Signs that Chinese keyboards and word processors write where a file wants those of ASCII:
// full-width punctuation, curly quotes, ideographic and no-break spaces. Pure, any thread.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cloud_billing {

struct ForeignSign {
  std::size_t length = 0;  // bytes
  std::string name;        // "a full-width colon"; it never quotes the text
  std::string ascii;       // what is meant; empty for one that is not seen
  [[nodiscard]] bool is_blank() const { return ascii == " " || ascii.empty(); }
};

// The sign that the text begins with, if it is one.
[[nodiscard]] std::optional<ForeignSign> read_foreign_sign(std::string_view text);

// The place of the text's first sign in bytes, or npos.
[[nodiscard]] std::size_t find_foreign_sign(std::string_view text);

// What the character is called that the well-formed text begins with: `a full-width colon "："
// (U+FF1A)`, `a no-break space (U+00A0)`, `a blank`, `"é" (U+00E9)`.
[[nodiscard]] std::string describe_character(std::string_view text);

}  // namespace cloud_billing
