#pragma once

// An API operation that this program can send, and a request for it that is ready to send. Each
// cloud has one table of its operations (baidu/operations.h is an example), and a SignedRequest
// can only be made for a row of it; the transport takes nothing else, so the program is read-only
// by construction. None of the rows can pay, cancel, renew or transfer.

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/provider_settings.h"
#include "core/collector.h"
#include "core/http.h"

namespace cloud_billing {

struct OperationHeader {
  std::string_view name;  // lower case
  std::string_view value;
};

// A cloud names an operation by its path, by the query ("Action=...&Version=...") or by headers
// ("x-acs-action"). Whichever it is stands here, and the SignedRequest writes it.
struct Operation {
  std::string_view provider;
  std::string_view label;  // the value of the label `operation`
  HttpMethod method = HttpMethod::kPost;
  std::string_view path = "/";
  std::string_view query{};                    // canonical; further parameters may follow
  std::span<const OperationHeader> headers{};  // a signature has to cover them
  std::span<const Collector> collectors{};     // whose polls send it
  // Sent only for accounts that list something under this key of their own; empty: for all.
  std::string_view setting{};

  [[nodiscard]] constexpr bool serves_any(std::span<const Collector> polled) const {
    return std::find_first_of(collectors.begin(), collectors.end(), polled.begin(), polled.end()) !=
           collectors.end();
  }
  // Whether polls of an account that has these collectors and settings may send it.
  [[nodiscard]] bool is_sent_for(std::span<const Collector> polled,
                                 const ProviderSettings& settings) const {
    return serves_any(polled) && (setting.empty() || !settings.list(setting).empty());
  }
};

// The row of a table with that label, for a constant that names it; none does not compile.
template <std::size_t kRows>
[[nodiscard]] consteval const Operation& row_labelled(const std::array<Operation, kRows>& table,
                                                      std::string_view label) {
  return *std::find_if(table.begin(), table.end(),
                       [label](const Operation& row) { return row.label == label; });
}

// A request ready to send. Method, path and the query or headers that name it come from the table;
// the URL's origin from the account's endpoint.
class SignedRequest {
 public:
  // The operation must outlive the request. `canonical_query` is already percent-encoded, without
  // '?'. `headers` hold the signature; the operation's own are added here.
  SignedRequest(const Operation& operation, const Endpoint& endpoint,
                std::string_view canonical_query, std::vector<Header> headers, std::string body);
  // Made up on the spot, it is no row of a table.
  SignedRequest(Operation&& operation, const Endpoint& endpoint, std::string_view canonical_query,
                std::vector<Header> headers, std::string body) = delete;

  [[nodiscard]] const Operation& operation() const { return *operation_; }
  [[nodiscard]] const Endpoint& endpoint() const { return endpoint_; }
  [[nodiscard]] const std::string& url() const { return url_; }
  [[nodiscard]] const std::vector<Header>& headers() const { return headers_; }
  [[nodiscard]] const std::string& body() const { return body_; }  // empty: no body is sent

 private:
  const Operation* operation_;
  Endpoint endpoint_;
  std::string url_;
  std::vector<Header> headers_;
  std::string body_;
};

}  // namespace cloud_billing
