#include "runtime/metrics_server.h"

#include <civetweb.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "runtime/civetweb_port.h"
#include "runtime/log.h"
#include "runtime/web_security.h"

namespace cloud_billing {
namespace {

// A connection holds its worker while it lasts, idle or not: so many that hundreds which never say
// a word leave room for a scrape. Their stacks are small (cmake/civetweb.cmake).
constexpr const char* kWorkers = "600";
constexpr const char* kReadTimeoutMs = "5000";       // for a request's head
constexpr const char* kKeepAliveTimeoutMs = "5000";  // until the next request
constexpr std::chrono::seconds kBodyTimeout{5};      // a request's body is read and dropped
constexpr std::size_t kMaxBodyBytes = std::size_t{64} << 10;
constexpr std::chrono::seconds kWriteTimeout{30};
constexpr std::size_t kWritePiece = std::size_t{256} << 10;
constexpr std::size_t kJoined = std::size_t{16} << 10;  // of each end of a part of a body

using SteadyClock = std::chrono::steady_clock;

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    default:
      return "Status";
  }
}

WebResponse refuse_method(const Route& route) {
  WebResponse response = make_text_response(405, "Method not allowed\n");
  std::string allowed;
  for (const std::string& method : route.methods) {
    allowed += (allowed.empty() ? "" : ", ") + method + (method == "GET" ? ", HEAD" : "");
  }
  response.headers.emplace_back("Allow", std::move(allowed));
  return response;
}

WebResponse ask_password() {
  WebResponse response = make_text_response(401, "Unauthorized\n");
  response.headers.emplace_back("WWW-Authenticate", "Basic");
  return response;
}

// A path that is not there asks for a password too: which ones are there is nobody's business.
WebResponse choose_response(const std::vector<Route>& routes, std::string_view path,
                            const WebRequest& request, WebSecurity* security) {
  const auto found = std::find_if(routes.begin(), routes.end(),
                                  [path](const Route& route) { return route.path == path; });
  const bool is_open = found != routes.end() && found->reader == Reader::kAnybody;
  if (security != nullptr && !is_open && !security->admits(request.authorization)) {
    return ask_password();
  }
  if (found != routes.end()) {
    const Route& route = *found;
    const bool allowed = std::find(route.methods.begin(), route.methods.end(), request.method) !=
                         route.methods.end();
    return allowed ? route.answer(request) : refuse_method(route);
  }
  return make_text_response(404, "Not found\n");
}

std::string join_headers(const mg_request_info& info, const char* name) {
  std::string joined;
  for (int i = 0; i < info.num_headers; ++i) {
    if (::strcasecmp(info.http_headers[i].name, name) != 0) continue;
    if (!joined.empty()) joined += ", ";
    joined += info.http_headers[i].value;
  }
  return joined;
}

// Reads what the client sends beyond the head, so that the connection can go on. False where that
// is too much or takes too long.
bool drop_request_body(mg_connection* connection) {
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

// As civetweb decides, which tells nobody.
bool client_keeps_alive(const mg_connection* connection, const mg_request_info& info) {
  const char* wish = mg_get_header(connection, "Connection");
  return std::strcmp(info.http_version, "1.1") == 0 &&
         (wish == nullptr || ::strcasestr(wish, "keep-alive") != nullptr);
}

// False where the client has gone or is too slow.
bool write_all(mg_connection* connection, std::string_view bytes,
               SteadyClock::time_point deadline) {
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kWritePiece);
    const int written = mg_write(connection, piece.data(), piece.size());
    if (written != static_cast<int>(piece.size()) || SteadyClock::now() > deadline) return false;
    bytes.remove_prefix(piece.size());
  }
  return true;
}

bool has_header(const WebResponse& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [name](const auto& header) { return header.first == name; });
}

// In place of one of this name that the route has given.
void set_header(WebResponse& response, std::pair<std::string, std::string> header) {
  std::erase_if(response.headers,
                [&header](const auto& given) { return given.first == header.first; });
  response.headers.push_back(std::move(header));
}

using Part = std::shared_ptr<const std::string>;

// Every write may wake the client: what is short leaves with the beginning or the end of what is
// long, whose middle is not copied.
bool write_parts(mg_connection* connection, std::string waiting, std::span<const Part> parts,
                 SteadyClock::time_point deadline) {
  for (const Part& part : parts) {
    std::string_view rest = *part;
    waiting += rest.substr(0, kJoined);
    rest.remove_prefix(std::min(rest.size(), kJoined));
    if (rest.empty()) continue;
    const std::size_t middle = rest.size() - std::min(rest.size(), kJoined);
    if (!write_all(connection, waiting, deadline)) return false;
    if (!write_all(connection, rest.substr(0, middle), deadline)) return false;
    waiting = rest.substr(middle);
  }
  return write_all(connection, waiting, deadline);
}

void write_response(mg_connection* connection, const WebResponse& response, bool with_body,
                    bool keep_alive) {
  std::size_t length = 0;
  for (const auto& part : response.body) length += part->size();
  std::string bytes = "HTTP/1.1 " + std::to_string(response.status) + " ";
  bytes += reason_phrase(response.status);
  bytes += "\r\nContent-Type: " + response.content_type +
           "\r\nContent-Length: " + std::to_string(length);
  if (!has_header(response, "X-Content-Type-Options")) {
    bytes += "\r\nX-Content-Type-Options: nosniff";
  }
  for (const auto& header : response.headers) bytes += "\r\n" + header.first + ": " + header.second;
  bytes += keep_alive ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n";

  const bool good = write_parts(connection, std::move(bytes),
                                with_body ? std::span(response.body) : std::span<const Part>(),
                                SteadyClock::now() + kWriteTimeout);
  if (!good || !keep_alive) mg_disable_connection_keep_alive(connection);
}

}  // namespace

class MetricsServer::Civetweb {
 public:
  Civetweb(std::vector<Route> routes, WebSecurity* security)
      : routes_(std::move(routes)), security_(security) {}
  ~Civetweb() { stop(); }
  Civetweb(const Civetweb&) = delete;
  Civetweb& operator=(const Civetweb&) = delete;

  [[nodiscard]] bool start(const std::string& ports) {
    static const unsigned initialized = mg_init_library(0);
    (void)initialized;
    // decode_url would change the path before anyone sees it.
    const std::array<const char*, 19> options{"listening_ports",
                                              ports.c_str(),
                                              "num_threads",
                                              kWorkers,
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
                                              "listen_backlog",
                                              "1024",
                                              "connection_queue",
                                              "64",
                                              nullptr};
    mg_callbacks callbacks{};
    callbacks.begin_request = &answer_request;
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
    const std::lock_guard lock(mutex_);
    return messages_;
  }

 private:
  static int answer_request(mg_connection* connection) noexcept {
    const auto* self = static_cast<Civetweb*>(mg_get_user_data(mg_get_context(connection)));
    try {
      self->answer(connection);
    } catch (const std::exception& error) {
      mg_disable_connection_keep_alive(connection);
      log_error("a web request failed", {{"error", error.what()}});
    }
    return 1;  // civetweb has nothing more to do with it
  }

  static int take_message(const mg_connection* connection, const char* message) noexcept {
    auto* self = static_cast<Civetweb*>(mg_get_user_data(mg_get_context(connection)));
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

  void answer(mg_connection* connection) const {
    const mg_request_info& info = *mg_get_request_info(connection);
    const bool head = std::strcmp(info.request_method, "HEAD") == 0;
    const bool keep_alive = drop_request_body(connection) && client_keeps_alive(connection, info);
    const WebRequest request{head ? "GET" : info.request_method, join_headers(info, "Accept"),
                             join_headers(info, "Accept-Encoding"),
                             join_headers(info, "Authorization"),
                             info.query_string == nullptr ? "" : info.query_string};
    // The path as it came; civetweb has only cut the query off.
    WebResponse response = respond(info.local_uri_raw, request);
    if (security_ != nullptr) {
      for (auto& header : security_->headers()) set_header(response, std::move(header));
    }
    write_response(connection, response, !head, keep_alive);
  }

  [[nodiscard]] WebResponse respond(std::string_view path, const WebRequest& request) const {
    try {
      return choose_response(routes_, path, request, security_);
    } catch (const std::exception& error) {
      log_error("a web page failed", {{"path", std::string(path)}, {"error", error.what()}});
      return make_text_response(500, "Internal server error\n");
    }
  }

  void keep_message(const char* message) {
    const std::lock_guard lock(mutex_);
    if (!messages_.empty()) messages_ += "; ";
    messages_ += message;
  }

  const std::vector<Route> routes_;
  WebSecurity* const security_;  // null: plain HTTP, open to everybody
  mg_context* context_ = nullptr;
  std::atomic<bool> started_{false};  // then messages are for the log only
  mutable std::mutex mutex_;          // guards messages_
  std::string messages_;
};

Result<std::unique_ptr<MetricsServer>, std::string> MetricsServer::start(
    const std::vector<ListenAddress>& addresses, std::vector<Route> routes, WebSecurity* security) {
  std::string ports;
  std::string names;
  for (const ListenAddress& address : addresses) {
    const std::optional<std::string> port =
        to_civetweb_port(address, security != nullptr && security->tls() != nullptr);
    if (!port) return "cannot listen on " + to_text(address) + ": the host name has no address";
    ports += (ports.empty() ? "" : ",") + *port;
    names += (names.empty() ? "" : ", ") + to_text(address);
  }
  auto civetweb = std::make_unique<Civetweb>(std::move(routes), security);
  if (!civetweb->start(ports)) {
    return "cannot listen on " + names + ": " + civetweb->messages();
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

std::string find_query_value(const std::string& query, const char* name) {
  std::array<char, 1025> value{};
  const int length = mg_get_var(query.data(), query.size(), name, value.data(), value.size());
  return length > 0 ? std::string(value.data(), static_cast<std::size_t>(length)) : "";
}

WebResponse make_text_response(int status, std::string text) {
  WebResponse response;
  response.status = status;
  response.body.push_back(std::make_shared<const std::string>(std::move(text)));
  return response;
}

}  // namespace cloud_billing
