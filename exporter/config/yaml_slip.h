#pragma once

// Finds what YAML takes for a part of a text although a sign of its own was meant: punctuation and
// blanks of a Chinese keyboard, and a blank that is missing behind a key. Looked for only after a
// document or value was refused, since in a text such signs are right. Pure, any thread.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cloud_billing {

struct YamlSlip {
  std::size_t offset = 0;  // of the sign, in bytes
  std::string message;     // quotes the sign only
};

// `a full-width colon "：" (U+FF1A); write ": "`; `colon` is what to write for it.
[[nodiscard]] YamlSlip name_foreign_sign(std::string_view text, std::size_t offset,
                                         std::string_view colon = ": ");

// The first slip in a document's first `end` bytes where YAML wants a key, a blank, a bracket, a
// quote or a comma: a foreign sign anywhere, a missing blank only in the last two lines.
[[nodiscard]] std::optional<YamlSlip> find_yaml_slip(std::string_view document, std::size_t end);

// In a text that stands where something else was expected.
[[nodiscard]] inline std::optional<YamlSlip> find_yaml_slip(std::string_view text) {
  return find_yaml_slip(text, text.size());
}

}  // namespace cloud_billing
