#include "web/tls_context.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "system/whole_file.h"

namespace cloud_billing {
namespace {

template <typename T, void (*kFree)(T*)>
struct Freed {
  void operator()(T* object) const { kFree(object); }
};
using ContextPointer = std::unique_ptr<SSL_CTX, Freed<SSL_CTX, SSL_CTX_free>>;
using KeyPointer = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using CertificatePointer = std::unique_ptr<X509, Freed<X509, X509_free>>;
struct FreedBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using BioPointer = std::unique_ptr<BIO, FreedBio>;

int protocol_of(TlsVersion version) {
  constexpr std::array<int, 4> kProtocols{TLS1_VERSION, TLS1_1_VERSION, TLS1_2_VERSION,
                                          TLS1_3_VERSION};
  return kProtocols[static_cast<std::size_t>(version)];
}

std::string last_error() {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return reason == nullptr ? "OpenSSL refuses it" : reason;
}

std::string name_of(const PemSource& source, std::string_view key) {
  return source.file.empty() ? "tls_server_config." + std::string(key) : source.file;
}

struct PemProblem {
  std::string message;
};

Result<std::string, PemProblem> read_pem(const PemSource& source) {
  if (source.file.empty()) return source.text;
  auto text = read_whole_file(source.file);
  if (!text) return PemProblem{text.error().message};
  return std::move(text).value();
}

BioPointer open_text(const std::string& text) {
  return BioPointer(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

// A key that asks for a passphrase is refused: nobody is there to type it.
int refuse_passphrase(char*, int, int, void*) { return -1; }

std::vector<CertificatePointer> read_certificates(const std::string& text) {
  std::vector<CertificatePointer> certificates;
  const BioPointer bio = open_text(text);
  while (X509* read = PEM_read_bio_X509(bio.get(), nullptr, &refuse_passphrase, nullptr)) {
    certificates.emplace_back(read);
  }
  ERR_clear_error();  // the end is an error to OpenSSL
  return certificates;
}

bool equals(const ASN1_STRING* text, std::string_view wanted) {
  return std::string_view(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                          static_cast<std::size_t>(ASN1_STRING_length(text))) == wanted;
}

bool names_one_of(X509* certificate, const std::vector<std::string>& allowed) {
  auto* names = static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
  bool found = false;
  for (int i = 0; !found && i < sk_GENERAL_NAME_num(names); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names, i);
    found = std::any_of(allowed.begin(), allowed.end(), [name](const std::string& wanted) {
      switch (name->type) {
        case GEN_DNS:
        case GEN_EMAIL:
        case GEN_URI:
          return equals(name->d.ia5, wanted);
        case GEN_IPADD: {
          const std::unique_ptr<ASN1_OCTET_STRING, Freed<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>>
              address(a2i_IPADDRESS(wanted.c_str()));
          ERR_clear_error();  // it may be no address
          return address && ASN1_OCTET_STRING_cmp(address.get(), name->d.iPAddress) == 0;
        }
        default:
          return false;
      }
    });
  }
  GENERAL_NAMES_free(names);
  return found;
}

void free_config(void*, void* config, CRYPTO_EX_DATA*, int, long, void*) {
  delete static_cast<TlsConfig*>(config);
}

// Where a context keeps what it was made from, for as long as a connection uses it.
int config_index() {
  static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, &free_config);
  return index;
}

const TlsConfig& config_of(const SSL_CTX* context) {
  return *static_cast<const TlsConfig*>(SSL_CTX_get_ex_data(context, config_index()));
}

int verify_client(int good, X509_STORE_CTX* store) {
  const auto* ssl =
      static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
  const TlsConfig& config = config_of(SSL_get_SSL_CTX(ssl));
  // Signed by anybody, but still the certificate of one of those named.
  if (config.client_auth == ClientAuth::kRequest || config.client_auth == ClientAuth::kRequireAny) {
    good = 1;
  }
  const bool is_client = X509_STORE_CTX_get_error_depth(store) == 0;
  if (good == 0 || !is_client || config.client_allowed_sans.empty()) return good;
  if (names_one_of(X509_STORE_CTX_get0_cert(store), config.client_allowed_sans)) return 1;
  X509_STORE_CTX_set_error(store, X509_V_ERR_APPLICATION_VERIFICATION);
  return 0;
}

int verify_mode(ClientAuth auth) {
  switch (auth) {
    case ClientAuth::kNone:
      return SSL_VERIFY_NONE;
    case ClientAuth::kRequest:
    case ClientAuth::kVerifyIfGiven:
      return SSL_VERIFY_PEER;
    case ClientAuth::kRequireAny:
    case ClientAuth::kRequireAndVerify:
      return SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
  }
  return SSL_VERIFY_NONE;
}

std::string join(const std::vector<std::string>& names) {
  std::string joined;
  for (const std::string& name : names) joined += (joined.empty() ? "" : ":") + name;
  return joined;
}

int choose_http1(SSL*, const unsigned char** out, unsigned char* out_length,
                 const unsigned char* in, unsigned int in_length, void*) {
  constexpr std::string_view kHttp1 = "\x08http/1.1";
  const int chosen = SSL_select_next_proto(const_cast<unsigned char**>(out), out_length,
                                           reinterpret_cast<const unsigned char*>(kHttp1.data()),
                                           kHttp1.size(), in, in_length);
  return chosen == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

using Problem = std::optional<std::string>;

Problem use_certificate(SSL_CTX* context, const TlsConfig& config) {
  const std::string name = name_of(config.certificate, "cert");
  const auto text = read_pem(config.certificate);
  if (!text) return text.error().message;
  const std::vector<CertificatePointer> chain = read_certificates(*text);
  if (chain.empty()) return name + ": no certificate in PEM form";
  if (SSL_CTX_use_certificate(context, chain.front().get()) != 1) {
    return name + ": " + last_error();
  }
  for (std::size_t i = 1; i < chain.size(); ++i) {
    if (SSL_CTX_add1_chain_cert(context, chain[i].get()) != 1) return name + ": " + last_error();
  }
  return std::nullopt;
}

Problem use_key(SSL_CTX* context, const TlsConfig& config) {
  const std::string name = name_of(config.key, "key");
  const auto text = read_pem(config.key);
  if (!text) return text.error().message;
  const BioPointer bio = open_text(*text);
  const KeyPointer key(PEM_read_bio_PrivateKey(bio.get(), nullptr, &refuse_passphrase, nullptr));
  ERR_clear_error();
  if (!key) return name + ": no private key in PEM form, without a passphrase";
  if (SSL_CTX_use_PrivateKey(context, key.get()) != 1 || SSL_CTX_check_private_key(context) != 1) {
    return name + ": it is not the key of " + name_of(config.certificate, "cert") + ": " +
           last_error();
  }
  return std::nullopt;
}

Problem use_client_ca(SSL_CTX* context, const TlsConfig& config) {
  if (!config.client_ca.is_given()) return std::nullopt;
  const auto text = read_pem(config.client_ca);
  if (!text) return text.error().message;
  const std::vector<CertificatePointer> authorities = read_certificates(*text);
  const std::string name = name_of(config.client_ca, "client_ca");
  if (authorities.empty()) return name + ": no certificate in PEM form";
  for (const CertificatePointer& authority : authorities) {
    if (X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get()) != 1 ||
        SSL_CTX_add_client_CA(context, authority.get()) != 1) {
      return name + ": " + last_error();
    }
  }
  return std::nullopt;
}

Problem use_ciphers(SSL_CTX* context, const TlsConfig& config) {
  // Below TLS 1.2 OpenSSL asks for its lowest security level.
  std::string ciphers = config.ciphers.empty() ? "DEFAULT" : join(config.ciphers);
  if (config.min_version < TlsVersion::kTls12) ciphers += ":@SECLEVEL=0";
  if (SSL_CTX_set_cipher_list(context, ciphers.c_str()) != 1) {
    return "tls_server_config.cipher_suites: " + last_error();
  }
  if (!config.groups.empty() &&
      SSL_CTX_set1_groups_list(context, join(config.groups).data()) != 1) {
    return "tls_server_config.curve_preferences: " + last_error();
  }
  return std::nullopt;
}

Result<ContextPointer, std::string> make_context(const TlsConfig& config) {
  ContextPointer context(SSL_CTX_new(TLS_server_method()));
  if (!context) return last_error();
  SSL_CTX* const raw = context.get();
  SSL_CTX_set_ex_data(raw, config_index(), std::make_unique<TlsConfig>(config).release());
  SSL_CTX_set_alpn_select_cb(raw, &choose_http1, nullptr);
  constexpr std::array kSteps{&use_ciphers, &use_certificate, &use_key, &use_client_ca};
  for (const auto& use : kSteps) {
    if (Problem problem = use(raw, config)) return *std::move(problem);
  }
  return context;
}

// What a connection copied from the context it was opened with, and has to get from the newest.
void apply(SSL_CTX* context, SSL* ssl) {
  const TlsConfig& config = config_of(context);
  SSL_set_SSL_CTX(ssl, context);  // certificates, authorities, ciphers
  SSL_set_min_proto_version(ssl, protocol_of(config.min_version));
  SSL_set_max_proto_version(ssl, protocol_of(config.max_version));
  SSL_set_verify(ssl, verify_mode(config.client_auth), &verify_client);
  if (config.server_chooses_cipher) SSL_set_options(ssl, SSL_OP_CIPHER_SERVER_PREFERENCE);
  if (!config.groups.empty()) SSL_set1_groups_list(ssl, join(config.groups).data());
}

}  // namespace

// `front` is what the web server opens connections with; at the client's first words `newest`
// takes over.
struct TlsContext::State {
  ContextPointer front;
  std::mutex mutex;  // guards newest
  ContextPointer newest;

  static int enter_handshake(SSL* ssl, int* /*alert*/, void* state) {
    auto* const self = static_cast<State*>(state);
    const std::lock_guard lock(self->mutex);
    apply(self->newest.get(), ssl);
    return SSL_CLIENT_HELLO_SUCCESS;
  }
};

Result<std::unique_ptr<TlsContext>, std::string> TlsContext::load(const TlsConfig& config) {
  auto newest = make_context(config);
  if (!newest) return newest.error();
  auto state = std::make_unique<State>();
  state->newest = std::move(newest).value();
  state->front.reset(SSL_CTX_new(TLS_server_method()));
  SSL_CTX* const front = state->front.get();
  if (front == nullptr) return last_error();
  SSL_CTX_set_client_hello_cb(front, &State::enter_handshake, state.get());
  SSL_CTX_set_options(front, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  // A resumed session would keep a client whose certificate no longer counts.
  SSL_CTX_set_session_cache_mode(front, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(front, 0);
  SSL_CTX_set_mode(front, SSL_MODE_RELEASE_BUFFERS);
  return std::unique_ptr<TlsContext>(new TlsContext(std::move(state)));
}

TlsContext::TlsContext(std::unique_ptr<State> state) : state_(std::move(state)) {}

TlsContext::~TlsContext() = default;

std::optional<std::string> TlsContext::reload(const TlsConfig& config) {
  auto newest = make_context(config);
  if (!newest) return newest.error();
  const std::lock_guard lock(state_->mutex);
  state_->newest = std::move(newest).value();
  return std::nullopt;
}

void* TlsContext::native() const { return state_->front.get(); }

}  // namespace cloud_billing
