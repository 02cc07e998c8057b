#pragma once

// bce-auth-v1 as the server checks it: rebuilds the canonical request from what was really on the
// wire. Written from the public documents alone and shared with nothing of the exporter, so that
// one mistake cannot be on both sides. Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar.h"
#include "wire_request.h"

namespace simulator {

// The parts of an Authorization header.
struct Authorization {
  std::string access_key_id;
  std::string timestamp;
  std::string expire_seconds;
  std::vector<std::string> signed_headers;  // empty: the default set
  std::string signature;

  [[nodiscard]] std::string prefix() const;
};

[[nodiscard]] std::string canonical_query(std::string_view raw_query);

// `signed_headers` empty means the default set.
[[nodiscard]] std::string canonical_headers(const WireRequest& request,
                                            const std::vector<std::string>& signed_headers);

[[nodiscard]] std::string signing_key(const Authorization& authorization,
                                      std::string_view secret_access_key);

// Lower-case hex.
[[nodiscard]] std::string expected_signature(const WireRequest& request,
                                             const Authorization& authorization,
                                             std::string_view secret_access_key);

[[nodiscard]] std::optional<Authorization> parse_authorization(std::string_view header);

// Whether `name` (lower case) is covered by the signature.
[[nodiscard]] bool signs_header(const Authorization& authorization, std::string_view name);

// Whether the request's times are acceptable at `now`: x-bce-date (or Date) at most 30 minutes
// away, and the signature not past its expiry.
[[nodiscard]] bool is_in_time(const WireRequest& request, const Authorization& authorization,
                              Moment now);

}  // namespace simulator
