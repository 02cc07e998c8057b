#include "exposition/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

namespace cloud_billing {
namespace {

// 20 MB of metrics take 0.05 s and shrink to 7 %; level 6 takes 0.12 s and makes that 6 %.
constexpr int kLevel = 1;
constexpr int kRawDeflate = -MAX_WBITS;      // zlib's spelling of "no header and no end"
constexpr int kMemory = 8;                   // zlib's default
constexpr std::size_t kStoredBlock = 65535;  // at most

std::uint32_t crc_of(std::string_view text) {
  return static_cast<std::uint32_t>(
      ::crc32_z(0, reinterpret_cast<const Bytef*>(text.data()), text.size()));
}

void append_little_endian(std::string& out, std::uint32_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((number >> (8 * i)) & 0xff);
}

class Deflater {
 public:
  Deflater() {
    if (::deflateInit2(&stream_, kLevel, Z_DEFLATED, kRawDeflate, kMemory, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
      throw std::runtime_error("zlib cannot start");
    }
  }
  ~Deflater() { ::deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  // Appends blocks that end at a byte.
  void deflate(std::string_view text, std::string& out) {
    constexpr std::size_t kMost = std::numeric_limits<uInt>::max() / 2;
    do {
      const std::string_view piece = text.substr(0, kMost);
      text.remove_prefix(piece.size());
      // zlib reads through it only.
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
      stream_.avail_in = static_cast<uInt>(piece.size());
      write(text.empty() ? Z_SYNC_FLUSH : Z_NO_FLUSH, out);
    } while (!text.empty());
  }

 private:
  void write(int flush, std::string& out) {
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(chunk_.data());
      stream_.avail_out = static_cast<uInt>(chunk_.size());
      ::deflate(&stream_, flush);
      out.append(chunk_.data(), chunk_.size() - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }

  z_stream stream_{};
  std::string chunk_ = std::string(std::size_t{64} << 10, '\0');
};

}  // namespace

DeflatedText deflate_text(std::string_view text) {
  DeflatedText deflated{{}, crc_of(text), text.size()};
  if (text.empty()) return deflated;
  Deflater().deflate(text, deflated.blocks);
  deflated.blocks.shrink_to_fit();
  return deflated;
}

DeflatedText store_text(std::string_view text) {
  DeflatedText stored{{}, crc_of(text), text.size()};
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, kStoredBlock);
    text.remove_prefix(piece.size());
    const auto size = static_cast<std::uint32_t>(piece.size());
    stored.blocks += '\0';  // not the last block; stored
    append_little_endian(stored.blocks, size, 2);
    append_little_endian(stored.blocks, ~size, 2);
    stored.blocks += piece;
  }
  return stored;
}

PreparedText prepare_text(std::string text) {
  DeflatedText deflated = deflate_text(text);
  return {std::move(text), std::move(deflated)};
}

std::string gzip_head() {
  // Deflate, no name and no time, made on no particular system.
  return {'\x1f', '\x8b', 8, 0, 0, 0, 0, 0, 0, '\xff'};
}

std::string gzip_end(std::initializer_list<const DeflatedText*> texts) {
  uLong crc = 0;
  std::uint64_t length = 0;
  for (const DeflatedText* text : texts) {
    crc = ::crc32_combine(crc, text->crc, static_cast<z_off_t>(text->length));
    length += text->length;
  }
  std::string end{'\x03', '\x00'};  // an empty last block
  append_little_endian(end, static_cast<std::uint32_t>(crc), 4);
  append_little_endian(end, static_cast<std::uint32_t>(length),
                       4);  // modulo 2^32, as RFC 1952 wants it
  return end;
}

}  // namespace cloud_billing
