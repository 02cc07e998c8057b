#include "core/key_text.h"

#include <algorithm>
#include <cstddef>

#include "core/ascii.h"
#include "core/byte_order_mark.h"
#include "core/foreign_sign.h"
#include "core/shown_text.h"
#include "core/spelling.h"
#include "core/utf8.h"

namespace cloud_billing {
namespace {

bool is_name_character(char c) { return is_letter_or_digit(c) || c == '_'; }

bool is_variable(std::string_view text) {
  return text.size() > 1 && text.front() == '$' && !is_digit(text[1]) &&
         std::all_of(text.begin() + 1, text.end(), is_name_character);
}

}  // namespace

std::optional<std::string> refuse_key(std::string_view text) {
  if (text.empty()) return "must not be empty";
  if (has_control_character(text)) {
    return "must not hold control characters, such as a line break at its end";
  }
  if (is_variable(text)) {
    const std::string_view name = text.substr(1);
    const std::string shown = is_showable_variable(name) ? std::string(name) : "NAME";
    return "looks like a variable, not like a key; the configuration fills in ${" + shown +
           "} only";
  }
  if (text.starts_with("$(")) return "looks like a command of a shell, not like a key";
  if (text.front() == '<' && text.back() == '>') {
    return "looks like a placeholder (\"<...>\"), not like a key";
  }
  const auto odd =
      std::find_if(text.begin(), text.end(), [](char c) { return c <= ' ' || c > '~'; });
  if (odd == text.end()) return std::nullopt;
  const auto at = static_cast<std::size_t>(odd - text.begin());
  const std::string well_formed = replace_ill_formed_utf8(std::string(text.substr(at, 4)));
  return "holds " + describe_character(well_formed) + " as character " +
         std::to_string(count_characters(text.substr(0, at)) + 1) +
         "; keys are letters, digits and signs of ASCII without blanks";
}

std::string_view trim_key(std::string_view content) {
  return trim_blanks(without_byte_order_mark(content));
}

bool is_assignment(std::string_view line) {
  const std::size_t sign = line.find('=');
  if (sign == line.npos || sign == 0 || sign + 1 == line.size() || line[sign + 1] == '=') {
    return false;
  }
  const std::string_view name = line.substr(0, sign);
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return is_name_character(c) && (c < 'a' || c > 'z'); });
}

}  // namespace cloud_billing
