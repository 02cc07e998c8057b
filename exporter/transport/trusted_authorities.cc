#include "transport/trusted_authorities.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <new>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/ascii.h"
#include "system/whole_file.h"
#include "transport/curl_handles.h"

namespace cloud_billing {
namespace {

struct BioFree {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
struct X509Free {
  void operator()(X509* certificate) const { X509_free(certificate); }
};

// What this machine's libcurl was built to use.
std::string system_path(const char* built_in) {
  return built_in == nullptr ? std::string() : std::string(built_in);
}

std::string variable(const Environment& environment, std::string_view name) {
  return std::string(trim_blanks(environment(name).value_or("")));
}

std::vector<std::string> split_at_colons(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(':'));
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(part.size() + 1, text.size()));
  }
  return parts;
}

// Adds the certificates of a PEM file; how many it has. `store` may be null: only to count.
Result<std::size_t> add_certificates(const std::string& path, X509_STORE* store) {
  const auto text = read_whole_file(path);
  if (!text) return text.error();
  const std::unique_ptr<BIO, BioFree> bio(
      BIO_new_mem_buf(text->data(), static_cast<int>(text->size())));
  if (bio == nullptr) throw std::bad_alloc();
  std::size_t count = 0;
  ERR_clear_error();
  while (true) {
    const std::unique_ptr<X509, X509Free> certificate(
        PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (certificate == nullptr) break;
    ++count;
    if (store != nullptr) X509_STORE_add_cert(store, certificate.get());
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (!at_end) {
    return Error{"certificate " + std::to_string(count + 1) + " of " + path + " is damaged"};
  }
  return count;
}

// Adds what the files of a directory hold, whatever else they are.
std::size_t add_directory(const std::string& path, X509_STORE* store) {
  std::size_t count = 0;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(path, ignored)) {
    if (!entry.is_regular_file(ignored)) continue;
    const auto added = add_certificates(entry.path().string(), store);
    if (added) count += *added;
  }
  return count;
}

}  // namespace

std::vector<std::string> AuthorityFiles::paths() const {
  std::vector<std::string> all = directories;
  for (const std::string& file : {system_file, added_file}) {
    if (!file.empty()) all.push_back(file);
  }
  return all;
}

AuthorityFiles find_authority_files(const Environment& environment, std::string ca_file) {
  const curl_version_info_data* const built = curl_version_info(CURLVERSION_NOW);
  AuthorityFiles files;
  files.added_file = std::move(ca_file);
  files.system_file = variable(environment, "SSL_CERT_FILE");
  files.directories = split_at_colons(variable(environment, "SSL_CERT_DIR"));
  if (!files.system_file.empty()) return files;
  files.system_file = system_path(built->cainfo);
  if (::access(files.system_file.c_str(), R_OK) == 0) return files;
  const std::string directory = system_path(built->capath);
  if (files.directories.empty() && !directory.empty()) files.directories.push_back(directory);
  if (!files.directories.empty()) files.system_file.clear();
  return files;
}

Status check_ca_file(const std::string& path) {
  const auto count = add_certificates(path, nullptr);
  if (!count) return count.error();
  if (*count == 0) return Error{"there is no certificate in PEM form in " + path};
  return {};
}

void TrustedAuthorities::StoreFree::operator()(X509_STORE* store) const { X509_STORE_free(store); }

// As libcurl sets up its own: an intermediate authority that is trusted ends a chain.
TrustedAuthorities::TrustedAuthorities() : store_(X509_STORE_new()) {
  if (store_ == nullptr) throw std::bad_alloc();
  X509_STORE_set_flags(store_.get(), X509_V_FLAG_TRUSTED_FIRST | X509_V_FLAG_PARTIAL_CHAIN);
}

std::shared_ptr<const TrustedAuthorities> TrustedAuthorities::read(const AuthorityFiles& files) {
  std::shared_ptr<TrustedAuthorities> trusted(new TrustedAuthorities);
  std::size_t count = 0;
  for (const std::string& file : {files.system_file, files.added_file}) {
    if (file.empty()) continue;
    const auto added = add_certificates(file, trusted->store());
    if (added) {
      count += *added;
    } else {
      trusted->problem_ += (trusted->problem_.empty() ? "" : "; ") + added.error().message;
    }
  }
  for (const std::string& directory : files.directories) {
    count += add_directory(directory, trusted->store());
  }
  if (count == 0) {
    trusted->problem_ += (trusted->problem_.empty() ? "" : "; ");
    trusted->problem_ +=
        "no authority is trusted: install the package ca-certificates, or name "
        "files in SSL_CERT_FILE, SSL_CERT_DIR or http.ca_file";
  }
  return trusted;
}

CurrentAuthorities::CurrentAuthorities(std::shared_ptr<const TrustedAuthorities> first)
    : authorities_(std::move(first)) {}

std::shared_ptr<const TrustedAuthorities> CurrentAuthorities::get() const {
  const MutexLock lock(mutex_);
  return authorities_;
}

void CurrentAuthorities::set(std::shared_ptr<const TrustedAuthorities> authorities) {
  const MutexLock lock(mutex_);
  authorities_ = std::move(authorities);
}

}  // namespace cloud_billing
