#include "config/endpoint.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "core/ascii.h"

namespace cloud_billing {
namespace {

bool are_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

bool is_host_character(char c) { return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_'; }

bool is_hexadecimal(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }

// What ends in a number is an address to whoever resolves names: "127.1" and "0x7f.0.0.1" too.
bool is_number(std::string_view label) {
  if (label.starts_with("0x")) {
    return std::all_of(label.begin() + 2, label.end(), is_hexadecimal);
  }
  return !label.empty() && are_digits(label);
}

// The bytes of an address in text form, if it is one.
template <std::size_t kSize>
std::optional<std::array<std::uint8_t, kSize>> read_address(const std::string& text) {
  std::array<std::uint8_t, kSize> bytes{};
  constexpr int kFamily = kSize == 4 ? AF_INET : AF_INET6;
  if (text.find('\0') != text.npos) return std::nullopt;
  if (inet_pton(kFamily, text.c_str(), bytes.data()) != 1) return std::nullopt;
  return bytes;
}

struct Host {
  std::string text;  // in the one form that is signed and sent
  bool loopback = false;
};

std::optional<Host> read_ipv6(const std::string& address) {
  const auto bytes = read_address<16>(address);
  if (!bytes) return std::nullopt;
  std::array<char, INET6_ADDRSTRLEN> shortest{};
  inet_ntop(AF_INET6, bytes->data(), shortest.data(), shortest.size());
  constexpr std::array<std::uint8_t, 16> kLoopback{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  return Host{"[" + std::string(shortest.data()) + "]", *bytes == kLoopback};
}

// In lower case. A dot at the end only says that the name is whole.
std::optional<Host> read_name_or_ipv4(std::string host) {
  if (host.ends_with('.')) host.pop_back();
  if (host.empty() || host.size() > 253) return std::nullopt;
  if (!std::all_of(host.begin(), host.end(), is_host_character)) return std::nullopt;
  if (host.front() == '.' || host.front() == '-' || host.back() == '.' ||
      host.find("..") != host.npos) {
    return std::nullopt;
  }
  if (!is_number(std::string_view(host).substr(host.rfind('.') + 1))) {
    const bool loopback = host == "localhost";
    return Host{std::move(host), loopback};
  }
  const auto bytes = read_address<4>(host);  // the plain form only
  if (!bytes) return std::nullopt;
  return Host{std::move(host), (*bytes)[0] == 127};
}

std::optional<Host> read_host(std::string_view text) {
  std::string host = to_lower_case(text);
  const bool bracketed = host.size() >= 2 && host.front() == '[' && host.back() == ']';
  return bracketed ? read_ipv6(host.substr(1, host.size() - 2))
                   : read_name_or_ipv4(std::move(host));
}

std::optional<std::string> read_port(std::string_view text) {
  if (text.empty() || !are_digits(text)) return std::nullopt;
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || port < 1 || port > 65535) return std::nullopt;
  return std::to_string(port);
}

}  // namespace

Result<Endpoint> parse_endpoint(std::string_view text) {
  const std::size_t scheme_end = text.find("://");
  if (scheme_end == text.npos) return Error{"expected an address such as https://host"};
  Endpoint endpoint;
  endpoint.scheme = to_lower_case(text.substr(0, scheme_end));
  if (endpoint.scheme != "https" && endpoint.scheme != "http") {
    return Error{"expected an address that begins with https://"};
  }

  std::string_view authority = text.substr(scheme_end + 3);
  if (authority.find('@') != authority.npos) {
    return Error{"an endpoint has no user name or password"};
  }
  if (authority.ends_with('/')) authority.remove_suffix(1);
  if (authority.find_first_of("/?#") != authority.npos) {
    return Error{"an endpoint has no path, query or fragment"};
  }

  // An address in brackets has colons of its own.
  const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
  const std::size_t colon = bracket == authority.npos ? bracket : authority.find(':', bracket);
  std::optional<Host> host = read_host(authority.substr(0, colon));
  if (!host) {
    return Error{"expected a host name, an IPv4 address or an IPv6 address in brackets"};
  }
  endpoint.host = std::move(host->text);
  if (colon != authority.npos) {
    const std::optional<std::string> port = read_port(authority.substr(colon + 1));
    if (!port) return Error{"expected a port from 1 to 65535"};
    endpoint.port = *port;
  }
  if (endpoint.scheme == "http" && !host->loopback) {
    return Error{
        "plain http is only for loopback addresses (127.0.0.1, [::1], localhost); use https"};
  }
  return endpoint;
}

bool is_loopback(std::string_view host) {
  const std::optional<Host> read = read_host(host);
  return read && read->loopback;
}

}  // namespace cloud_billing
