#include "config/endpoint.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/ascii.h"

namespace cloud_billing {
namespace {

bool are_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

bool is_host_character(char c) { return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_'; }

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
  bool valid = false;
  bool loopback = false;
};

Host examine_ipv6(const std::string& address) {
  const auto bytes = read_address<16>(address);
  if (!bytes) return {};
  constexpr std::array<std::uint8_t, 16> kLoopback{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  return Host{true, *bytes == kLoopback};
}

Host examine_name_or_ipv4(const std::string& host) {
  if (host.empty() || host.size() > 253) return {};
  if (!std::all_of(host.begin(), host.end(), is_host_character)) return {};
  if (host.front() == '.' || host.front() == '-' || host.find("..") != host.npos) return {};
  const std::string last_label = host.substr(host.rfind('.') + 1);
  if (!are_digits(last_label) || last_label.empty()) return Host{true, host == "localhost"};
  // A last label of digits makes it an IPv4 address, and only the plain form is one here.
  const auto bytes = read_address<4>(host);
  return Host{bytes.has_value(), bytes.has_value() && (*bytes)[0] == 127};
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
  endpoint.host = to_lower_case(authority.substr(0, colon));
  const bool bracketed = endpoint.host.starts_with('[') && endpoint.host.ends_with(']');
  const Host host = bracketed ? examine_ipv6(endpoint.host.substr(1, endpoint.host.size() - 2))
                              : examine_name_or_ipv4(endpoint.host);
  if (!host.valid) {
    return Error{"expected a host name, an IPv4 address or an IPv6 address in brackets"};
  }
  if (colon != authority.npos) {
    const std::optional<std::string> port = read_port(authority.substr(colon + 1));
    if (!port) return Error{"expected a port from 1 to 65535"};
    endpoint.port = *port;
  }
  if (endpoint.scheme == "http" && !host.loopback) {
    return Error{
        "plain http is only for loopback addresses (127.0.0.1, [::1], localhost); use https"};
  }
  return endpoint;
}

}  // namespace cloud_billing
