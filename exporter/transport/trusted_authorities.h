#pragma once

// Whose certificates of servers are believed: the system's authorities and, beside them, those of
// http.ca_file. Read once for all connections: libcurl by itself would read them again for each
// group of connections, or even for each connection.

#include <openssl/types.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "config/environment_text.h"
#include "core/result.h"
#include "system/mutex.h"

namespace cloud_billing {

struct AuthorityFiles {
  std::string system_file;               // SSL_CERT_FILE, else the system's bundle
  std::vector<std::string> directories;  // SSL_CERT_DIR, else the system's if it has no bundle
  std::string added_file;                // http.ca_file; empty: none

  // All of these, to be watched.
  [[nodiscard]] std::vector<std::string> paths() const;
};

// `ca_file` is empty, or http.ca_file.
[[nodiscard]] AuthorityFiles find_authority_files(const Environment& environment,
                                                  std::string ca_file);

// Whether http.ca_file can be used: it can be read, and holds at least one certificate in PEM form
// and none that is damaged.
[[nodiscard]] Status check_ca_file(const std::string& path);

// Immutable, any thread.
class TrustedAuthorities {
 public:
  // What can be read of the files; problem() tells what cannot.
  [[nodiscard]] static std::shared_ptr<const TrustedAuthorities> read(const AuthorityFiles& files);

  // For SSL_CTX_set1_cert_store().
  [[nodiscard]] X509_STORE* store() const { return store_.get(); }
  // Why a server's certificate may not be believed, for the end of a message; empty: all was read.
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  struct StoreFree {
    void operator()(X509_STORE* store) const;
  };

  TrustedAuthorities();

  std::unique_ptr<X509_STORE, StoreFree> store_;
  std::string problem_;
};

// Those in use now. Whoever follows the files gives new ones; connections made before end with what
// is under way on them. Any thread.
class CurrentAuthorities {
 public:
  explicit CurrentAuthorities(std::shared_ptr<const TrustedAuthorities> first);

  [[nodiscard]] std::shared_ptr<const TrustedAuthorities> get() const;
  void set(std::shared_ptr<const TrustedAuthorities> authorities);

 private:
  mutable Mutex mutex_;
  std::shared_ptr<const TrustedAuthorities> authorities_ GUARDED_BY(mutex_);
};

}  // namespace cloud_billing
