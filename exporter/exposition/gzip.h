#pragma once

// Compression in pieces, owner of zlib in this room: a text is compressed once, when it is made,
// and later stands in any number of gzip members (RFC 1952) beside other texts, in any order,
// without being touched again. Pure, any thread.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/byte_sink.h"

namespace cloud_billing {

// What the end of a gzip member says of the text in it.
struct Checksum {
  std::uint32_t crc = 0;
  std::uint64_t length = 0;  // bytes

  // The same of this text with the next one behind it.
  void append(const Checksum& next);

  friend bool operator==(const Checksum&, const Checksum&) = default;
};

[[nodiscard]] Checksum checksum_of(std::string_view text);

// Whole deflate blocks (RFC 1951) that end at a byte and refer to nothing before them.
struct DeflatedText {
  std::string blocks;
  Checksum sum;  // of the text
};

[[nodiscard]] DeflatedText deflate_text(std::string_view text);

// The same without compression: for a short text that is used once.
[[nodiscard]] DeflatedText store_text(std::string_view text);

// Gives the text in pieces. False if the sink wanted no more.
bool inflate_text(const DeflatedText& deflated, const ByteSink& sink);

// A gzip member is this head, the blocks of the texts, and an end that knows all of them.
[[nodiscard]] std::string gzip_head();
[[nodiscard]] std::string gzip_end(const Checksum& whole);

}  // namespace cloud_billing
