#include "baidu/tags.h"

#include <algorithm>
#include <bitset>

#include "baidu/field_reader.h"
#include "core/ascii.h"

namespace cloud_billing::baidu {
namespace {

// Bytes of the UTF-8 character that begins with `first`.
std::size_t character_length(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// The bytes that separators begin with: nearly no byte of a tag is one.
class FirstBytes {
 public:
  explicit FirstBytes(std::string_view separators) {
    for (std::size_t i = 0; i < separators.size(); i += character_length(separators[i])) {
      marked_[static_cast<unsigned char>(separators[i])] = true;
    }
  }
  [[nodiscard]] bool contain(char byte) const { return marked_[static_cast<unsigned char>(byte)]; }

 private:
  std::bitset<256> marked_;  // small, as it is made anew for each row
};

bool is_separator(std::string_view character, std::string_view separators) {
  for (std::size_t i = 0; i < separators.size(); i += character_length(separators[i])) {
    if (separators.substr(i, character_length(separators[i])) == character) return true;
  }
  return false;
}

// Where the piece that begins at `begin` ends: the next separator, or the end of the text.
std::size_t piece_end(std::string_view text, std::size_t begin, std::string_view separators,
                      const FirstBytes& first_bytes) {
  for (std::size_t i = begin; i < text.size(); ++i) {
    if (!first_bytes.contain(text[i])) continue;
    if (is_separator(text.substr(i, character_length(text[i])), separators)) return i;
  }
  return text.size();
}

}  // namespace

std::size_t split_tags(std::string_view text, std::string_view separators, std::vector<Tag>& tags) {
  tags.clear();
  if (kFieldReader.means_none(text)) return 0;

  const FirstBytes first_bytes(separators);
  Tag* open = nullptr;  // the tag whose value the next piece may continue
  std::size_t value_begin = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = piece_end(text, begin, separators, first_bytes);
    const std::string_view piece = text.substr(begin, end - begin);
    const std::size_t colon = piece.find(':');
    if (colon != std::string_view::npos) {
      const std::string_view key = trim_blanks(piece.substr(0, colon));
      value_begin = begin + colon + 1;
      const bool known =
          std::any_of(tags.begin(), tags.end(), [key](const Tag& tag) { return tag.key == key; });
      if (!known) tags.push_back({key, {}});
      open = known ? nullptr : &tags.back();
    }
    if (open != nullptr && !trim_blanks(piece).empty()) {
      open->value = trim_blanks(text.substr(value_begin, end - value_begin));
    }
    begin = end < text.size() ? end + character_length(text[end]) : end;
  }
  return std::erase_if(tags, [](const Tag& tag) {
    return tag.key.find('\0') != std::string_view::npos ||
           tag.value.find('\0') != std::string_view::npos;
  });
}

}  // namespace cloud_billing::baidu
