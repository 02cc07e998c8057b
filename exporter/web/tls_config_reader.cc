#include "web/tls_config_reader.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/value_parsers.h"
#include "web/yaml_bool.h"

namespace cloud_billing {
namespace {

// A word of the format and what it means here.
template <typename T>
struct Named {
  std::string_view name;
  T value;
};

constexpr std::array kVersions{Named<TlsVersion>{"TLS12", TlsVersion::kTls12},
                               Named<TlsVersion>{"TLS13", TlsVersion::kTls13}};

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
  return [&rows](std::string_view text) -> Result<T> {
    std::array<std::string_view, kSize> names;
    for (std::size_t i = 0; i < kSize; ++i) {
      if (rows[i].name == text) return rows[i].value;
      names[i] = rows[i].name;
    }
    return Error{expect_choice(text, names)};
  };
}

// The format's older versions are known, and refused.
Result<TlsVersion> parse_version(std::string_view text) {
  if (text == "TLS10" || text == "TLS11") {
    return Error{"nobody should speak it any more; TLS12 is the lowest"};
  }
  return choose_from(kVersions)(text);
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
  const TextOrFile given = tls.find_text_or_file(name);
  if (given.file != nullptr && given.text != nullptr) {
    reader.report(*given.text, "given twice: there is " + file_key_of(name) + ", too");
  }
  if (given.file != nullptr) reader.read_value(*given.file, "a path", parse_non_empty, out.file);
  if (given.text != nullptr) {
    if (auto pem = reader.read_text(*given.text, "PEM text")) out.text = *std::move(pem);
  }
}

// What else the section says, as versions, has no effect then.
bool is_enabled(const Section& section) {
  constexpr std::array<std::string_view, 7> kEnabling{
      "cert_file", "key_file", "cert", "key", "client_ca_file", "client_ca", "client_auth_type"};
  return std::any_of(kEnabling.begin(), kEnabling.end(), [&section](std::string_view key) {
    return section.find(key) != nullptr || section.excused.contains(key);
  });
}

void check_tls(TypedReader& reader, const Section& section, const TlsConfig& tls) {
  const auto require_pem = [&](const std::string& name, const PemSource& source) {
    const TextOrFile given = section.find_text_or_file(name);
    if (source.is_given() || given.is_excused || given.text != nullptr || given.file != nullptr) {
      return;
    }
    reader.report(section.position, section.path_of(file_key_of(name)), "missing key");
  };
  require_pem("cert", tls.certificate);
  require_pem("key", tls.key);
  if (tls.min_version > tls.max_version) {
    const Place* place = section.find("min_version");
    if (place == nullptr) place = section.find("max_version");
    reader.report(*place, "min_version is above max_version");
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

}  // namespace

std::optional<TlsConfig> read_tls_config(TypedReader& reader, const Place& place) {
  const std::optional<Section> section = reader.read_section(place, kTlsKeys);
  if (!section || section->values.empty()) return std::nullopt;
  TlsConfig tls;
  read_pem(reader, *section, "cert", tls.certificate);
  read_pem(reader, *section, "key", tls.key);
  read_pem(reader, *section, "client_ca", tls.client_ca);
  reader.read_key(*section, "client_auth_type", "a name", choose_from(kClientAuths),
                  tls.client_auth);
  reader.read_key(*section, "min_version", "a version", parse_version, tls.min_version);
  reader.read_key(*section, "max_version", "a version", parse_version, tls.max_version);
  reader.read_key(*section, "prefer_server_cipher_suites", "true or false", parse_yaml_bool,
                  tls.server_chooses_cipher);
  if (const Place* list = section->find("cipher_suites")) {
    read_names(reader, *list, kCiphers, tls.ciphers);
  }
  if (const Place* list = section->find("curve_preferences")) {
    read_names(reader, *list, kCurves, tls.groups);
  }
  if (const Place* list = section->find("client_allowed_sans")) {
    const auto names = read_unique_items<std::string>(reader, *list, "a name", parse_non_empty);
    if (names) tls.client_allowed_sans = *names;
    if (list->node->items.empty()) reader.report(*list, "expected at least one name");
  }
  if (!is_enabled(*section)) return std::nullopt;
  check_tls(reader, *section, tls);
  return tls;
}

}  // namespace cloud_billing
