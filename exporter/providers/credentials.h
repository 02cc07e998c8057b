#pragma once

// An access key as it is used. What is in it is never shown: no log, page, error or state file
// holds any of it but the key's id in requests. Values, any thread.

#include <string>

#include "core/result.h"

namespace cloud_billing {

struct Credentials {
  std::string access_key_id;
  std::string secret_access_key;
  std::string session_token;  // empty: none
  friend bool operator==(const Credentials&, const Credentials&) = default;
};

// Credentials, or why they cannot be read (naming the file, never its content).
using AccountSecrets = Result<Credentials>;

}  // namespace cloud_billing
