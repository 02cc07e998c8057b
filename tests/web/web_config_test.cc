#include "web/web_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace cloud_billing {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

constexpr const char* kHash = "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe";

WebConfig good(const std::string& text) {
  auto config = parse_web_config(text, "web.yml");
  if (config) return *config;
  ADD_FAILURE() << config.error().front().message;
  return {};
}

std::string problem_of(const std::string& text) {
  const auto config = parse_web_config(text, "web.yml");
  if (config) return "";
  std::string problems;
  for (const Error& problem : config.error()) problems += problem.message + "\n";
  return problems;
}

TEST(WebConfig, NothingMeansPlainHttpForEverybody) {
  for (const char* const text : {"", "# nothing\n", "{}"}) {
    const WebConfig config = good(text);
    EXPECT_FALSE(config.tls);
    EXPECT_THAT(config.users, IsEmpty());
    EXPECT_THAT(config.headers, IsEmpty());
  }
}

TEST(WebConfig, TlsIsFrom12To13UnlessSaidOtherwise) {
  const WebConfig config = good("tls_server_config: {cert_file: a.pem, key_file: a.key}");
  ASSERT_TRUE(config.tls);
  EXPECT_EQ(config.tls->certificate.file, "a.pem");
  EXPECT_EQ(config.tls->key.file, "a.key");
  EXPECT_EQ(config.tls->min_version, TlsVersion::kTls12);
  EXPECT_EQ(config.tls->max_version, TlsVersion::kTls13);
  EXPECT_EQ(config.tls->client_auth, ClientAuth::kNone);
  EXPECT_TRUE(config.tls->server_chooses_cipher);
}

// The names on the right are those of `openssl ciphers -stdname`.
TEST(WebConfig, GosNamesBecomeOpenSslsAndThoseOfTls13NeedNone) {
  const WebConfig config = good(
      "tls_server_config:\n  cert: PEM\n  key: PEM\n  cipher_suites: "
      "[TLS_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, "
      "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256]\n  curve_preferences: [X25519, CurveP256]\n");
  ASSERT_TRUE(config.tls);
  EXPECT_EQ(config.tls->certificate.text, "PEM");
  EXPECT_THAT(config.tls->ciphers,
              ElementsAre("ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305"));
  EXPECT_THAT(config.tls->groups, ElementsAre("X25519", "P-256"));
}

TEST(WebConfig, UsersAndHeadersAreTaken) {
  const WebConfig config = good(
      "http_server_config: {http2: true, headers: {X-Frame-Options: deny}}\n"
      "basic_auth_users: {alice: " +
      std::string(kHash) + "}\n");
  EXPECT_THAT(config.users, ElementsAre(Pair("alice", kHash)));
  EXPECT_THAT(config.headers, ElementsAre(Pair("X-Frame-Options", "deny")));
}

// As the toolkit takes them: an empty value is none.
TEST(WebConfig, WhatIsEmptyCountsAsNotGiven) {
  for (const char* const text :
       {"tls_server_config:\nhttp_server_config:\nbasic_auth_users:\nrate_limit:\n",
        "tls_server_config: {}\nhttp_server_config: {}\nbasic_auth_users: {}\nrate_limit: {}\n",
        "tls_server_config: {client_ca_file: '', client_auth_type: ''}\n",
        "http_server_config: {headers: {X-Frame-Options: '', Strict-Transport-Security:}}\n"}) {
    const WebConfig config = good(text);
    EXPECT_FALSE(config.tls) << text;
    EXPECT_THAT(config.users, IsEmpty()) << text;
    EXPECT_THAT(config.headers, IsEmpty()) << text;
  }
  const WebConfig config = good(
      "tls_server_config: {cert_file: a, key_file: b, client_ca_file: '', client_auth_type:, "
      "min_version: '', cipher_suites: []}\n");
  ASSERT_TRUE(config.tls);
  EXPECT_EQ(config.tls->client_auth, ClientAuth::kNone);
  EXPECT_EQ(config.tls->min_version, TlsVersion::kTls12);
}

TEST(WebConfig, AnyClientCertificateMayBeRequiredByItsOldNameAndWithNames) {
  for (const char* const name : {"RequireAnyClientCert", "RequireClientCert"}) {
    const WebConfig config = good(
        "tls_server_config: {cert_file: a, key_file: b, client_allowed_sans: [c], "
        "client_auth_type: " +
        std::string(name) + "}");
    ASSERT_TRUE(config.tls);
    EXPECT_EQ(config.tls->client_auth, ClientAuth::kRequireAny);
    EXPECT_THAT(config.tls->client_allowed_sans, ElementsAre("c"));
  }
}

TEST(WebConfig, DollarsAreNoVariables) {
  EXPECT_THAT(problem_of("basic_auth_users: {alice: '${HASH}'}"), HasSubstr("bcrypt hash"));
}

TEST(WebConfig, OnlyBcryptOfBearableCostIsAHash) {
  const std::string rest = "$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe";
  for (const char* const start : {"$2a$04", "$2b$10", "$2y$14"}) {
    EXPECT_EQ(problem_of("basic_auth_users: {a: '" + (start + rest) + "'}"), "") << start;
  }
  for (const char* const start : {"$2x$06", "$2a$03", "$2a$15", "$2a$1x", "$6$$06", "$1a$06"}) {
    EXPECT_THAT(problem_of("basic_auth_users: {a: '" + (start + rest) + "'}"),
                HasSubstr("web.yml:1:23: basic_auth_users.a: expected a bcrypt hash"))
        << start;
  }
  EXPECT_THAT(problem_of("basic_auth_users: {a: plain-password}"),
              testing::Not(HasSubstr("plain-password")));
}

struct Mistake {
  const char* text;
  const char* problem;
};
class WebConfigMistake : public testing::TestWithParam<Mistake> {};

TEST_P(WebConfigMistake, IsNamedWithItsPlace) {
  EXPECT_THAT(problem_of(GetParam().text), HasSubstr(GetParam().problem));
}

INSTANTIATE_TEST_SUITE_P(
    Case, WebConfigMistake,
    testing::Values(
        Mistake{"rate_limits: {}", "web.yml:1:1: rate_limits: unknown key"},
        Mistake{"rate_limit: {interval: 1s, burst: 5}",
                "web.yml:1:13: rate_limit: limiting requests is not supported"},
        Mistake{"tls_server_config: {cert_fil: ''}", "cert_fil: unknown key"},
        Mistake{"tls_server_config: {client_auth_type: NoClientCert}",
                "tls_server_config.cert_file: missing key"},
        Mistake{"tls_server_config: {min_version: TLS9}",
                "tls_server_config.min_version: \"TLS9\": expected"},
        Mistake{"tls_server_config: {cert_file: '', key_file: '', client_auth_type: x}",
                "client_auth_type: \"x\": expected"},
        Mistake{"tls_server_config: {cert_file: '', key_file: a}",
                "tls_server_config.cert_file: missing key"},
        Mistake{"tls_server_config: {cert_file: a, key_file: ''}",
                "tls_server_config.key_file: missing key"},
        Mistake{"tls_server_config: {cert: '', key: PEM}",
                "tls_server_config.cert_file: missing key"},
        Mistake{"tls_server_config: {cert_file: a, key_file: b, curve_preferences: [Curve1]}",
                "curve_preferences[0]: \"Curve1\": expected"},
        Mistake{"http_server_config: {headers: {X-Content-Type-Options: sniff}}",
                "\"sniff\": expected"},
        Mistake{"tls_server_config: {cert_file: a}",
                "web.yml:1:20: tls_server_config.key_file: missing key"},
        Mistake{"tls_server_config: {cert_file: a, cert: b, key_file: c}", "given twice"},
        Mistake{"tls_server_config: {cert_file: a, key_file: b, min_version: TLS1}",
                "tls_server_config.min_version: \"TLS1\": expected"},
        Mistake{"tls_server_config: {cert_file: a, key_file: b, min_version: TLS10}",
                "tls_server_config.min_version: \"TLS10\": nobody should speak it any more; TLS12 "
                "is the lowest"},
        Mistake{"tls_server_config: {cert_file: a, key_file: b, max_version: TLS11}",
                "tls_server_config.max_version: \"TLS11\": nobody should speak it any more; TLS12 "
                "is the lowest"},
        Mistake{"tls_server_config: {cert_file: a, key_file: b, min_version: TLS13, max_version: "
                "TLS12}",
                "min_version is above max_version"},
        Mistake{"tls_server_config: {cert_file: a, key_file: b, client_auth_type: Sometimes}",
                "client_auth_type: \"Sometimes\": expected"},
        Mistake{"tls_server_config: {cert_file: a, key_file: b, client_ca_file: c}",
                "has no effect without client_auth_type"},
        Mistake{"tls_server_config: {cert_file: a, key_file: b, client_allowed_sans: [c]}",
                "needs client_auth_type RequireAndVerifyClientCert or RequireAnyClientCert"},
        Mistake{"tls_server_config: {cert_file: a, key_file: b, client_auth_type: "
                "RequireAnyClientCert, client_allowed_sans: []}",
                "client_allowed_sans: expected at least one name"},
        // Without a certificate a client would get in whatever its names.
        Mistake{"tls_server_config: {cert_file: a, key_file: b, client_ca_file: c, "
                "client_auth_type: VerifyClientCertIfGiven, client_allowed_sans: [d]}",
                "needs client_auth_type RequireAndVerifyClientCert or RequireAnyClientCert"},
        Mistake{"tls_server_config: {cert_file: a, key_file: b, client_auth_type: "
                "RequestClientCert, client_allowed_sans: [d]}",
                "needs client_auth_type RequireAndVerifyClientCert or RequireAnyClientCert"},
        Mistake{"tls_server_config: {cert_file: a, key_file: b, cipher_suites: [RC4]}",
                "cipher_suites[0]: \"RC4\": expected"},
        Mistake{"http_server_config: {headers: {Server: me}}",
                "http_server_config.headers.Server: unknown key"},
        Mistake{"http_server_config: {headers: {X-Frame-Options: maybe}}", "\"maybe\": expected"},
        Mistake{"http_server_config: {http2: maybe}", "expected true or false"},
        Mistake{"basic_auth_users: {'a:b': c}", "has no \":\""},
        Mistake{"basic_auth_users: [a]", "basic_auth_users: expected a map, got a list"},
        Mistake{"tls_server_config: [", "web.yml:1:"}));

// What exporter-toolkit's own tests take, in other words.
struct Taken {
  const char* name;
  std::string text;
};
class TakenByTheToolkit : public testing::TestWithParam<Taken> {};

TEST_P(TakenByTheToolkit, IsTaken) { EXPECT_EQ(problem_of(GetParam().text), ""); }

// A section with certificate and key, and more.
std::string tls(const std::string& more) {
  return "tls_server_config :\n  cert_file : \"a.pem\"\n  key_file : \"a.key\"\n" + more;
}

INSTANTIATE_TEST_SUITE_P(
    Case, TakenByTheToolkit,
    testing::Values(
        Taken{"Empty", ""},
        Taken{"ClientsVerifiedIfTheyGiveACertificate",
              tls("  client_auth_type : \"VerifyClientCertIfGiven\"\n")},
        Taken{"ClientsVerifiedByTheSystemsAuthorities",
              tls("  client_auth_type: RequireAndVerifyClientCert\n")},
        Taken{"ClientsOfAnAuthority",
              tls("  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: ca.pem\n")},
        Taken{"AnyClientCertificate",
              tls("  client_auth_type: RequireAnyClientCert\n  client_ca_file: ca.pem\n")},
        Taken{"NamedClients",
              tls("  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: ca.pem\n"
                  "  client_allowed_sans: [test.example.com, 10.1.2.3]\n")},
        Taken{"Inline", "tls_server_config:\n  cert: |\n    PEM\n  key: |\n    PEM\n"},
        Taken{"EveryCipher",
              tls("  client_auth_type: VerifyClientCertIfGiven\n  cipher_suites:\n"
                  "  - TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256\n"
                  "  - TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384\n"
                  "  - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\n"
                  "  - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\n"
                  "  - TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256\n"
                  "  - TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256\n"
                  "  - TLS_AES_128_GCM_SHA256\n  - TLS_AES_256_GCM_SHA384\n"
                  "  - TLS_CHACHA20_POLY1305_SHA256\n"
                  "  - TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA\n"
                  "  - TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA\n"
                  "  - TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA\n"
                  "  - TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA\n  - TLS_RSA_WITH_AES_128_CBC_SHA\n"
                  "  - TLS_RSA_WITH_AES_256_CBC_SHA\n  - TLS_RSA_WITH_AES_128_GCM_SHA256\n"
                  "  - TLS_RSA_WITH_AES_256_GCM_SHA384\n")},
        Taken{"CiphersTheClientChooses",
              tls("  cipher_suites: [TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]\n"
                  "  prefer_server_cipher_suites: false\n  min_version: TLS12\n"
                  "  max_version: TLS12\n")},
        Taken{"EveryCurve", tls("  curve_preferences: [CurveP256, CurveP384, CurveP521, X25519]\n"
                                "  min_version: TLS13\n")},
        Taken{"WithoutHttp2",
              tls("  max_version: TLS12\n") + "http_server_config:\n  http2: false\n"},
        Taken{"Headers",
              "http_server_config:\n  headers:\n    X-Frame-Options: deny\n"
              "    Strict-Transport-Security: max-age=31536000; includeSubDomains\n"
              "    X-Content-Type-Options: nosniff\n    X-XSS-Protection: 1\n"
              "    Content-Security-Policy: \"default-src 'self' *.example.net\"\n"},
        Taken{"UsersWithoutTls", "basic_auth_users:\n  alice: " + std::string(kHash) + "\n"},
        Taken{"AMergeKey",
              "tls_server_config:\n  <<: {cert_file: a.pem, key_file: a.key}\n"
              "  min_version: TLS13\n"},
        Taken{"ARateWithoutAnInterval", "rate_limit:\n  interval: 0\n  burst: 0\n"},
        Taken{"ABurstAlone", "rate_limit: {burst: 5}"},
        Taken{"ATruthOfYaml11",
              tls("  prefer_server_cipher_suites: on\n") + "http_server_config: {http2: True}\n"}),
    [](const auto& instance) { return std::string(instance.param.name); });

TEST(WebConfig, WithoutACertificateOrAWordOfClientsThereIsNoTls) {
  for (const char* const text :
       {"tls_server_config: {min_version: TLS13}",
        "tls_server_config: {max_version: TLS12, cipher_suites: [TLS_AES_128_GCM_SHA256], "
        "curve_preferences: [X25519], prefer_server_cipher_suites: no}"}) {
    EXPECT_FALSE(good(text).tls) << text;
  }
}

TEST(WebConfig, TruthIsWrittenInAllWaysOfYaml11) {
  const auto chooses = [](const std::string& word) {
    return good(tls("  prefer_server_cipher_suites: " + word + "\n")).tls->server_chooses_cipher;
  };
  for (const char* const word : {"true", "True", "TRUE", "yes", "Yes", "on", "ON", "y", "Y"}) {
    EXPECT_TRUE(chooses(word)) << word;
  }
  for (const char* const word : {"false", "False", "no", "NO", "off", "Off", "n", "N"}) {
    EXPECT_FALSE(chooses(word)) << word;
  }
  for (const char* const word : {"tRue", "1", "maybe"}) {
    EXPECT_THAT(problem_of(tls("  prefer_server_cipher_suites: " + std::string(word) + "\n")),
                HasSubstr("expected true or false"))
        << word;
  }
}

// Slips of people who have a secret at hand: none of it may stand in a message.
TEST(WebConfig, ASecretInTheWrongPlaceIsNotShown) {
  for (const std::string secret :
       {"$2y$10$X0h1gDsPszWURQaxFh.zoubFi6DXncSjhoQNJgRrnGs7EsimhC7zG", "WkRZaGJ3cTdVb0xQ",
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg", "hunter2Xq9"}) {
    for (const std::string& text :
         {"basic_auth_users: {'" + secret + "': alice}",
          "basic_auth_users: {alice: '" + secret + "x'}",
          "basic_auth_users: '" + secret + "'",
          "basic_auth_users: ['" + secret + "']",
          "basic_auth_users: {alice: {'" + secret + "': x}}",
          "'" + secret + "': x",
          "basic_auth_users:'" + secret + "'",
          "basic_auth_user: {alice: '" + secret + "'}",
          "alice:" + secret + "\n",
          "'alice:" + secret + "': x",
          secret,
          "tls_server_config: {key: '" + secret + "'}",
          "tls_server_config: {'" + secret + "': x}",
          "tls_server_config: {'key:" + secret + "': x}",
          "tls_server_config: {client_auth_type: '" + secret + "'}",
          "tls_server_config: {min_version: '" + secret + "'}",
          "tls_server_config: {cipher_suites: ['" + secret + "']}",
          "tls_server_config: {prefer_server_cipher_suites: '" + secret + "'}",
          "http_server_config: {http2: '" + secret + "'}",
          "http_server_config: {headers: {'" + secret + "': x}}",
          "http_server_config: {headers: {X-Frame-Options: '" + secret + "'}}",
          "http_server_config: {headers: {Authorization: '" + secret + "'}}",
          "rate_limit: {interval: '" + secret + "'}"}) {
      const std::string problems = problem_of(text);
      EXPECT_NE(problems, "") << text;
      EXPECT_THAT(problems, testing::Not(HasSubstr(secret))) << text;
      EXPECT_THAT(problems, testing::Not(HasSubstr(secret.substr(7, 9)))) << text;
    }
  }
}

TEST(WebConfig, TheExampleIsGood) {
  std::ifstream file(TEST_DATA_DIR "/../../config/web.example.yml");
  const WebConfig config = good(std::string(std::istreambuf_iterator<char>(file), {}));
  EXPECT_TRUE(config.tls);
  EXPECT_EQ(config.users.size(), 1U);
}

}  // namespace
}  // namespace cloud_billing
