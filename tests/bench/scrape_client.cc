#include "scrape_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <string_view>

namespace scrape_bench {
namespace {

std::string request_for(Coding coding) {
  return std::string("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: ") +
         (coding == Coding::kGzip ? "gzip" : "identity") + "\r\n\r\n";
}

// Of the whole answer whose head stands in `start`.
std::size_t response_size(std::string_view start, std::size_t head_end) {
  constexpr std::string_view kName = "\r\nContent-Length: ";
  const std::size_t at = start.substr(0, head_end).find(kName);
  if (at == std::string_view::npos) throw std::runtime_error("an answer without Content-Length");
  return head_end + 4 + std::stoul(std::string(start.substr(at + kName.size(), 20)));
}

}  // namespace

ScrapeClient::~ScrapeClient() { disconnect(); }

void ScrapeClient::connect() {
  fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port_);
  if (::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("no connection");
  }
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

void ScrapeClient::disconnect() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

void ScrapeClient::receive(std::string* kept) {
  std::string start;
  std::size_t wanted = 0;  // 0: the head is not whole yet
  std::size_t got = 0;
  while (wanted == 0 || got < wanted) {
    const ssize_t count = ::recv(fd_, buffer_.data(), buffer_.size(), 0);
    if (count <= 0) throw std::runtime_error("an answer cut short");
    const std::string_view piece(buffer_.data(), static_cast<std::size_t>(count));
    got += piece.size();
    if (kept != nullptr) *kept += piece;
    if (wanted != 0) continue;
    start += piece.substr(0, 4096);
    const std::size_t head_end = start.find("\r\n\r\n");
    if (head_end != std::string::npos) wanted = response_size(start, head_end);
  }
  if (connections_ == Connections::kClosed) disconnect();
}

std::string ScrapeClient::fetch(Coding coding) {
  std::string response;
  if (fd_ < 0) connect();
  const std::string request = request_for(coding);
  (void)::send(fd_, request.data(), request.size(), MSG_NOSIGNAL);
  receive(&response);
  return response;
}

double ScrapeClient::measure(Coding coding) {
  const std::string request = request_for(coding);
  const auto begin = std::chrono::steady_clock::now();
  if (fd_ < 0) connect();
  (void)::send(fd_, request.data(), request.size(), MSG_NOSIGNAL);
  receive(nullptr);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace scrape_bench
