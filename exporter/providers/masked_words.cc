#include "providers/masked_words.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "core/ascii.h"
#include "core/percent_encoding.h"
#include "core/spelling.h"
#include "core/utf8.h"

namespace cloud_billing {
namespace {

constexpr std::string_view kMask = "***";
constexpr std::size_t kMostCharacters = 200;

// What is looked at: more than is shown, so that what is cut off was masked before.
constexpr std::size_t kMostBytes = 4096;

// So many characters of a key cannot be guessed from the others.
constexpr std::size_t kLeastOfKey = 8;

// Digests are 64 hexadecimal digits, in part perhaps.
constexpr std::size_t kLeastOfDigest = 16;

// How many bytes `text` begins with that stand in `secret` too, if they are enough to be a part of
// it; a short secret counts as a whole.
std::size_t length_of_secret(std::string_view text, std::string_view secret) {
  const std::size_t least = std::min(kLeastOfKey, secret.size());
  if (least == 0 || text.size() < least) return 0;
  std::size_t longest = 0;
  for (std::size_t begin = secret.find(text.substr(0, least)); begin != std::string_view::npos;
       begin = secret.find(text.substr(0, least), begin + 1)) {
    const std::string_view rest = secret.substr(begin);
    const auto end = std::mismatch(rest.begin(), rest.end(), text.begin(), text.end()).first;
    longest = std::max(longest, static_cast<std::size_t>(end - rest.begin()));
  }
  return longest;
}

bool is_hex_digit(char c) {
  const char lower = to_lower_case(c);
  return is_digit(c) || (lower >= 'a' && lower <= 'f');
}

std::size_t length_of_digest(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_hex_digit);
  const auto length = static_cast<std::size_t>(end - text.begin());
  return length >= kLeastOfDigest ? length : 0;
}

// Blanks and what stands between the parts of texts; Chinese needs no blanks.
bool ends_word(char c) {
  constexpr std::string_view kDelimiters = " ,;'\"";
  return kDelimiters.find(c) != std::string_view::npos || static_cast<unsigned char>(c) >= 0x80;
}

// Whatever stands beside a mask in one word belongs to the secret: "Signature=***".
std::string mask_whole_words(const std::string& text) {
  std::string masked;
  for (std::string_view rest = text; !rest.empty();) {
    const auto end = std::find_if(rest.begin(), rest.end(), ends_word);
    const auto length = static_cast<std::size_t>(end - rest.begin());
    const std::string_view word = rest.substr(0, length);
    masked += word.find(kMask) == std::string_view::npos ? word : kMask;
    masked += rest.substr(length, 1);
    rest.remove_prefix(std::min(length + 1, rest.size()));
  }
  return masked;
}

std::string shorten(std::string text) {
  constexpr std::string_view kMore = "...";
  if (count_characters(text) <= kMostCharacters) return text;
  std::size_t characters = 0;
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    const bool begins_one = (static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U;
    if (begins_one && ++characters > kMostCharacters - kMore.size()) break;
  }
  text.resize(end);
  return text += kMore;
}

}  // namespace

std::string masked_words(std::string_view words, const Credentials& credentials) {
  // As they are, and as they stand in what is signed.
  std::vector<std::string> secrets{credentials.access_key_id, credentials.secret_access_key,
                                   credentials.session_token};
  secrets.push_back(percent_encode(credentials.session_token));
  std::string masked;
  for (std::string_view rest = words.substr(0, kMostBytes); !rest.empty();) {
    std::size_t hidden = length_of_digest(rest);
    for (const std::string& secret : secrets) {
      hidden = std::max(hidden, length_of_secret(rest, secret));
    }
    if (hidden > 0) {
      masked += masked.ends_with(kMask) ? "" : kMask;
      rest.remove_prefix(hidden);
    } else {
      const std::size_t control = control_length(rest);
      masked += control > 0 ? ' ' : rest.front();
      rest.remove_prefix(std::max<std::size_t>(1, control));
    }
  }
  return shorten(replace_ill_formed_utf8(mask_whole_words(masked)));
}

}  // namespace cloud_billing
