#include "web/civetweb_port.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>

namespace cloud_billing {
namespace {

std::optional<std::string> resolve_host(const ListenAddress& address) {
  // RFC 6761: the name means loopback even if no hosts file and no name server says so.
  if (address.host == "localhost") return "127.0.0.1";
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* list = nullptr;
  if (::getaddrinfo(address.host.c_str(), nullptr, &hints, &list) != 0) return std::nullopt;
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(list, &::freeaddrinfo);
  const addrinfo* chosen = list;  // the first IPv4 address, else the first
  for (const addrinfo* each = list; each != nullptr; each = each->ai_next) {
    if (each->ai_family == AF_INET) {
      chosen = each;
      break;
    }
  }
  std::array<char, NI_MAXHOST> text{};
  if (::getnameinfo(chosen->ai_addr, chosen->ai_addrlen, text.data(), text.size(), nullptr, 0,
                    NI_NUMERICHOST) != 0) {
    return std::nullopt;
  }
  return std::string(text.data());
}

bool has_ipv6() {
  const int fd = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  sockaddr_in6 any{};
  any.sin6_family = AF_INET6;
  const bool bound = ::bind(fd, reinterpret_cast<const sockaddr*>(&any), sizeof any) == 0;
  ::close(fd);
  return bound;
}

}  // namespace

std::optional<std::string> to_civetweb_port(const ListenAddress& address, bool tls) {
  const std::string port = std::to_string(address.port) + (tls ? "s" : "");
  if (address.host.empty() || address.host == "::") return (has_ipv6() ? "+" : "") + port;
  const std::optional<std::string> host = resolve_host(address);
  if (!host) return std::nullopt;
  return (host->find(':') == std::string::npos ? *host : "[" + *host + "]") + ":" + port;
}

}  // namespace cloud_billing
