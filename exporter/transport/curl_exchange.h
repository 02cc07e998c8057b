#pragma once

// One request of the transport while it is under way, with the libcurl handle that carries it; a
// handle is used again for later requests. The network's thread, except for what is counted.

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/failure.h"
#include "core/http.h"
#include "providers/operation.h"
#include "transport/body_buffers.h"
#include "transport/curl_handles.h"
#include "transport/proxy_rules.h"
#include "transport/response_body.h"
#include "transport/transport.h"
#include "transport/trust_period.h"

namespace cloud_billing {

// How a request gets to its host.
struct Way {
  std::shared_ptr<const Proxy> proxy;        // null: directly
  std::shared_ptr<const TrustPeriod> trust;  // never null on the way
};

class CurlExchange {
 public:
  // `received` is the transport's count of bytes that are received and not handed out: what this
  // exchange holds is part of it. All must outlive the exchange.
  CurlExchange(const std::string& user_agent, std::atomic<std::size_t>& received,
               BodyBuffers& buffers);
  CurlExchange(const CurlExchange&) = delete;
  CurlExchange& operator=(const CurlExchange&) = delete;
  ~CurlExchange() = default;

  // What libcurl said to the options that all requests share.
  [[nodiscard]] CURLcode lasting_options() const { return lasting_options_; }

  // The handle is ready to be added to a multi handle after CURLE_OK.
  [[nodiscard]] CURLcode prepare(RequestId id, const SignedRequest& request,
                                 std::chrono::milliseconds timeout, Way way);

  // What came of it, once libcurl has ended it with this code.
  [[nodiscard]] Completion finish(CURLcode code);

  // Forgets the request.
  void clear();

  [[nodiscard]] CURL* easy() const { return easy_.get(); }
  // Where the prepared request goes, "name:port".
  [[nodiscard]] const std::string& host() const { return host_; }

 private:
  static std::size_t append_body(char* data, std::size_t, std::size_t size, void* user) noexcept;
  static std::size_t keep_header(char* data, std::size_t, std::size_t size, void* user) noexcept;
  static CURLcode trust_authorities(CURL*, void* ssl_context, void* user) noexcept;
  static int count_sending(void* user, char*, char*, int, int) noexcept;

  [[nodiscard]] CURLcode set_lasting_options(const std::string& user_agent);
  void set_proxy(OptionSetter& options);
  void make_room();
  [[nodiscard]] std::string_view header(std::string_view lower_case_name) const;
  // The proxy's refusal to connect, if that is what came.
  [[nodiscard]] std::optional<Failure> find_refusal() const;
  [[nodiscard]] Failure explain_failure(CURLcode code) const;

  EasyHandle easy_;
  std::atomic<std::size_t>& received_;
  BodyBuffers& buffers_;
  CURLcode lasting_options_;
  RequestId id_ = 0;
  std::string request_body_;
  HeaderList request_headers_;
  std::string host_;
  Way way_;
  std::chrono::milliseconds timeout_{};
  std::vector<Header> headers_;           // of the response
  std::vector<std::string> proxy_wants_;  // schemes of Proxy-Authenticate
  ResponseBody body_;
  int sent_ = 0;  // times that libcurl began to send it
  std::array<char, CURL_ERROR_SIZE> error_text_{};
};

}  // namespace cloud_billing
