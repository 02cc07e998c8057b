#include "core/spelling.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/ascii.h"

namespace cloud_billing {
namespace {

// Longer words are not misspelt keys, and the distance costs the product of the lengths.
constexpr std::size_t kMaxWord = 100;
constexpr std::size_t kMaxShown = 60;  // bytes

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

void append_escape(std::string& out, std::string_view control) {
  constexpr std::string_view kHex = "0123456789abcdef";
  if (control == "\n") {
    out += "\\n";
  } else if (control == "\t") {
    out += "\\t";
  } else if (control == "\r") {
    out += "\\r";
  } else {
    const auto code = static_cast<unsigned char>(control.back());
    out += "\\x";
    out += kHex[code >> 4U];
    out += kHex[code & 0xFU];
  }
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // Three rows of the table are enough: a swap looks back two.
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before_last, last);
    std::swap(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
  }
  return row[b.size()];
}

std::optional<std::string_view> closest_word(std::string_view word,
                                             std::span<const std::string_view> candidates) {
  if (word.empty() || word.size() > kMaxWord) return std::nullopt;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  std::optional<std::string_view> best;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance >= best_distance) continue;
    best_distance = distance;
    best = candidate;
  }
  return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const std::optional<std::string_view> meant = closest_word(word, candidates);
  return meant ? ", did you mean " + quote_text(*meant) + "?" : "";
}

std::string list_choices(std::span<const std::string_view> choices) {
  std::string out;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (i > 0) out += i + 1 == choices.size() ? " or " : ", ";
    out += quote_text(choices[i]);
  }
  return out;
}

std::string quote_text(std::string_view text) {
  std::string out = "\"";
  while (!text.empty() && (out.size() < kMaxShown || continues_character(text.front()))) {
    const std::size_t control = control_length(text);
    if (control > 0) {
      append_escape(out, text.substr(0, control));
    } else {
      out += text.front();
    }
    text.remove_prefix(std::max<std::size_t>(1, control));
  }
  return out + (text.empty() ? "\"" : "...\"");
}

std::size_t count_characters(std::string_view text) {
  return text.size() -
         static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues_character));
}

std::size_t control_length(std::string_view text) {
  if (text.empty()) return 0;
  if (is_control(text.front())) return 1;
  if (text.front() != '\xC2' || text.size() < 2) return 0;
  return static_cast<unsigned char>(text[1]) < 0xA0 ? 2 : 0;  // U+0080 to U+009F
}

bool has_control_character(std::string_view text) {
  for (; !text.empty(); text.remove_prefix(1)) {
    if (control_length(text) > 0) return true;
  }
  return false;
}

}  // namespace cloud_billing
