#pragma once

// Requests and responses as values. Nothing here opens a connection.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cloud_billing {

enum class HttpMethod { kGet, kPost };

[[nodiscard]] constexpr std::string_view method_name(HttpMethod method) {
  return method == HttpMethod::kGet ? "GET" : "POST";
}

struct Header {
  std::string name;
  std::string value;
  friend bool operator==(const Header&, const Header&) = default;
};

// A query parameter before encoding.
struct QueryParameter {
  std::string name;
  std::string value;
  friend bool operator==(const QueryParameter&, const QueryParameter&) = default;
};

// Where a provider's API is: scheme, host and an optional port; no path, query or user.
struct Endpoint {
  std::string scheme = "https";
  std::string host;  // a name, an IPv4 address, or an IPv6 address in brackets
  std::string port;  // empty: the scheme's default

  // What the Host header says: the port is named only if it is not the scheme's default.
  [[nodiscard]] std::string authority() const {
    const bool default_port =
        port.empty() || (scheme == "https" && port == "443") || (scheme == "http" && port == "80");
    return default_port ? host : host + ":" + port;
  }
  // The port in any case.
  [[nodiscard]] std::string_view effective_port() const {
    if (!port.empty()) return port;
    return scheme == "https" ? "443" : "80";
  }
  [[nodiscard]] std::string origin() const { return scheme + "://" + authority(); }
  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

struct HttpResponse {
  int status = 0;
  std::vector<Header> headers;  // names in lower case
  std::string body;             // decompressed; not necessarily well-formed UTF-8
  std::string proxy{};          // which proxy it came through, in words; empty: none

  [[nodiscard]] std::optional<std::string_view> header(std::string_view lower_case_name) const {
    for (const Header& header : headers) {
      if (header.name == lower_case_name) return header.value;
    }
    return std::nullopt;
  }
};

}  // namespace cloud_billing
