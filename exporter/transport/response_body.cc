#include "transport/response_body.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <exception>
#include <new>
#include <utility>

#include "core/ascii.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{8} << 20U;  // decompressed
constexpr std::size_t kPadding = 64;                      // simdjson reads so far beyond the end
constexpr int kGzipOnly = 15 + 16;                        // zlib's window, and no other format

}  // namespace

void ResponseBody::InflateEnd::operator()(z_stream* stream) const {
  inflateEnd(stream);
  delete stream;
}

bool ResponseBody::append(std::string_view encoding, std::string_view bytes) noexcept try {
  if (problem_ != Problem::kNone) return false;
  const std::string name = to_lower_case(trim_blanks(encoding));
  if (name.empty() || name == "identity") {
    problem_ = append_plain(bytes);
  } else if (name == "gzip" || name == "x-gzip") {
    problem_ = append_gzip(bytes);
  } else {
    problem_ = Problem::kUnknownEncoding;
  }
  return problem_ == Problem::kNone;
} catch (const std::exception&) {
  problem_ = Problem::kNoMemory;
  return false;
}

bool ResponseBody::finish() {
  if (problem_ == Problem::kNone && in_gzip_) problem_ = Problem::kCutShort;
  return problem_ == Problem::kNone;
}

void ResponseBody::begin(std::string buffer, std::size_t bytes) {
  text_ = std::move(buffer);
  text_.reserve(std::min(bytes, kMaxBytes) + kPadding);
}

std::string ResponseBody::take() {
  text_.reserve(text_.size() + kPadding);
  return std::exchange(text_, {});
}

void ResponseBody::clear() {
  std::string().swap(text_);  // an assigned empty one would keep the memory of a large body
  in_gzip_ = false;
  problem_ = Problem::kNone;
}

ResponseBody::Problem ResponseBody::append_plain(std::string_view bytes) {
  if (bytes.size() > kMaxBytes - text_.size()) return Problem::kTooLarge;
  text_.append(bytes);
  return Problem::kNone;
}

bool ResponseBody::begin_gzip() {
  if (stream_ != nullptr) return inflateReset(stream_.get()) == Z_OK;
  auto stream = std::make_unique<z_stream>();
  if (inflateInit2(stream.get(), kGzipOnly) != Z_OK) return false;
  stream_.reset(stream.release());
  return true;
}

ResponseBody::Problem ResponseBody::append_gzip(std::string_view bytes) {
  std::array<char, std::size_t{32} << 10U> piece{};
  bool more = !bytes.empty();
  while (more) {
    if (!in_gzip_ && !begin_gzip()) return Problem::kNoMemory;
    in_gzip_ = true;
    stream_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_->avail_in = static_cast<uInt>(bytes.size());
    stream_->next_out = reinterpret_cast<Bytef*>(piece.data());
    stream_->avail_out = static_cast<uInt>(piece.size());
    const int code = inflate(stream_.get(), Z_NO_FLUSH);
    if (code == Z_MEM_ERROR) return Problem::kNoMemory;
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) return Problem::kNotGzip;
    const std::size_t made = piece.size() - stream_->avail_out;
    if (append_plain({piece.data(), made}) != Problem::kNone) return Problem::kTooLarge;
    bytes.remove_prefix(bytes.size() - stream_->avail_in);
    if (code == Z_STREAM_END) in_gzip_ = false;
    // What did not fit into the piece comes without further input.
    more = !bytes.empty() || (in_gzip_ && stream_->avail_out == 0);
  }
  return Problem::kNone;
}

std::string_view explain_body_problem(ResponseBody::Problem problem) {
  using Problem = ResponseBody::Problem;
  switch (problem) {
    case Problem::kTooLarge:
      return "is larger than 8 MiB";
    case Problem::kUnknownEncoding:
      return "is compressed in a way that was not asked for";
    case Problem::kNotGzip:
      return "cannot be decompressed: it is not the gzip that it says it is";
    case Problem::kCutShort:
      return "is cut short within its compressed data";
    case Problem::kNoMemory:
      return "does not fit into memory";
    case Problem::kNone:
      break;
  }
  return "is good";
}

}  // namespace cloud_billing
