#pragma once

// What --web.config.file says: the format of Prometheus's exporter-toolkit (its document "web
// configuration", version 0.14; an empty value counts as not given). Values only: no file is
// opened, no certificate is looked at. Pure.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace cloud_billing {

enum class TlsVersion { kTls12, kTls13 };

enum class ClientAuth {
  kNone,              // NoClientCert
  kRequest,           // RequestClientCert: asked for, looked at by nobody
  kRequireAny,        // RequireAnyClientCert: one must come, signed by anybody
  kVerifyIfGiven,     // VerifyClientCertIfGiven
  kRequireAndVerify,  // RequireAndVerifyClientCert
};

// PEM text, or the path of a file that holds it.
struct PemSource {
  std::string file;  // not empty: the path, as written
  std::string text;
  [[nodiscard]] bool is_given() const { return !file.empty() || !text.empty(); }
};

struct TlsConfig {
  PemSource certificate;  // with its chain
  PemSource key;
  PemSource client_ca;  // not given: the system's authorities
  ClientAuth client_auth = ClientAuth::kNone;
  std::vector<std::string> client_allowed_sans;  // a client's certificate must have one of them
  TlsVersion min_version = TlsVersion::kTls12;
  TlsVersion max_version = TlsVersion::kTls13;
  std::vector<std::string> ciphers;  // up to TLS 1.2, in OpenSSL's names; empty: OpenSSL's choice
  std::vector<std::string> groups;   // key exchange, in OpenSSL's names; empty: OpenSSL's choice
  bool server_chooses_cipher = true;
};

struct WebConfig {
  std::optional<TlsConfig> tls;  // none: plain HTTP
  // Headers of every response.
  std::vector<std::pair<std::string, std::string>> headers;
  std::map<std::string, std::string> users;  // to their bcrypt hash; empty: nobody is asked
};

// "file:line:column: path: message", in the file's order. No hash and no key is quoted.
[[nodiscard]] Result<WebConfig, std::vector<Error>> parse_web_config(std::string_view text,
                                                                     std::string_view file_name);

}  // namespace cloud_billing
