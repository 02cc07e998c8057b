#include "web/web_config.h"

#include <algorithm>
#include <array>
#include <span>

#include "config/typed_reader.h"
#include "config/value_parsers.h"
#include "config/yaml_reader.h"
#include "core/spelling.h"

namespace cloud_billing {
namespace {

// A word of the format and what it means here.
template <typename T>
struct Named {
  std::string_view name;
  T value;
};

constexpr std::array kVersions{
    Named<TlsVersion>{"TLS10", TlsVersion::kTls10}, Named<TlsVersion>{"TLS11", TlsVersion::kTls11},
    Named<TlsVersion>{"TLS12", TlsVersion::kTls12}, Named<TlsVersion>{"TLS13", TlsVersion::kTls13}};

constexpr std::array kClientAuths{
    Named<ClientAuth>{"NoClientCert", ClientAuth::kNone},
    Named<ClientAuth>{"RequestClientCert", ClientAuth::kRequest},
    Named<ClientAuth>{"RequireAnyClientCert", ClientAuth::kRequireAny},
    Named<ClientAuth>{"RequireClientCert", ClientAuth::kRequireAny},  // an older name of it
    Named<ClientAuth>{"VerifyClientCertIfGiven", ClientAuth::kVerifyIfGiven},
    Named<ClientAuth>{"RequireAndVerifyClientCert", ClientAuth::kRequireAndVerify}};

// Go's names (crypto/tls) to OpenSSL's. An empty one belongs to TLS 1.3, whose suites are always
// on.
constexpr std::array kCiphers{
    Named<std::string_view>{"TLS_AES_128_GCM_SHA256", ""},
    Named<std::string_view>{"TLS_AES_256_GCM_SHA384", ""},
    Named<std::string_view>{"TLS_CHACHA20_POLY1305_SHA256", ""},
    Named<std::string_view>{"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                            "ECDHE-ECDSA-AES128-GCM-SHA256"},
    Named<std::string_view>{"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                            "ECDHE-ECDSA-AES256-GCM-SHA384"},
    Named<std::string_view>{"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                            "ECDHE-ECDSA-CHACHA20-POLY1305"},
    Named<std::string_view>{"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305",
                            "ECDHE-ECDSA-CHACHA20-POLY1305"},
    Named<std::string_view>{"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256"},
    Named<std::string_view>{"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "ECDHE-RSA-AES256-GCM-SHA384"},
    Named<std::string_view>{"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                            "ECDHE-RSA-CHACHA20-POLY1305"},
    Named<std::string_view>{"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305", "ECDHE-RSA-CHACHA20-POLY1305"},
    Named<std::string_view>{"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "ECDHE-ECDSA-AES128-SHA"},
    Named<std::string_view>{"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "ECDHE-ECDSA-AES128-SHA256"},
    Named<std::string_view>{"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "ECDHE-ECDSA-AES256-SHA"},
    Named<std::string_view>{"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "ECDHE-RSA-AES128-SHA"},
    Named<std::string_view>{"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "ECDHE-RSA-AES128-SHA256"},
    Named<std::string_view>{"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "ECDHE-RSA-AES256-SHA"},
    Named<std::string_view>{"TLS_RSA_WITH_AES_128_GCM_SHA256", "AES128-GCM-SHA256"},
    Named<std::string_view>{"TLS_RSA_WITH_AES_256_GCM_SHA384", "AES256-GCM-SHA384"},
    Named<std::string_view>{"TLS_RSA_WITH_AES_128_CBC_SHA", "AES128-SHA"},
    Named<std::string_view>{"TLS_RSA_WITH_AES_128_CBC_SHA256", "AES128-SHA256"},
    Named<std::string_view>{"TLS_RSA_WITH_AES_256_CBC_SHA", "AES256-SHA"}};

constexpr std::array kCurves{
    Named<std::string_view>{"CurveP256", "P-256"}, Named<std::string_view>{"CurveP384", "P-384"},
    Named<std::string_view>{"CurveP521", "P-521"}, Named<std::string_view>{"X25519", "X25519"}};

// What http_server_config.headers may hold, and its values if they are few.
struct HeaderRow {
  std::string_view name;
  std::span<const std::string_view> values;  // none: any
};
constexpr std::array<std::string_view, 1> kTypeOptions{"nosniff"};
constexpr std::array<std::string_view, 2> kFrameOptions{"deny", "sameorigin"};
constexpr std::array kHeaders{
    HeaderRow{"Content-Security-Policy", {}}, HeaderRow{"Strict-Transport-Security", {}},
    HeaderRow{"X-Content-Type-Options", kTypeOptions}, HeaderRow{"X-Frame-Options", kFrameOptions},
    HeaderRow{"X-XSS-Protection", {}}};

constexpr std::array<std::string_view, 13> kTlsKeys{"cert_file",
                                                    "key_file",
                                                    "cert",
                                                    "key",
                                                    "client_ca_file",
                                                    "client_ca",
                                                    "client_auth_type",
                                                    "client_allowed_sans",
                                                    "min_version",
                                                    "max_version",
                                                    "cipher_suites",
                                                    "prefer_server_cipher_suites",
                                                    "curve_preferences"};

template <typename T, std::size_t kSize>
auto choose_from(const std::array<Named<T>, kSize>& rows) {
  return [&rows](std::string_view text) -> Result<T, std::string> {
    std::array<std::string_view, kSize> names;
    for (std::size_t i = 0; i < kSize; ++i) {
      if (rows[i].name == text) return rows[i].value;
      names[i] = rows[i].name;
    }
    return expect_choice(text, names);
  };
}

Result<bool, std::string> parse_bool(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::string("expected true or false");
}

// The names of a list, translated; those of TLS 1.3 have no translation.
template <std::size_t kSize>
void read_names(TypedReader& reader, const Place& place,
                const std::array<Named<std::string_view>, kSize>& rows,
                std::vector<std::string>& out) {
  for (const Place& item : reader.read_list(place).value_or(std::vector<Place>{})) {
    std::string_view name;
    if (reader.read_value(item, "a name", choose_from(rows), name) && !name.empty()) {
      out.emplace_back(name);
    }
  }
}

// `<name>_file` or `<name>`, not both.
void read_pem(TypedReader& reader, const Section& tls, const std::string& name, PemSource& out) {
  const Place* file = tls.find(name + "_file");
  const Place* text = tls.find(name);
  if (file != nullptr && text != nullptr) {
    reader.report(*text, "given twice: there is " + name + "_file, too");
  }
  if (file != nullptr) reader.read_value(*file, "a path", parse_non_empty, out.file);
  if (text != nullptr) {
    if (auto pem = reader.read_text(*text, "PEM text")) out.text = *std::move(pem);
  }
}

void check_tls(TypedReader& reader, const Section& section, const TlsConfig& tls) {
  const auto require_pem = [&](const std::string& name, const PemSource& source) {
    const bool excused = section.excused.contains(name) || section.excused.contains(name + "_file");
    if (source.is_given() || excused || section.find(name) != nullptr ||
        section.find(name + "_file") != nullptr) {
      return;
    }
    reader.report(section.position, section.path_of(name + "_file"), "missing key");
  };
  require_pem("cert", tls.certificate);
  require_pem("key", tls.key);
  if (tls.min_version > tls.max_version) {
    const Place* place = section.find("min_version");
    if (place == nullptr) place = section.find("max_version");
    reader.report(*place, "min_version is above max_version");
  }
  const bool verifies = tls.client_auth == ClientAuth::kVerifyIfGiven ||
                        tls.client_auth == ClientAuth::kRequireAndVerify;
  const Place* auth = section.find("client_auth_type");
  if (verifies && !tls.client_ca.is_given()) {
    reader.report(*auth, "needs client_ca_file: whose certificates are accepted");
  }
  for (const char* const key : {"client_ca_file", "client_ca"}) {
    const Place* place = section.find(key);
    if (place != nullptr && tls.client_auth == ClientAuth::kNone) {
      reader.report(*place, "has no effect without client_auth_type");
    }
  }
  const Place* sans = section.find("client_allowed_sans");
  const bool requires_one = tls.client_auth == ClientAuth::kRequireAny ||
                            tls.client_auth == ClientAuth::kRequireAndVerify;
  if (sans != nullptr && !requires_one) {
    reader.report(*sans,
                  "needs client_auth_type RequireAndVerifyClientCert or RequireAnyClientCert");
  }
}

// Nothing if nothing is given.
std::optional<TlsConfig> read_tls(TypedReader& reader, const Place& place) {
  const std::optional<Section> section = reader.read_section(place, kTlsKeys);
  if (!section || section->values.empty()) return std::nullopt;
  TlsConfig tls;
  read_pem(reader, *section, "cert", tls.certificate);
  read_pem(reader, *section, "key", tls.key);
  read_pem(reader, *section, "client_ca", tls.client_ca);
  const auto read = [&](std::string_view key, std::string_view noun, const auto& parse, auto& out) {
    if (const Place* value = section->find(key)) reader.read_value(*value, noun, parse, out);
  };
  read("client_auth_type", "a name", choose_from(kClientAuths), tls.client_auth);
  read("min_version", "a version", choose_from(kVersions), tls.min_version);
  read("max_version", "a version", choose_from(kVersions), tls.max_version);
  read("prefer_server_cipher_suites", "true or false", parse_bool, tls.server_chooses_cipher);
  if (const Place* list = section->find("cipher_suites")) {
    read_names(reader, *list, kCiphers, tls.ciphers);
  }
  if (const Place* list = section->find("curve_preferences")) {
    read_names(reader, *list, kCurves, tls.groups);
  }
  if (const Place* list = section->find("client_allowed_sans")) {
    const auto names = read_unique_items<std::string>(
        reader, *list, "a name", [](std::string_view text) { return parse_non_empty(text); });
    if (names) tls.client_allowed_sans = *names;
    if (list->node->items.empty()) reader.report(*list, "expected at least one name");
  }
  check_tls(reader, *section, tls);
  return tls;
}

void read_http(TypedReader& reader, const Place& place, WebConfig& config) {
  constexpr std::array<std::string_view, 2> kKeys{"http2", "headers"};
  const std::optional<Section> section = reader.read_section(place, kKeys);
  if (!section) return;
  bool http2 = false;  // without effect: responses are HTTP/1.1
  if (const Place* value = section->find("http2")) {
    reader.read_value(*value, "true or false", parse_bool, http2);
  }
  const Place* headers = section->find("headers");
  if (headers == nullptr) return;
  std::array<std::string_view, kHeaders.size()> names;
  std::transform(kHeaders.begin(), kHeaders.end(), names.begin(),
                 [](const HeaderRow& row) { return row.name; });
  const std::optional<Section> given = reader.read_section(*headers, names);
  if (!given) return;
  for (const HeaderRow& row : kHeaders) {
    const Place* header = given->find(row.name);
    if (header == nullptr) continue;
    const auto value = reader.read_text(*header, "text");
    if (!value) continue;
    const bool printable =
        std::all_of(value->begin(), value->end(), [](char c) { return c >= ' ' && c < '\x7f'; });
    const bool known = row.values.empty() ||
                       std::find(row.values.begin(), row.values.end(), *value) != row.values.end();
    if (!printable) {
      reader.report_value(*header, "expected printable ASCII text");
    } else if (!known) {
      reader.report_value(*header, expect_choice(*value, row.values));
    } else {
      config.headers.emplace_back(row.name, *value);
    }
  }
}

// $2a$, $2b$ or $2y$, a cost from 4 to 14, and 53 letters of salt and hash.
bool is_bcrypt_hash(std::string_view text) {
  if (text.size() != 60 || text.substr(0, 2) != "$2" || text[3] != '$' || text[6] != '$') {
    return false;
  }
  if (text[2] != 'a' && text[2] != 'b' && text[2] != 'y') return false;
  const std::string_view cost = text.substr(4, 2);
  if (cost < "04" || cost > "14" || cost[1] < '0' || cost[1] > '9') return false;
  return std::all_of(text.begin() + 7, text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '/';
  });
}

void read_users(TypedReader& reader, const Place& place, std::map<std::string, std::string>& out) {
  for (const NamedPlace& entry : reader.read_entries(place)) {
    if (entry.name.empty() || entry.name.find(':') != std::string::npos) {
      reader.report(entry.name_position, entry.place.path,
                    "a user's name is not empty and has no \":\"");
      continue;
    }
    const auto hash = reader.read_text(entry.place, "a bcrypt hash");
    if (!hash) continue;
    if (is_bcrypt_hash(*hash)) {
      out.emplace(entry.name, *hash);
    } else {
      reader.report(entry.place,
                    "expected a bcrypt hash ($2y$...) of cost 4 to 14, as `htpasswd -nBC 10 \"\"` "
                    "makes it");
    }
  }
}

}  // namespace

Result<WebConfig, std::vector<std::string>> parse_web_config(std::string_view text,
                                                             std::string_view file_name) {
  TypedReader reader;
  const auto root = read_yaml(text);
  if (!root) {
    reader.report(root.error().position, "", root.error().message);
    return reader.format_problems(file_name);
  }
  WebConfig config;
  if (root->kind == YamlNode::Kind::kMissing) return config;
  constexpr std::array<std::string_view, 4> kKeys{"tls_server_config", "http_server_config",
                                                  "basic_auth_users", "rate_limit"};
  const Place place{&*root, ""};
  if (const std::optional<Section> section = reader.read_section(place, kKeys)) {
    if (const Place* tls = section->find("tls_server_config")) config.tls = read_tls(reader, *tls);
    if (const Place* http = section->find("http_server_config")) read_http(reader, *http, config);
    if (const Place* users = section->find("basic_auth_users")) {
      read_users(reader, *users, config.users);
    }
    if (const Place* limit = section->find("rate_limit")) {
      reader.report(*limit, "limiting requests is not supported; leave it out");
    }
  }
  if (reader.has_problems()) return reader.format_problems(file_name);
  return config;
}

}  // namespace cloud_billing
