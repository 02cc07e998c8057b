#pragma once

// Certificates and keys as OpenSSL's objects, read from PEM text. Owner of libssl with
// tls_context.cc, its only user. Any thread.

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "web/web_config.h"

namespace cloud_billing {

template <typename T, void (*kFree)(T*)>
struct Freed {
  void operator()(T* object) const { kFree(object); }
};
using ContextPointer = std::unique_ptr<SSL_CTX, Freed<SSL_CTX, SSL_CTX_free>>;
using KeyPointer = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using CertificatePointer = std::unique_ptr<X509, Freed<X509, X509_free>>;

// The reason of OpenSSL's latest error on this thread, which is then forgotten.
[[nodiscard]] std::string last_openssl_error();

// What messages call the source: its file if that may be shown, or the configuration's key that
// holds its text.
[[nodiscard]] std::string name_of(const PemSource& source, std::string_view key);

// At least one, in the order of the text. Errors name the source.
[[nodiscard]] Result<std::vector<CertificatePointer>> read_certificates(const PemSource& source,
                                                                        std::string_view key);

// One without a passphrase: nobody is there to type it. The error shows nothing of the key.
[[nodiscard]] Result<KeyPointer> read_private_key(const PemSource& source, std::string_view key);

// Whether one of the certificate's subject alternative names is among these.
[[nodiscard]] bool names_one_of(X509* certificate, const std::vector<std::string>& allowed);

}  // namespace cloud_billing
