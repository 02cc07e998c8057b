#include "providers/operations.h"

#include <utility>

namespace cloud_billing {

SignedRequest::SignedRequest(OperationId id, const Endpoint& endpoint,
                             std::string_view canonical_query, std::vector<Header> headers,
                             std::string body)
    : operation_(&cloud_billing::operation(id)),
      url_(endpoint.origin()),
      headers_(std::move(headers)),
      body_(std::move(body)) {
  url_ += operation_->path;
  char separator = '?';
  for (const std::string_view query : {operation_->query, canonical_query}) {
    if (query.empty()) continue;
    url_ += std::exchange(separator, '&');
    url_ += query;
  }
}

}  // namespace cloud_billing
