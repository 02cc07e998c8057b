#pragma once

// A TCP server on loopback for tests: each connection runs the test's function on a thread of its
// own, with raw bytes, so that it can misbehave in every way.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <list>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace cloud_billing {

class LoopbackConnection {
 public:
  explicit LoopbackConnection(int fd) : fd_(fd) {}

  // The next request, head and body as they came, or "" where the client has closed.
  std::string read_request() {
    while (true) {
      const std::size_t head_end = buffer_.find("\r\n\r\n");
      if (head_end != std::string::npos) {
        const std::size_t size = head_end + 4 + body_size(buffer_.substr(0, head_end));
        if (buffer_.size() >= size) {
          std::string request = buffer_.substr(0, size);
          buffer_.erase(0, size);
          return request;
        }
      }
      char chunk[65536];
      const ssize_t got = ::recv(fd_, chunk, sizeof chunk, 0);
      if (got <= 0) return {};
      buffer_.append(chunk, static_cast<std::size_t>(got));
    }
  }

  // False where the client has gone.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // Answers with Content-Length.
  bool send_response(std::string_view status, std::string_view headers, std::string_view body) {
    return send("HTTP/1.1 " + std::string(status) + "\r\n" + std::string(headers) +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body));
  }

  void wait_until_closed() {
    while (!read_request().empty()) {
    }
  }

  // The end of this function closes with a reset instead of a normal end.
  void reset_on_close() {
    const linger abort{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
  }

  [[nodiscard]] int fd() const { return fd_; }

 private:
  static std::size_t body_size(const std::string& head) {
    const std::string name = "\r\nContent-Length: ";
    const std::size_t at = head.find(name);
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + name.size()));
  }

  int fd_;
  std::string buffer_;
};

class LoopbackServer {
 public:
  using Serve = std::function<void(LoopbackConnection&)>;

  // Serves every connection with `serve` until destroyed. Throws where loopback has no such family.
  explicit LoopbackServer(Serve serve, int family = AF_INET) : serve_(std::move(serve)) {
    listener_ = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in6 address{};
    socklen_t size = family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
    if (family == AF_INET) {
      auto* v4 = reinterpret_cast<sockaddr_in*>(&address);
      v4->sin_family = AF_INET;
      v4->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    } else {
      address.sin6_family = AF_INET6;
      address.sin6_addr = in6addr_loopback;
    }
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (listener_ < 0 || ::bind(listener_, any, size) != 0 || ::listen(listener_, 1024) != 0 ||
        ::getsockname(listener_, any, &size) != 0) {
      throw std::runtime_error("no loopback socket");
    }
    port_ = ntohs(address.sin6_port);  // the same place in both families
    acceptor_ = std::thread([this] { accept_connections(); });
  }

  ~LoopbackServer() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    {
      const std::lock_guard lock(mutex_);
      for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
    }
    for (std::thread& thread : threads_) thread.join();
  }

  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  [[nodiscard]] std::string port() const { return std::to_string(port_); }
  [[nodiscard]] int connections() const { return connections_.load(); }

 private:
  void accept_connections() {
    while (true) {
      const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (fd < 0) return;
      ++connections_;
      const std::lock_guard lock(mutex_);
      open_.push_back(fd);
      threads_.emplace_back([this, fd] {
        LoopbackConnection connection(fd);
        serve_(connection);
        const std::lock_guard closing(mutex_);
        open_.remove(fd);
        ::close(fd);
      });
    }
  }

  Serve serve_;
  int listener_ = -1;
  in_port_t port_ = 0;
  std::thread acceptor_;
  std::atomic<int> connections_{0};
  std::mutex mutex_;  // guards open_; threads_ belongs to the acceptor, then to the destructor
  std::list<int> open_;
  std::list<std::thread> threads_;
};

}  // namespace cloud_billing
