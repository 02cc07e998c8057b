#include "web/certificates.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <utility>

#include "core/shown_text.h"
#include "system/whole_file.h"

namespace cloud_billing {
namespace {

struct FreedBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using BioPointer = std::unique_ptr<BIO, FreedBio>;

// The error names a path only if it looks like one: people paste a key where its file belongs.
Result<std::string> read_pem(const PemSource& source) {
  if (source.file.empty()) return source.text;
  auto text = read_whole_file(source.file);
  if (text) return text;
  std::string message = text.error().message;
  if (const std::size_t path = message.find(source.file); path != std::string::npos) {
    message.replace(path, source.file.size(), show_path(source.file));
  }
  return Error{std::move(message)};
}

BioPointer open_text(const std::string& text) {
  return BioPointer(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

int refuse_passphrase(char*, int, int, void*) { return -1; }

bool equals(const ASN1_STRING* text, std::string_view wanted) {
  return std::string_view(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                          static_cast<std::size_t>(ASN1_STRING_length(text))) == wanted;
}

}  // namespace

std::string last_openssl_error() {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return reason == nullptr ? "OpenSSL refuses it" : reason;
}

std::string name_of(const PemSource& source, std::string_view key) {
  return source.file.empty() ? "tls_server_config." + std::string(key) : show_path(source.file);
}

Result<std::vector<CertificatePointer>> read_certificates(const PemSource& source,
                                                          std::string_view key) {
  const auto text = read_pem(source);
  if (!text) return text.error();
  std::vector<CertificatePointer> certificates;
  const BioPointer bio = open_text(*text);
  while (X509* read = PEM_read_bio_X509(bio.get(), nullptr, &refuse_passphrase, nullptr)) {
    certificates.emplace_back(read);
  }
  ERR_clear_error();  // the end is an error to OpenSSL
  if (certificates.empty()) return Error{name_of(source, key) + ": no certificate in PEM form"};
  return certificates;
}

Result<KeyPointer> read_private_key(const PemSource& source, std::string_view key) {
  const auto text = read_pem(source);
  if (!text) return text.error();
  const BioPointer bio = open_text(*text);
  KeyPointer read(PEM_read_bio_PrivateKey(bio.get(), nullptr, &refuse_passphrase, nullptr));
  ERR_clear_error();
  if (read) return read;
  return Error{name_of(source, key) + ": no private key in PEM form, without a passphrase"};
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

}  // namespace cloud_billing
