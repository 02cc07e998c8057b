#pragma once

// Compression in pieces, owner of zlib: a text is compressed once, when it is made, and later
// stands in any number of gzip members (RFC 1952) beside other texts, in any order, without being
// touched again. Pure, any thread.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace cloud_billing {

// Whole deflate blocks (RFC 1951) that end at a byte and refer to nothing before them.
struct DeflatedText {
  std::string blocks;
  std::uint32_t crc = 0;     // of the text
  std::uint64_t length = 0;  // of the text
};

[[nodiscard]] DeflatedText deflate_text(std::string_view text);

// The same without compression: for a short text that is used once.
[[nodiscard]] DeflatedText store_text(std::string_view text);

// A text with what it compresses to.
struct PreparedText {
  std::string text;
  DeflatedText deflated;
};
[[nodiscard]] PreparedText prepare_text(std::string text);

// A gzip member is this head, the blocks of the texts, and an end that knows them in that order.
[[nodiscard]] std::string gzip_head();
[[nodiscard]] std::string gzip_end(std::initializer_list<const DeflatedText*> texts);

}  // namespace cloud_billing
