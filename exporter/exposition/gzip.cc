#include "exposition/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>
#include <stdexcept>
#include <utility>

namespace cloud_billing {
namespace {

// 20 MB of metrics take 0.05 s and shrink to 7 %; level 6 takes 0.12 s and makes that 6 %.
constexpr int kLevel = 1;
constexpr int kRawDeflate = -MAX_WBITS;      // zlib's spelling of "no header and no end"
constexpr int kMemory = 8;                   // zlib's default
constexpr std::size_t kStoredBlock = 65535;  // at most
constexpr std::size_t kChunk = std::size_t{64} << 10;

void append_little_endian(std::string& out, std::uint32_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((number >> (8 * i)) & 0xff);
}

void check_start(int told) {
  if (told == Z_MEM_ERROR) throw std::bad_alloc();
  if (told != Z_OK) throw std::runtime_error("zlib cannot start");
}

class Deflater {
 public:
  Deflater() {
    check_start(
        ::deflateInit2(&stream_, kLevel, Z_DEFLATED, kRawDeflate, kMemory, Z_DEFAULT_STRATEGY));
  }
  ~Deflater() { ::deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  // Blocks that end at a byte and refer to nothing that was deflated before.
  std::string deflate(std::string_view text) {
    ::deflateReset(&stream_);
    std::string out;
    constexpr std::size_t kMost = std::numeric_limits<uInt>::max() / 2;
    do {
      const std::string_view piece = text.substr(0, kMost);
      text.remove_prefix(piece.size());
      // zlib reads through it only.
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
      stream_.avail_in = static_cast<uInt>(piece.size());
      write(text.empty() ? Z_SYNC_FLUSH : Z_NO_FLUSH, out);
    } while (!text.empty());
    out.shrink_to_fit();
    return out;
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
  std::string chunk_ = std::string(kChunk, '\0');
};

class Inflater {
 public:
  Inflater() { check_start(::inflateInit2(&stream_, kRawDeflate)); }
  ~Inflater() { ::inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  bool inflate(const std::string& blocks, const ByteSink& sink) {
    ::inflateReset(&stream_);
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(blocks.data()));
    stream_.avail_in = static_cast<uInt>(blocks.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(chunk_.data());
      stream_.avail_out = static_cast<uInt>(chunk_.size());
      const int told = ::inflate(&stream_, Z_SYNC_FLUSH);
      if (told != Z_OK && told != Z_BUF_ERROR) throw std::logic_error("blocks that do not inflate");
      const std::string_view piece(chunk_.data(), chunk_.size() - stream_.avail_out);
      if (!piece.empty() && !sink(piece)) return false;
    } while (stream_.avail_out == 0);
    return true;
  }

 private:
  z_stream stream_{};
  std::string chunk_ = std::string(kChunk, '\0');
};

}  // namespace

Checksum checksum_of(std::string_view text) {
  const uLong crc = ::crc32_z(0, reinterpret_cast<const Bytef*>(text.data()), text.size());
  return {static_cast<std::uint32_t>(crc), text.size()};
}

void Checksum::append(const Checksum& next) {
  crc =
      static_cast<std::uint32_t>(::crc32_combine(crc, next.crc, static_cast<z_off_t>(next.length)));
  length += next.length;
}

DeflatedText deflate_text(std::string_view text) {
  DeflatedText deflated{{}, checksum_of(text)};
  if (text.empty()) return deflated;
  thread_local Deflater deflater;  // its tables are larger than most texts
  deflated.blocks = deflater.deflate(text);
  return deflated;
}

bool inflate_text(const DeflatedText& deflated, const ByteSink& sink) {
  if (deflated.blocks.empty()) return true;
  thread_local Inflater inflater;
  return inflater.inflate(deflated.blocks, sink);
}

DeflatedText store_text(std::string_view text) {
  DeflatedText stored{{}, checksum_of(text)};
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

std::string gzip_head() {
  // Deflate, no name and no time, made on no particular system.
  return {'\x1f', '\x8b', 8, 0, 0, 0, 0, 0, 0, '\xff'};
}

std::string gzip_end(const Checksum& whole) {
  std::string end{'\x03', '\x00'};  // an empty last block
  append_little_endian(end, whole.crc, 4);
  // Modulo 2^32, as RFC 1952 wants it.
  append_little_endian(end, static_cast<std::uint32_t>(whole.length), 4);
  return end;
}

}  // namespace cloud_billing
