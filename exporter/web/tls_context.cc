#include "web/tls_context.h"

#include <openssl/ssl.h>

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "system/mutex.h"
#include "web/certificates.h"

namespace cloud_billing {
namespace {

int protocol_of(TlsVersion version) {
  switch (version) {
    case TlsVersion::kTls12:
      return TLS1_2_VERSION;
    case TlsVersion::kTls13:
      break;
  }
  return TLS1_3_VERSION;
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

// As OpenSSL takes lists.
std::string join_names(const std::vector<std::string>& names) {
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

Error openssl_error_of(const std::string& name) {
  return Error{name + ": " + last_openssl_error()};
}

Status use_certificate(SSL_CTX* context, const TlsConfig& config) {
  const auto chain = read_certificates(config.certificate, "cert");
  if (!chain) return chain.error();
  const std::string name = name_of(config.certificate, "cert");
  if (SSL_CTX_use_certificate(context, chain->front().get()) != 1) return openssl_error_of(name);
  for (std::size_t i = 1; i < chain->size(); ++i) {
    if (SSL_CTX_add1_chain_cert(context, (*chain)[i].get()) != 1) return openssl_error_of(name);
  }
  return {};
}

Status use_key(SSL_CTX* context, const TlsConfig& config) {
  const auto key = read_private_key(config.key, "key");
  if (!key) return key.error();
  if (SSL_CTX_use_PrivateKey(context, key->get()) != 1 || SSL_CTX_check_private_key(context) != 1) {
    return openssl_error_of(name_of(config.key, "key") + ": it is not the key of " +
                            name_of(config.certificate, "cert"));
  }
  return {};
}

Status use_client_ca(SSL_CTX* context, const TlsConfig& config) {
  if (!config.client_ca.is_given()) {
    const bool verifies = config.client_auth == ClientAuth::kVerifyIfGiven ||
                          config.client_auth == ClientAuth::kRequireAndVerify;
    if (verifies && SSL_CTX_set_default_verify_paths(context) != 1) {
      return openssl_error_of("the system's authorities");
    }
    return {};
  }
  const auto authorities = read_certificates(config.client_ca, "client_ca");
  if (!authorities) return authorities.error();
  for (const CertificatePointer& authority : *authorities) {
    if (X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get()) != 1 ||
        SSL_CTX_add_client_CA(context, authority.get()) != 1) {
      return openssl_error_of(name_of(config.client_ca, "client_ca"));
    }
  }
  return {};
}

Status use_ciphers(SSL_CTX* context, const TlsConfig& config) {
  const std::string ciphers = config.ciphers.empty() ? "DEFAULT" : join_names(config.ciphers);
  if (SSL_CTX_set_cipher_list(context, ciphers.c_str()) != 1) {
    return openssl_error_of("tls_server_config.cipher_suites");
  }
  if (!config.groups.empty() &&
      SSL_CTX_set1_groups_list(context, join_names(config.groups).data()) != 1) {
    return openssl_error_of("tls_server_config.curve_preferences");
  }
  return {};
}

Result<ContextPointer> make_context(const TlsConfig& config) {
  ContextPointer context(SSL_CTX_new(TLS_server_method()));
  if (!context) return Error{last_openssl_error()};
  SSL_CTX* const raw = context.get();
  SSL_CTX_set_ex_data(raw, config_index(), std::make_unique<TlsConfig>(config).release());
  SSL_CTX_set_alpn_select_cb(raw, &choose_http1, nullptr);
  constexpr std::array kSteps{&use_ciphers, &use_certificate, &use_key, &use_client_ca};
  for (const auto& use : kSteps) {
    const Status used = use(raw, config);
    if (!used) return used.error();
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
  if (!config.groups.empty()) SSL_set1_groups_list(ssl, join_names(config.groups).data());
}

}  // namespace

// `front` is what the web server opens connections with; at the client's first words `newest`
// takes over.
struct TlsContext::State {
  ContextPointer front;
  Mutex mutex;
  ContextPointer newest GUARDED_BY(mutex);

  static int enter_handshake(SSL* ssl, int* /*alert*/, void* state) {
    auto* const self = static_cast<State*>(state);
    const MutexLock lock(self->mutex);
    apply(self->newest.get(), ssl);
    return SSL_CLIENT_HELLO_SUCCESS;
  }
};

Result<std::unique_ptr<TlsContext>> TlsContext::load(const TlsConfig& config) {
  auto newest = make_context(config);
  if (!newest) return newest.error();
  auto state = std::make_unique<State>();
  {
    const MutexLock lock(state->mutex);
    state->newest = std::move(newest).value();
  }
  state->front.reset(SSL_CTX_new(TLS_server_method()));
  SSL_CTX* const front = state->front.get();
  if (front == nullptr) return Error{last_openssl_error()};
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

Status TlsContext::reload(const TlsConfig& config) {
  auto newest = make_context(config);
  if (!newest) return newest.error();
  const MutexLock lock(state_->mutex);
  state_->newest = std::move(newest).value();
  return {};
}

void* TlsContext::native() const { return state_->front.get(); }

}  // namespace cloud_billing
