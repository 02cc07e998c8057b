#include "core/secret_text.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <stdexcept>

namespace cloud_billing {

std::string make_random_key(std::size_t bytes) {
  std::string key(bytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(key.data()), static_cast<int>(bytes)) != 1) {
    throw std::runtime_error("libcrypto offers no random numbers");
  }
  return key;
}

bool are_equal_secrets(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace cloud_billing
