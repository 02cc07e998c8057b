#include "config/yaml_slip.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/foreign_sign.h"
#include "core/shown_text.h"

namespace cloud_billing {
namespace {

// The key of a tag in aggregation.group_by: "tag:team" misses no blank.
constexpr std::string_view kTag = "tag";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool is_key_character(char c) {
  return is_letter_or_digit(c) || c == '_' || c == '-' || static_cast<unsigned char>(c) >= 0x80;
}

// Reads a document as far as its outline goes: keys, brackets, quotes, comments, block texts.
class Outline {
 public:
  Outline(std::string_view text, std::size_t end)
      : text_(text.substr(0, end)), last_lines_(begin_of_last_lines(text_)) {}

  [[nodiscard]] std::optional<YamlSlip> find_slip() {
    while (at_ < text_.size()) {
      const std::size_t before = at_;
      read_line_start();
      while (!slip_ && at_ < text_.size() && text_[at_] != '\n') read_token();
      if (slip_) return slip_;
      if (at_ < text_.size() || at_ == before) ++at_;
    }
    return std::nullopt;
  }

 private:
  // Two lines with something in them: the parser often notices in the one below.
  static std::size_t begin_of_last_lines(std::string_view text) {
    std::size_t begin = text.size();
    for (int lines = 0; lines < 2 && begin > 0;) {
      const std::size_t end = begin - (text[begin - 1] == '\n' ? 1 : 0);
      const std::size_t line_end = text.rfind('\n', end == 0 ? 0 : end - 1);
      begin = line_end == text.npos || end == 0 ? 0 : line_end + 1;
      if (!trim_blanks(text.substr(begin, end - begin)).empty()) ++lines;
    }
    return begin;
  }

  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\n';
  }
  [[nodiscard]] std::optional<ForeignSign> sign_here() const {
    return read_foreign_sign(text_.substr(at_, 4));
  }
  void report(std::size_t offset) { slip_ = name_foreign_sign(text_, offset); }

  // Blanks of YAML; a foreign one is reported.
  void skip_blanks() {
    while (is_blank(peek()) && at_ < text_.size()) ++at_;
    if (const auto sign = sign_here(); sign && sign->is_blank()) report(at_);
  }

  void read_line_start() {
    const std::size_t line = at_;
    if (skips_block_text()) return;
    skip_blanks();
    indent_ = at_ - line;
    token_begins_ = true;
    key_begins_ = depth_ == 0 || is_map();
  }

  // The lines of a text behind "|" or ">" are further in than the line that began it.
  bool skips_block_text() {
    if (!in_block_text_) return false;
    const std::size_t line_end = std::min(text_.find('\n', at_), text_.size());
    const std::string_view line = text_.substr(at_, line_end - at_);
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    in_block_text_ = indent > indent_ || trim_blanks(line).empty();
    if (in_block_text_) at_ = line_end;
    return in_block_text_;
  }

  [[nodiscard]] bool is_map() const { return depth_ > 0 && brackets_.back() == '{'; }

  void read_token() {
    if (slip_) return;
    if (token_begins_) {
      begin_token();
    } else {
      read_plain_text();
    }
  }

  void begin_token() {
    skip_blanks();
    const char c = peek();
    if (slip_ || c == '\n') return;
    const auto sign = sign_here();
    if (c == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '-' && depth_ == 0 && (is_blank(peek(1)) || peek(1) == '\n')) {
      ++at_;
      indent_ += 1;
    } else if (c == '-' && read_foreign_blank(at_ + 1)) {
      report(at_ + 1);
    } else if (c == '"' || c == '\'') {
      skip_quoted(c);
    } else if ((c == '|' || c == '>') && depth_ == 0) {
      in_block_text_ = true;
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '[' || c == '{') {
      open(c);
    } else if (c == '&' || c == '*' || c == '!') {
      while (!is_blank(peek()) && peek() != '\n' && peek() != ',') ++at_;
      token_begins_ = c != '*';
    } else if (sign && stands_for_opening(*sign)) {
      report(at_);
    } else {
      read_key();
    }
  }

  // At the beginning of a token. A value may begin with such a sign, so one counts only near the
  // document's end.
  [[nodiscard]] bool stands_for_opening(const ForeignSign& sign) const {
    if (sign.ascii == "-") return key_begins_ && is_blank(peek(sign.length));
    return (key_begins_ || at_ >= last_lines_) &&
           sign.ascii.find_first_of("[]{}\"'#:,") != sign.ascii.npos;
  }

  [[nodiscard]] bool read_foreign_blank(std::size_t at) const {
    const auto sign = read_foreign_sign(text_.substr(std::min(at, text_.size()), 4));
    return sign && sign->is_blank();
  }

  // A key and what follows it, or the beginning of a text.
  void read_key() {
    token_begins_ = false;
    if (!key_begins_) return;
    key_begins_ = false;
    const std::size_t begin = at_;
    std::size_t end = at_;
    while (end < text_.size() && is_key_character(text_[end]) &&
           !read_foreign_sign(text_.substr(end, 4))) {
      ++end;
    }
    if (end == begin) return;
    const std::string_view rest = text_.substr(end);
    const auto sign = read_foreign_sign(rest);
    if (sign && sign->ascii == ":") {
      report(end);
    } else if (rest.starts_with(':') && read_foreign_blank(end + 1)) {
      report(end + 1);
    } else if ((rest.starts_with(':') || rest.starts_with('=')) && begin >= last_lines_) {
      check_blank(text_.substr(begin, end - begin), end);
    }
  }

  void check_blank(std::string_view key, std::size_t end) {
    const std::string_view rest = text_.substr(end);
    const std::string sign(rest.substr(0, 1));
    const bool ends_key = sign == ":" && (rest.size() == 1 || is_blank(rest[1]) || rest[1] == '\n');
    if (ends_key || key == kTag || rest.starts_with("://") || show_key(key).empty()) return;
    slip_ = YamlSlip{end, sign == ":" ? "a blank is missing after \":\"; write \": \""
                                      : "\"=\" after a key; write \": \""};
  }

  void open(char bracket) {
    brackets_ += bracket;
    ++depth_;
    ++at_;
    key_begins_ = is_map();
  }

  void close() {
    if (depth_ > 0) {
      --depth_;
      brackets_.pop_back();
    }
    ++at_;
  }

  void skip_quoted(char quote) {
    token_begins_ = false;
    for (++at_; at_ < text_.size(); ++at_) {
      if (quote == '"' && text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == quote) {
        if (quote == '"' || peek(1) != '\'') break;
        ++at_;  // '' is a quote inside
      }
    }
    at_ = std::min(at_ + 1, text_.size());
  }

  // One character of a text that is in no quotes.
  void read_plain_text() {
    const char c = peek();
    if (c == ':' && (is_blank(peek(1)) || peek(1) == '\n')) {
      ++at_;
      token_begins_ = true;
      key_begins_ = false;
    } else if (c == '#' && at_ > 0 && is_blank(text_[at_ - 1])) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (depth_ > 0 && c == ',') {
      ++at_;
      token_begins_ = true;
      key_begins_ = is_map();
    } else if (depth_ > 0 && (c == ']' || c == '}')) {
      close();
    } else if (const auto sign = sign_here(); depth_ > 0 && sign && stands_for_structure(*sign)) {
      report(at_);
    } else {
      at_ += sign ? sign->length : 1;
    }
  }

  // In brackets: a closing one, or a comma with another key behind it.
  [[nodiscard]] bool stands_for_structure(const ForeignSign& sign) const {
    if (sign.ascii == "]" || sign.ascii == "}") return true;
    if (sign.ascii != ",") return false;
    const std::string_view rest = text_.substr(at_ + sign.length);
    const auto key = std::find_if_not(rest.begin(), rest.end(), is_blank);
    const auto end = std::find_if_not(
        key, rest.end(), [](char c) { return is_letter_or_digit(c) || c == '_' || c == '-'; });
    if (key == end) return false;
    const std::string_view behind = rest.substr(static_cast<std::size_t>(end - rest.begin()));
    const auto colon = read_foreign_sign(behind);
    return behind.starts_with(':') || (colon && colon->ascii == ":");
  }

  std::string_view text_;
  std::size_t last_lines_;
  std::size_t at_ = 0;
  std::size_t indent_ = 0;    // of the line, in bytes
  std::string brackets_;      // those that are open
  std::size_t depth_ = 0;     // their number
  bool token_begins_ = true;  // a key, a value or an item comes next
  bool key_begins_ = true;    // and it may be a key
  bool in_block_text_ = false;
  std::optional<YamlSlip> slip_;
};

}  // namespace

YamlSlip name_foreign_sign(std::string_view text, std::size_t offset, std::string_view colon) {
  const std::string_view here = text.substr(offset);
  const auto sign = read_foreign_sign(here);
  std::string message = describe_character(here);
  if (!sign) return {offset, std::move(message)};
  if (sign->ascii.empty()) {
    message += "; take it out";
  } else if (sign->is_blank()) {
    message += "; write a blank";
  } else if (sign->ascii == "\"") {
    message += "; write '\"'";
  } else {
    message += "; write \"" + (sign->ascii == ":" ? std::string(colon) : sign->ascii) + "\"";
  }
  return {offset, std::move(message)};
}

std::optional<YamlSlip> find_yaml_slip(std::string_view document, std::size_t end) {
  return Outline(document, end).find_slip();
}

}  // namespace cloud_billing
