#include "web/response_writer.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace cloud_billing {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::seconds kWriteTimeout{30};
constexpr std::size_t kWritePiece = std::size_t{256} << 10;
constexpr std::size_t kWaiting = std::size_t{32} << 10;  // it stays in a cache

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    default:
      return "Status";
  }
}

bool has_header(const WebResponse& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [name](const auto& header) { return header.first == name; });
}

// Every write may wake the client: what is short waits for more. What is long is not copied.
class PieceWriter {
 public:
  PieceWriter(ByteSink write, SteadyClock::time_point deadline)
      : write_(std::move(write)), deadline_(deadline) {
    waiting_.reserve(kWaiting);  // at once, while another answer can be given instead
  }

  // False if the client has gone or is too slow.
  bool take(std::string_view piece) {
    if (waiting_.size() + piece.size() > kWaiting && !finish()) return false;
    if (piece.size() > kWaiting) return write_all(piece);
    waiting_ += piece;
    return true;
  }

  bool finish() {
    const bool written = write_all(waiting_);
    waiting_.clear();
    return written;
  }

 private:
  bool write_all(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::string_view piece = bytes.substr(0, kWritePiece);
      if (!write_(piece) || SteadyClock::now() > deadline_) return false;
      bytes.remove_prefix(piece.size());
    }
    return true;
  }

  const ByteSink write_;
  const SteadyClock::time_point deadline_;
  std::string waiting_;
};

// For which there is always enough memory.
constexpr std::string_view kNoMemory =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n"
    "Content-Length: 18\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\nNot enough "
    "memory\n";

std::string head_of(const WebResponse& response, bool keep_alive) {
  std::string bytes = "HTTP/1.1 " + std::to_string(response.status) + " ";
  bytes += reason_phrase(response.status);
  bytes += "\r\nContent-Type: " + response.content_type +
           "\r\nContent-Length: " + std::to_string(response.body.length);
  if (!has_header(response, "X-Content-Type-Options")) {
    bytes += "\r\nX-Content-Type-Options: nosniff";
  }
  for (const auto& header : response.headers) bytes += "\r\n" + header.first + ": " + header.second;
  bytes += keep_alive ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n";
  return bytes;
}

}  // namespace

bool write_response(const WebResponse& response, bool with_body, bool keep_alive,
                    const ByteSink& write) {
  bool has_written = false;
  try {
    PieceWriter writer(
        [&](std::string_view piece) {
          has_written = true;
          return write(piece);
        },
        SteadyClock::now() + kWriteTimeout);
    if (!writer.take(head_of(response, keep_alive))) return false;
    const bool has_body = with_body && response.body.send;
    const ByteSink take = [&](std::string_view piece) { return writer.take(piece); };
    if (has_body && !response.body.send(take)) return false;
    return writer.finish();
  } catch (const std::bad_alloc&) {
    if (!has_written) write(kNoMemory);
    throw;
  }
}

}  // namespace cloud_billing
