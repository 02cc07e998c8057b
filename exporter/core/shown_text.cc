#include "core/shown_text.h"

#include <algorithm>
#include <cstddef>

#include "core/ascii.h"
#include "core/spelling.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kLongestKey = 30;       // characters
constexpr std::size_t kLongestVariable = 60;  // bytes
constexpr std::size_t kLongestPath = 255;     // bytes
constexpr std::size_t kLongestWord = 24;      // bytes of a run of letters
constexpr std::size_t kLongestQuantity = 24;  // bytes
// Parts of paths that programs make up, such as those of a UUID, are no words.
constexpr std::size_t kLongestOddPart = 12;  // bytes

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// "accessKeyId", "AccessKeyID": two capitals stand together at the end only.
bool is_camel_case(std::string_view letters) {
  const std::size_t last_small = letters.find_last_of("abcdefghijklmnopqrstuvwxyz");
  for (std::size_t i = 1; i < last_small; ++i) {
    if (is_upper(letters[i - 1]) && is_upper(letters[i])) return false;
  }
  return true;
}

// Of letters and digits, not empty.
bool is_word(std::string_view part) {
  const auto first_letter = std::find_if_not(part.begin(), part.end(), is_digit);
  std::string_view letters = part.substr(static_cast<std::size_t>(first_letter - part.begin()));
  const bool digits_first = letters.size() < part.size();
  while (!digits_first && is_digit(letters.back())) letters.remove_suffix(1);
  if (letters.empty()) return true;
  if (letters.size() > kLongestWord || !std::all_of(letters.begin(), letters.end(), is_letter)) {
    return false;
  }
  const std::string_view rest = letters.substr(1);
  if (std::all_of(rest.begin(), rest.end(), is_lower)) return true;
  if (std::all_of(letters.begin(), letters.end(), is_upper)) return true;
  return letters.size() == part.size() && is_camel_case(letters);
}

// Numbers with units or an exponent: "1h30m", "36500d1s", "5w", "1e30". Other letters between
// digits are those of a hexadecimal secret.
bool is_quantity(std::string_view part) {
  constexpr std::string_view kUnits = "ywdhmse";
  if (part.size() > kLongestQuantity || !is_digit(part.front())) return false;
  for (std::size_t i = 1; i < part.size(); ++i) {
    const bool after_letter = !is_digit(part[i - 1]);
    if (!is_digit(part[i]) && (after_letter || kUnits.find(part[i]) == kUnits.npos)) return false;
  }
  return true;
}

// Whether every run of letters and digits is as it should be.
template <typename Check>
bool all_parts(std::string_view text, const Check& check) {
  while (true) {
    const auto begin = std::find_if(text.begin(), text.end(), is_letter_or_digit);
    if (begin == text.end()) return true;
    const auto end = std::find_if_not(begin, text.end(), is_letter_or_digit);
    const auto at = static_cast<std::size_t>(begin - text.begin());
    const auto length = static_cast<std::size_t>(end - begin);
    if (!check(text.substr(at, length))) return false;
    text.remove_prefix(at + length);
  }
}

// Characters other than ASCII's, but not its letters in their full-width forms: a secret that was
// typed in full width is one.
bool is_foreign(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return false;
  const std::string_view from_here = text.substr(at);
  return !from_here.starts_with("\xEF\xBD") &&
         (!from_here.starts_with("\xEF\xBC") || from_here.size() < 3 ||
          static_cast<unsigned char>(from_here[2]) < 0xA1);
}

// Whether there is nothing but letters and digits of ASCII, foreign characters and these.
bool consists_of(std::string_view text, std::string_view signs) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_letter_or_digit(text[i]) && !is_foreign(text, i) && signs.find(text[i]) == signs.npos) {
      return false;
    }
  }
  return true;
}

// What is shown without quotes, which would escape control characters of two bytes.
bool is_plain(std::string_view text, std::string_view signs) {
  return consists_of(text, signs) && !has_control_character(text);
}

}  // namespace

std::string_view show_key(std::string_view key) {
  const std::size_t end = std::min(key.find_first_of(":="), key.find("："));
  const std::string_view name = key.substr(0, end);
  const bool shown =
      count_characters(name) <= kLongestKey && is_plain(name, "_-.") && all_parts(name, is_word);
  return shown ? name : std::string_view{};
}

bool is_showable(std::string_view text) {
  return consists_of(text, " _-.,:;/=+%${}<>\t\n\r") &&
         all_parts(text, [](std::string_view part) { return is_word(part) || is_quantity(part); });
}

std::string show_value(std::string_view text) {
  return is_showable(text) ? quote_text(text) : "this value";
}

std::string quote_if_showable(std::string_view noun, std::string_view text) {
  if (is_showable(text)) return std::string(noun) + " " + quote_text(text);
  return "this " + std::string(noun);
}

bool is_showable_variable(std::string_view name) {
  return !name.empty() && name.size() <= kLongestVariable && !is_digit(name.front()) &&
         is_plain(name, "_") && all_parts(name, is_word);
}

bool is_showable_path(std::string_view path) {
  if (path.size() > kLongestPath || !is_plain(path, "/._-~@: ")) return false;
  // "/", "./", "../" and "~/" begin no secret, but for the one in 64 that begins with a slash.
  const std::size_t slash = path.find('/');
  const std::string_view root = path.substr(0, slash);
  if (slash == path.npos || (!root.empty() && root != "." && root != ".." && root != "~")) {
    return all_parts(path, is_word);
  }
  const std::size_t next = path.find('/', slash + 1);
  return all_parts(path.substr(slash, next - slash), is_word) &&
         all_parts(path.substr(slash), [](std::string_view part) {
           return part.size() <= kLongestOddPart || is_word(part);
         });
}

std::string show_path(std::string_view path) {
  if (is_showable_path(path)) return std::string(path);
  return "a file whose name is not shown, since it looks like no path";
}

}  // namespace cloud_billing
