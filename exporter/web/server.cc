#include "web/server.h"

#include <civetweb.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <optional>
#include <string_view>
#include <utility>

#include "system/log.h"
#include "system/mutex.h"
#include "system/thread_room.h"
#include "web/civetweb_port.h"
#include "web/connection_crowd.h"
#include "web/request_framing.h"
#include "web/response_writer.h"
#include "web/security.h"
#include "web/worker_count.h"

// Ours (cmake/civetweb_additions.c).
extern "C" int mg_connection_socket(const mg_connection* connection);
extern "C" const char* mg_connection_address(const mg_connection* connection);

namespace cloud_billing {
namespace {

constexpr const char* kReadTimeoutMs = "5000";       // for a request's head
constexpr const char* kKeepAliveTimeoutMs = "5000";  // until the next request
constexpr std::chrono::seconds kBodyTimeout{5};      // a request's body is read and dropped
constexpr std::size_t kMaxBodyBytes = std::size_t{64} << 10;

using SteadyClock = std::chrono::steady_clock;

std::string join_headers(const mg_request_info& info, const char* name) {
  std::string joined;
  for (int i = 0; i < info.num_headers; ++i) {
    if (::strcasecmp(info.http_headers[i].name, name) != 0) continue;
    if (!joined.empty()) joined += ", ";
    joined += info.http_headers[i].value;
  }
  return joined;
}

// Reads what the client sends beyond the head, so that the connection can go on. False if that
// is too much, takes too long, or comes in chunks, whose end is told within.
bool drop_request_body(mg_connection* connection) {
  if (mg_get_header(connection, "Transfer-Encoding") != nullptr) return false;
  const auto deadline = SteadyClock::now() + kBodyTimeout;
  std::array<char, 4096> chunk{};
  std::size_t total = 0;
  while (total <= kMaxBodyBytes && SteadyClock::now() < deadline) {
    const int got = mg_read(connection, chunk.data(), chunk.size());
    if (got <= 0) return got == 0;
    total += static_cast<std::size_t>(got);
  }
  return false;
}

std::string_view doubt_about(const mg_request_info& info) {
  std::vector<HeaderView> headers;
  for (int i = 0; i < info.num_headers; ++i) {
    headers.emplace_back(info.http_headers[i].name, info.http_headers[i].value);
  }
  return find_doubtful_framing(headers, info.http_version);
}

// As civetweb decides, without telling.
bool client_keeps_alive(const mg_connection* connection, const mg_request_info& info) {
  const char* wish = mg_get_header(connection, "Connection");
  return std::strcmp(info.http_version, "1.1") == 0 &&
         (wish == nullptr || ::strcasestr(wish, "keep-alive") != nullptr);
}

}  // namespace

class MetricsServer::Civetweb {
 public:
  Civetweb(std::vector<Route> routes, WebSecurity* security, std::size_t workers)
      : routes_(std::move(routes)),
        security_(security),
        workers_(workers),
        crowd_(connections_among(workers)) {}
  ~Civetweb() { stop(); }
  Civetweb(const Civetweb&) = delete;
  Civetweb& operator=(const Civetweb&) = delete;

  // The workers' stacks are small (cmake/civetweb.cmake).
  [[nodiscard]] bool start(const std::string& ports) {
    [[maybe_unused]] static const unsigned initialized = mg_init_library(0);
    const std::string worker_count = std::to_string(workers_);
    // decode_url would change the path before anyone sees it.
    const std::array<const char*, 21> options{"listening_ports",
                                              ports.c_str(),
                                              "num_threads",
                                              worker_count.c_str(),
                                              "request_timeout_ms",
                                              kReadTimeoutMs,
                                              "enable_keep_alive",
                                              "yes",
                                              "keep_alive_timeout_ms",
                                              kKeepAliveTimeoutMs,
                                              "tcp_nodelay",
                                              "1",
                                              "decode_url",
                                              "no",
                                              "enable_auth_domain_check",
                                              "no",
                                              "listen_backlog",
                                              "4096",  // or net.core.somaxconn
                                              "connection_queue",
                                              "64",
                                              nullptr};
    mg_callbacks callbacks{};
    callbacks.init_connection = &enter;
    callbacks.begin_request = &respond;
    callbacks.connection_close = &leave;
    callbacks.log_message = &take_message;
    callbacks.external_ssl_ctx = &lend_tls;
    std::array<char, 256> error_text{};
    mg_error_data error{};
    error.text = error_text.data();
    error.text_buffer_size = error_text.size();
    mg_init_data init{};
    init.callbacks = &callbacks;
    init.user_data = this;
    init.configuration_options = const_cast<const char**>(options.data());
    context_ = mg_start2(&init, &error);
    if (context_ == nullptr && messages().empty()) keep_message(error_text.data());
    started_ = context_ != nullptr;
    return started_;
  }

  void stop() {
    if (security_ != nullptr) security_->stop_checking();  // mg_stop() waits for requests under way
    if (context_ != nullptr) mg_stop(context_);
    context_ = nullptr;
  }

  [[nodiscard]] std::vector<int> ports() const {
    std::array<mg_server_port, 64> found{};
    const int count = mg_get_server_ports(context_, static_cast<int>(found.size()), found.data());
    std::vector<int> ports;
    for (int i = 0; i < count; ++i) ports.push_back(found[static_cast<std::size_t>(i)].port);
    return ports;
  }

  // What civetweb complained about, in order.
  [[nodiscard]] std::string messages() const {
    const MutexLock lock(mutex_);
    return messages_;
  }

 private:
  static Civetweb* owner_of(const mg_connection* connection) {
    return static_cast<Civetweb*>(mg_get_user_data(mg_get_context(connection)));
  }

  // When a worker takes it, before its handshake, and again after that (cmake/civetweb.cmake).
  static int enter(const mg_connection* connection, void** /*data*/) noexcept {
    try {
      owner_of(connection)
          ->crowd_.enter(connection, mg_connection_socket(connection),
                         mg_connection_address(connection));
    } catch (const std::exception&) {  // out of memory: then it cannot be ended early
    }
    return 0;
  }

  static void leave(const mg_connection* connection) noexcept {
    owner_of(connection)->crowd_.leave(connection);
  }

  static int respond(mg_connection* connection) noexcept {
    auto* self = owner_of(connection);
    try {
      self->serve(connection);
    } catch (const std::exception& error) {
      mg_disable_connection_keep_alive(connection);
      log_error("a web request failed", {{"error", error.what()}});
    }
    return 1;  // civetweb has nothing more to do with it
  }

  static int take_message(const mg_connection* connection, const char* message) noexcept {
    auto* self = owner_of(connection);
    try {
      if (self != nullptr && !self->started_) self->keep_message(message);
      log_debug("web server", {{"message", message}});
    } catch (const std::exception&) {  // out of memory: then without it
    }
    return 1;  // civetweb need not print it
  }

  // Asked for at the start, and again at the end: the context stays its owner's.
  static int lend_tls(void** context, void* self) noexcept {
    *context = static_cast<Civetweb*>(self)->security_->tls();
    return 1;
  }

  void serve(mg_connection* connection) {
    const mg_request_info& info = *mg_get_request_info(connection);
    const bool head = std::strcmp(info.request_method, "HEAD") == 0;
    const std::string_view doubt = doubt_about(info);
    const bool may_go_on =
        doubt.empty() && drop_request_body(connection) && client_keeps_alive(connection, info);
    crowd_.wait_for_answer(connection);
    const WebRequest request{head ? "GET" : info.request_method,
                             join_headers(info, "Accept"),
                             join_headers(info, "Accept-Encoding"),
                             info.query_string == nullptr ? "" : info.query_string,
                             join_headers(info, "Authorization"),
                             join_headers(info, "Accept-Language")};
    // As it came (cmake/civetweb.cmake); civetweb has only cut the query off.
    WebResponse response = doubt.empty() ? respond(path_of_target(info.local_uri_raw), request)
                                         : make_text_response(400, std::string(doubt));
    if (security_ != nullptr) {
      for (auto& header : security_->headers()) set_header(response, std::move(header));
    }
    const bool keep_alive = may_go_on && response.status != 401;  // guesses hold no worker
    const auto write = [connection](std::string_view bytes) {
      return mg_write(connection, bytes.data(), bytes.size()) == static_cast<int>(bytes.size());
    };
    crowd_.wait_for_reader(connection);
    const bool written = write_response(response, !head, keep_alive, write);
    if (!written || !keep_alive) mg_disable_connection_keep_alive(connection);
    crowd_.wait_for_words(connection);
  }

  [[nodiscard]] WebResponse respond(std::string_view path, const WebRequest& request) const {
    try {
      return choose_response(routes_, path, request, [this, &request] {
        return security_ == nullptr || security_->admits(request.authorization);
      });
    } catch (const std::exception& error) {
      log_error("a web page failed", {{"path", std::string(path)}, {"error", error.what()}});
      return make_text_response(500, "Internal server error\n");
    }
  }

  void keep_message(const char* message) {
    const MutexLock lock(mutex_);
    if (!messages_.empty()) messages_ += "; ";
    messages_ += message;
  }

  const std::vector<Route> routes_;
  WebSecurity* const security_;  // null: plain HTTP, open to everybody
  const std::size_t workers_;
  ConnectionCrowd crowd_;
  mg_context* context_ = nullptr;
  std::atomic<bool> started_{false};  // then messages are for the log only
  mutable Mutex mutex_;
  std::string messages_ GUARDED_BY(mutex_);
};

Result<std::unique_ptr<MetricsServer>> MetricsServer::start(
    const std::vector<ListenAddress>& addresses, std::vector<Route> routes, WebSecurity* security) {
  std::string ports;
  std::string names;
  for (const ListenAddress& address : addresses) {
    const std::optional<std::string> port =
        to_civetweb_port(address, security != nullptr && security->tls() != nullptr);
    if (!port) {
      return Error{"cannot listen on " + to_text(address) + ": the host name has no address"};
    }
    ports += (ports.empty() ? "" : ",") + *port;
    names += (names.empty() ? "" : ", ") + to_text(address);
  }
  const std::size_t workers = workers_among(count_threads_to_be_had(kThreadsWanted));
  if (workers == 0) {
    return Error{"not even two threads are left for the web server; " + name_thread_limits()};
  }
  if (workers < kMostWorkers) {
    log_warn("fewer web workers than wanted, since no more threads are allowed",
             {{"workers", workers}, {"wanted", kMostWorkers}, {"limits", name_thread_limits()}});
  }
  auto civetweb = std::make_unique<Civetweb>(std::move(routes), security, workers);
  if (!civetweb->start(ports)) {
    return Error{"cannot listen on " + names + ": " + civetweb->messages()};
  }
  std::vector<ListenAddress> bound = addresses;
  const std::vector<int> picked = civetweb->ports();
  for (std::size_t i = 0; i < bound.size() && i < picked.size(); ++i) {
    bound[i].port = static_cast<std::uint16_t>(picked[i]);
  }
  return std::unique_ptr<MetricsServer>(new MetricsServer(std::move(civetweb), std::move(bound)));
}

MetricsServer::MetricsServer(std::unique_ptr<Civetweb> civetweb, std::vector<ListenAddress> bound)
    : civetweb_(std::move(civetweb)), bound_(std::move(bound)) {}

MetricsServer::~MetricsServer() = default;

}  // namespace cloud_billing
