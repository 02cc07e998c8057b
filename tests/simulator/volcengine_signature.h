#pragma once

// Volcengine's HMAC-SHA256 signature as the server checks it: rebuilds the canonical request from
// what was really on the wire, its headers in the order of the received SignedHeaders. Written from
// the public documents alone and shared with nothing of the exporter. Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar.h"
#include "wire_request.h"

namespace simulator {

// The parts of an Authorization header.
struct VolcengineAuthorization {
  std::string access_key_id;
  std::string date;  // "20261015"
  std::string region;
  std::string service;
  std::vector<std::string> signed_headers;  // in the order received
  std::string signature;                    // empty: it was left out

  [[nodiscard]] std::string scope() const;
};

[[nodiscard]] std::optional<VolcengineAuthorization> parse_volcengine_authorization(
    std::string_view header);

[[nodiscard]] std::string volcengine_canonical_request(
    const WireRequest& request, const std::vector<std::string>& signed_headers);

// Raw bytes.
[[nodiscard]] std::string volcengine_signing_key(const VolcengineAuthorization& authorization,
                                                 std::string_view secret_access_key);

// Lower-case hex; the time is that of the request's X-Date.
[[nodiscard]] std::string volcengine_expected_signature(
    const WireRequest& request, const VolcengineAuthorization& authorization,
    std::string_view secret_access_key);

// "20261015T063000Z"
[[nodiscard]] std::optional<Moment> parse_x_date(std::string_view text);

}  // namespace simulator
