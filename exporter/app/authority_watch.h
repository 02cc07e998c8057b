#pragma once

// Follows the files of trusted authorities: the system's, and http.ca_file. Used by the main
// thread.

#include <string>

#include "core/result.h"
#include "system/secret_files.h"
#include "transport/trusted_authorities.h"

namespace cloud_billing {

class AuthorityWatch {
 public:
  // Reads them, with this process's environment. `ca_file` may be empty. Logs what cannot be read.
  explicit AuthorityWatch(const std::string& ca_file);

  // For the transport, which this must outlive.
  [[nodiscard]] const CurrentAuthorities& current() const { return current_; }

  // Of a new configuration, which has checked it.
  void use(const std::string& ca_file);

  // Reads again what has changed. As long as http.ca_file is refused, what was read before stays.
  void follow();

 private:
  void watch();
  void read();

  AuthorityFiles files_;
  SecretFiles watched_;
  CurrentAuthorities current_;
};

}  // namespace cloud_billing
