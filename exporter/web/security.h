#pragma once

// Who may read what the web server serves: --web.config.file in use, and how it changes. Files are
// looked at by follow_files() on the main thread; the rest on any thread.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "system/mutex.h"
#include "system/secret_files.h"
#include "web/basic_auth.h"
#include "web/tls_context.h"
#include "web/web_config.h"

namespace cloud_billing {

// Reads the file; paths inside are from its folder on.
[[nodiscard]] Result<WebConfig, std::vector<Error>> read_web_config_file(const std::string& path);

class WebSecurity {
 public:
  // Reads the file and those that it names.
  [[nodiscard]] static Result<std::unique_ptr<WebSecurity>, std::vector<Error>> open(
      std::string path);

  // OpenSSL's SSL_CTX, or null for plain HTTP.
  [[nodiscard]] void* tls() const { return tls_ ? tls_->native() : nullptr; }

  // Whether the request's Authorization header (empty: none) opens what is behind a password.
  [[nodiscard]] bool admits(const std::string& authorization) {
    return users_.admits(authorization);
  }

  // Passwords that have yet to be checked are refused from now on.
  void stop_checking() { users_.stop_checking(); }

  // Headers of every response.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> headers() const;

  // Reads the files that have changed. Bad ones are logged, and what was good stays.
  void follow_files();

 private:
  WebSecurity(std::string path, WebConfig config, std::unique_ptr<TlsContext> tls,
              SecretFiles files);
  [[nodiscard]] Result<void, std::vector<Error>> reload();

  const std::string path_;
  const std::unique_ptr<TlsContext> tls_;
  BasicAuth users_;
  SecretFiles files_;  // of the main thread

  mutable Mutex mutex_;
  std::vector<std::pair<std::string, std::string>> headers_ GUARDED_BY(mutex_);
};

}  // namespace cloud_billing
