#pragma once

// TLS as --web.config.file describes it: certificate, key, who may connect, versions, ciphers.
// Owner of libssl with certificates.h. The web server holds one context for as long as it lives;
// every handshake takes what was loaded last, so that certificates change without a restart. load()
// and reload() on one thread, handshakes on any.

#include <memory>
#include <string>

#include "core/result.h"
#include "web/web_config.h"

namespace cloud_billing {

class TlsContext {
 public:
  // Reads the files. The error names the file or the key and what is wrong with it; never a key.
  [[nodiscard]] static Result<std::unique_ptr<TlsContext>> load(const TlsConfig& config);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  // Reads the files anew for the handshakes to come. If they are bad, says why, and what was
  // loaded stays.
  [[nodiscard]] Status reload(const TlsConfig& config);

  // An SSL_CTX of OpenSSL's, this object's own.
  [[nodiscard]] void* native() const;

 private:
  struct State;
  explicit TlsContext(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace cloud_billing
