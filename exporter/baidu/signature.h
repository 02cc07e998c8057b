#pragma once

// Baidu AI Cloud's signature, bce-auth-v1 (cloud.baidu.com/doc/Reference/s/njwvz1yfu). Pure: key
// and time are arguments. The text holds the signature: send it, never log it.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/calendar.h"
#include "core/http.h"

namespace cloud_billing::baidu {

struct RequestToSign {
  std::string_view method;  // upper case
  std::string_view path;    // not encoded
  std::vector<QueryParameter> query;
  std::vector<Header> signed_headers;  // exactly those the signature covers
};

// The value of the header Authorization. Headers with an empty value are left out, as the service
// does.
[[nodiscard]] std::string authorization(const RequestToSign& request,
                                        std::string_view access_key_id,
                                        std::string_view secret_access_key, UtcSeconds time,
                                        int valid_seconds = 1800);

}  // namespace cloud_billing::baidu
