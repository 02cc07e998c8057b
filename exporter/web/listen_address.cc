#include "web/listen_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>

#include "core/ascii.h"

namespace cloud_billing {
namespace {

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return port;
}

bool is_ipv6_address(const std::string& text) {
  in6_addr address{};
  return ::inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

bool is_host_name(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_';
  });
}

}  // namespace

Result<ListenAddress> parse_listen_address(std::string_view text) {
  if (text.starts_with("unix:"))
    return Error{"Unix sockets are not supported, listen on 127.0.0.1 instead"};
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) {
    return Error{"expected host:port, [v6]:port or :port"};
  }
  ListenAddress address;
  const std::optional<std::uint16_t> port = parse_port(text.substr(colon + 1));
  if (!port) return Error{"the port is a number from 0 to 65535"};
  address.port = *port;

  std::string_view host = text.substr(0, colon);
  const bool bracketed = host.size() >= 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) {
    address.host = host.substr(1, host.size() - 2);
    if (!is_ipv6_address(address.host)) return Error{"no IPv6 address between the brackets"};
    return address;
  }
  if (host.find(':') != std::string_view::npos) {
    return Error{"an IPv6 address stands in brackets: [v6]:port"};
  }
  if (!is_host_name(host)) return Error{"no host name or address before the port"};
  address.host = host;
  return address;
}

std::string to_text(const ListenAddress& address) {
  const bool is_v6 = address.host.find(':') != std::string::npos;
  return (is_v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

}  // namespace cloud_billing
