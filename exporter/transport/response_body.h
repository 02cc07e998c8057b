#pragma once

// A response's body as it comes in, decompressed. One thread at a time.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct z_stream_s;  // zlib's

namespace cloud_billing {

class ResponseBody {
 public:
  enum class Problem { kNone, kTooLarge, kUnknownEncoding, kNotGzip, kCutShort, kNoMemory };

  // What is offered to servers in Accept-Encoding.
  static constexpr std::string_view kEncodings = "gzip";

  // The next bytes; `encoding` is the header Content-Encoding, empty if there is none, and the same
  // for all of a body. Several gzip members are one body. False if there is a problem.
  [[nodiscard]] bool append(std::string_view encoding, std::string_view bytes) noexcept;
  // All bytes have come: false if compressed data ends before its end.
  [[nodiscard]] bool finish();
  // For so many bytes, so that nothing is copied while it grows; in this empty buffer.
  void begin(std::string buffer, std::size_t bytes);
  // There was no memory to begin it.
  void lack_memory() noexcept { problem_ = Problem::kNoMemory; }

  [[nodiscard]] Problem problem() const { return problem_; }
  [[nodiscard]] std::size_t size() const { return text_.size(); }
  // With spare capacity that simdjson may read.
  [[nodiscard]] std::string take();
  // For another response.
  void clear();

 private:
  struct InflateEnd {
    void operator()(z_stream_s* stream) const;
  };

  [[nodiscard]] Problem append_gzip(std::string_view bytes);
  [[nodiscard]] Problem append_plain(std::string_view bytes);
  [[nodiscard]] bool begin_gzip();

  std::string text_;
  std::unique_ptr<z_stream_s, InflateEnd> stream_;  // null before the first compressed body
  bool in_gzip_ = false;                            // within a member
  Problem problem_ = Problem::kNone;
};

// Continues "the answer of host ...".
[[nodiscard]] std::string_view explain_body_problem(ResponseBody::Problem problem);

}  // namespace cloud_billing
