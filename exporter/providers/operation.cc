#include "providers/operation.h"

#include <utility>

namespace cloud_billing {

SignedRequest::SignedRequest(const Operation& operation, const Endpoint& endpoint,
                             std::string_view canonical_query, std::vector<Header> headers,
                             std::string body)
    : operation_(&operation),
      endpoint_(endpoint),
      url_(endpoint.origin()),
      headers_(std::move(headers)),
      body_(std::move(body)) {
  url_ += operation.path;
  char separator = '?';
  for (const std::string_view query : {operation.query, canonical_query}) {
    if (query.empty()) continue;
    url_ += std::exchange(separator, '&');
    url_ += query;
  }
  for (const auto& [name, value] : operation.headers) {
    headers_.push_back({std::string(name), std::string(value)});
  }
}

}  // namespace cloud_billing
