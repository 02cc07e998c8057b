#pragma once

// What connections have in common that were made while the same authorities were trusted. A
// connection or a TLS session of another period is not used again. The network's thread.

#include <memory>
#include <new>
#include <utility>

#include "transport/curl_handles.h"
#include "transport/trusted_authorities.h"

namespace cloud_billing {

class TrustPeriod {
 public:
  explicit TrustPeriod(std::shared_ptr<const TrustedAuthorities> authorities)
      : authorities_(std::move(authorities)), share_(curl_share_init()) {
    if (share_ == nullptr) throw std::bad_alloc();
    curl_share_setopt(share_.get(), CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
    curl_share_setopt(share_.get(), CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
  }

  [[nodiscard]] const std::shared_ptr<const TrustedAuthorities>& authorities() const {
    return authorities_;
  }
  // Name look-ups and TLS sessions.
  [[nodiscard]] CURLSH* share() const { return share_.get(); }

 private:
  std::shared_ptr<const TrustedAuthorities> authorities_;
  ShareHandle share_;
};

}  // namespace cloud_billing
