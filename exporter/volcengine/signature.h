#pragma once

// Volcengine's signature, HMAC-SHA256 (www.volcengine.com/docs/6369/67269). Pure: key and time are
// arguments. The text holds the signature: send it, never log it.

#include <string>
#include <string_view>
#include <vector>

#include "core/calendar.h"
#include "core/hmac.h"
#include "core/http.h"

namespace cloud_billing::volcengine {

struct RequestToSign {
  std::string_view method;             // upper case
  std::string_view path = "/";         // not encoded
  std::string_view canonical_query;    // encoded and sorted by name
  std::vector<Header> signed_headers;  // exactly those the signature covers, x-date among them
  std::string_view body;
};

// What a key derived for one day may be used for.
struct Scope {
  std::string_view region;
  std::string_view service = "billing";
};

// "20261015T063000Z", the value of the header x-date.
[[nodiscard]] std::string signing_time(UtcSeconds time);

// The key of one day and scope. The secret is taken as it is written, even if it looks like
// base64.
[[nodiscard]] Sha256Digest signing_key(std::string_view secret_access_key, std::string_view date,
                                       const Scope& scope);

// The value of the header Authorization.
[[nodiscard]] std::string authorization(const RequestToSign& request,
                                        std::string_view access_key_id,
                                        std::string_view secret_access_key, const Scope& scope,
                                        UtcSeconds time);

}  // namespace cloud_billing::volcengine
