#pragma once

// Words for messages about mistakes: what was meant, what was expected, and how to show a text.
// Pure, any thread.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cloud_billing {

// How many single characters must be changed, added, dropped or swapped with their neighbour (the
// optimal string alignment distance, in bytes).
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate that `word` was probably meant to be: the nearest one, the first among equals, if
// no more than a third of the word differs (or one character).
[[nodiscard]] std::optional<std::string_view> closest_word(
    std::string_view word, std::span<const std::string_view> candidates);

// `, did you mean "name"?`, or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       std::span<const std::string_view> candidates);

// `"a", "b" or "c"`.
[[nodiscard]] std::string list_choices(std::span<const std::string_view> choices);

// The text in double quotes, on one line: control characters escaped, long texts cut.
[[nodiscard]] std::string quote_text(std::string_view text);

// Unicode code points of well-formed UTF-8.
[[nodiscard]] std::size_t count_characters(std::string_view text);

// The control character (Unicode's category Cc: C0, DEL and C1) that the text begins with: its
// length in bytes, or 0 for another character or none.
[[nodiscard]] std::size_t control_length(std::string_view text);

// Whether the text has a character of Unicode's category Cc.
[[nodiscard]] bool has_control_character(std::string_view text);

}  // namespace cloud_billing
