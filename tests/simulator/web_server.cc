#include "web_server.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "event_loop.h"

namespace simulator {
namespace {

constexpr std::size_t kLoops = 2;

struct AddressCleanup {
  void operator()(addrinfo* addresses) const { freeaddrinfo(addresses); }
};

// A listening socket of "address:port". Accepted sockets send without delay, as it does.
int listen_on(const std::string& address) {
  const auto refuse = [&address](const std::string& why) {
    throw std::runtime_error("cannot listen on " + address + ": " + why);
  };
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos) refuse("not address:port");
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int unknown = getaddrinfo(address.substr(0, colon).c_str(),
                                  address.substr(colon + 1).c_str(), &hints, &found);
  if (unknown != 0) refuse(gai_strerror(unknown));
  const std::unique_ptr<addrinfo, AddressCleanup> first(found);
  const int listener = socket(first->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (listener < 0 || bind(listener, first->ai_addr, first->ai_addrlen) != 0 ||
      listen(listener, SOMAXCONN) != 0) {
    const std::string why = std::strerror(errno);
    if (listener >= 0) close(listener);
    refuse(why);
  }
  return listener;
}

int port_of(int listener) {
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  getsockname(listener, reinterpret_cast<sockaddr*>(&bound), &size);
  return ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(bound).sin6_port
                                           : reinterpret_cast<sockaddr_in&>(bound).sin_port);
}

}  // namespace

WebServer::WebServer(const ServerOptions& options, FaultBoard& faults, const Answerer& answer) {
  const int listener = listen_on(options.listen);
  port_ = port_of(listener);
  for (std::size_t i = 0; i < kLoops; ++i) {
    loops_.push_back(std::make_unique<EventLoop>(listener, faults, answer));
  }
  close(listener);  // each loop has its own descriptor
  for (const auto& loop : loops_) threads_.emplace_back([&loop] { loop->run(); });
}

WebServer::~WebServer() {
  for (const auto& loop : loops_) loop->stop();
  for (std::thread& thread : threads_) thread.join();
}

}  // namespace simulator
