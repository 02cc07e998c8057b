#include "web/response_writer.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>

namespace cloud_billing {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::seconds kWriteTimeout{30};
constexpr std::size_t kWritePiece = std::size_t{256} << 10;
constexpr std::size_t kJoined = std::size_t{16} << 10;  // of each end of a part of a body

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

// False if the client has gone or is too slow.
bool write_all(const WriteBytes& write, std::string_view bytes, SteadyClock::time_point deadline) {
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kWritePiece);
    if (!write(piece) || SteadyClock::now() > deadline) return false;
    bytes.remove_prefix(piece.size());
  }
  return true;
}

using Part = std::shared_ptr<const std::string>;

// Every write may wake the client: what is short leaves with the beginning or the end of what is
// long, whose middle is not copied.
bool write_parts(const WriteBytes& write, std::string waiting, std::span<const Part> parts,
                 SteadyClock::time_point deadline) {
  for (const Part& part : parts) {
    std::string_view rest = *part;
    waiting += rest.substr(0, kJoined);
    rest.remove_prefix(std::min(rest.size(), kJoined));
    if (rest.empty()) continue;
    const std::size_t middle = rest.size() - std::min(rest.size(), kJoined);
    if (!write_all(write, waiting, deadline)) return false;
    if (!write_all(write, rest.substr(0, middle), deadline)) return false;
    waiting = rest.substr(middle);
  }
  return write_all(write, waiting, deadline);
}

}  // namespace

bool write_response(const WebResponse& response, bool with_body, bool keep_alive,
                    const WriteBytes& write) {
  std::size_t length = 0;
  for (const auto& part : response.body) length += part->size();
  std::string bytes = "HTTP/1.1 " + std::to_string(response.status) + " ";
  bytes += reason_phrase(response.status);
  bytes += "\r\nContent-Type: " + response.content_type +
           "\r\nContent-Length: " + std::to_string(length);
  if (!has_header(response, "X-Content-Type-Options")) {
    bytes += "\r\nX-Content-Type-Options: nosniff";
  }
  for (const auto& header : response.headers) bytes += "\r\n" + header.first + ": " + header.second;
  bytes += keep_alive ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n";

  return write_parts(write, std::move(bytes),
                     with_body ? std::span(response.body) : std::span<const Part>(),
                     SteadyClock::now() + kWriteTimeout);
}

}  // namespace cloud_billing
