#include "providers/signing.h"

#include <algorithm>
#include <utility>

#include "providers/canonical_query.h"

namespace cloud_billing {

SignedRequest signed_request(const ApiRequest& request, const Endpoint& endpoint,
                             std::vector<Header> signed_headers, std::string authorization) {
  std::vector<Header> headers = std::move(signed_headers);
  // Those of the operation stand in its row.
  std::erase_if(headers, [&request](const Header& header) {
    const auto own = request.operation->headers;
    return header.name == "host" || std::any_of(own.begin(), own.end(), [&header](const auto& row) {
             return row.name == header.name;
           });
  });
  const bool has_type = std::any_of(headers.begin(), headers.end(), [](const Header& header) {
    return header.name == "content-type";
  });
  if (!has_type) headers.push_back({"content-type", std::string(kContentType)});
  headers.push_back({"authorization", std::move(authorization)});
  return {*request.operation, endpoint, canonical_query(request.query), std::move(headers),
          request.body};
}

}  // namespace cloud_billing
