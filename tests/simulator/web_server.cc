#include "web_server.h"

#include <civetweb.h>
#include <dirent.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>

namespace simulator {
namespace {

constexpr std::size_t kMaxBody = 1U << 20U;
constexpr std::chrono::milliseconds kLookAtClient{100};
constexpr std::chrono::milliseconds kDripPause{20};

WireRequest read_request(mg_connection* connection) {
  const mg_request_info& info = *mg_get_request_info(connection);
  WireRequest request;
  request.method = info.request_method;
  request.path = info.request_uri;
  request.query = info.query_string == nullptr ? "" : info.query_string;
  for (int i = 0; i < info.num_headers; ++i) {
    request.headers.emplace_back(info.http_headers[i].name, info.http_headers[i].value);
  }
  std::array<char, 4096> chunk{};
  int got = 0;
  while (request.body.size() < kMaxBody &&
         (got = mg_read(connection, chunk.data(), chunk.size())) > 0) {
    request.body.append(chunk.data(), static_cast<std::size_t>(got));
  }
  return request;
}

const char* reason_phrase(int status) { return mg_get_response_code_text(nullptr, status); }

std::string write_head(const Answer& answer, std::size_t content_length, bool keep_alive) {
  std::string head = "HTTP/1.1 " + std::to_string(answer.status) + " " +
                     reason_phrase(answer.status) +
                     "\r\nServer: BWS\r\nContent-Type: " + answer.content_type +
                     "\r\nContent-Length: " + std::to_string(content_length) + "\r\n";
  for (const auto& [name, value] : answer.headers) {
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
  }
  head += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  return head;
}

bool write_all(mg_connection* connection, const std::string& text) {
  return text.empty() || mg_write(connection, text.data(), text.size()) > 0;
}

// The socket whose other end has `remote_port`; civetweb does not tell. -1 when none.
int find_socket(int remote_port) {
  int found = -1;
  DIR* directory = opendir("/proc/self/fd");
  while (const dirent* entry = directory == nullptr ? nullptr : readdir(directory)) {
    const int descriptor = std::atoi(entry->d_name);
    sockaddr_in peer = {};
    socklen_t size = sizeof peer;
    if (getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &size) == 0 &&
        peer.sin_family == AF_INET && ntohs(peer.sin_port) == remote_port) {
      found = descriptor;
    }
  }
  if (directory != nullptr) {
    closedir(directory);
  }
  return found;
}

bool has_left(int socket) {
  pollfd watched = {socket, POLLRDHUP, 0};
  return poll(&watched, 1, 0) > 0 && (watched.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

}  // namespace

WebServer::WebServer(const ServerOptions& options, FaultBoard& faults, Answerer answer)
    : faults_(faults), answer_(std::move(answer)) {
  mg_init_library(0);
  const std::string workers = std::to_string(options.workers);
  const std::array<const char*, 19> settings{
      "listening_ports", options.listen.c_str(), "num_threads", workers.c_str(), "connection_queue",
      "1024", "listen_backlog", "1024", "enable_keep_alive", "yes", "keep_alive_timeout_ms",
      "15000", "tcp_nodelay", "1",
      // The signature covers the raw path.
      "decode_url", "no", "request_timeout_ms", "30000", nullptr};
  mg_callbacks callbacks = {};
  callbacks.begin_request = &WebServer::receive;
  callbacks.log_message = [](const mg_connection*, const char*) { return 1; };
  std::array<char, 256> message{};
  mg_error_data error = {};
  error.text = message.data();
  error.text_buffer_size = message.size();
  mg_init_data init = {};
  init.callbacks = &callbacks;
  init.user_data = this;
  // The const cast is civetweb's: it only reads the array.
  init.configuration_options = const_cast<const char**>(settings.data());
  context_ = mg_start2(&init, &error);
  if (context_ == nullptr) {
    throw std::runtime_error("cannot listen on " + options.listen + ": " + message.data());
  }
  mg_server_port port = {};
  if (mg_get_server_ports(context_, 1, &port) > 0) {
    port_ = port.port;
  }
}

WebServer::~WebServer() {
  mg_stop(context_);
  mg_exit_library();
}

int WebServer::receive(mg_connection* connection) {
  const mg_request_info& info = *mg_get_request_info(connection);
  static_cast<WebServer*>(info.user_data)->serve(connection);
  return 1;  // answered here, whatever the path
}

void WebServer::serve(mg_connection* connection) {
  const auto arrived = std::chrono::steady_clock::now();
  Answer answer;
  try {
    answer = answer_(read_request(connection), arrived);
  } catch (const std::exception& error) {
    answer.status = 500;
    answer.content_type = "text/plain";
    answer.body = std::string("simulator failed: ") + error.what() + "\n";
  }
  send(connection, answer);
}

void WebServer::send(mg_connection* connection, const Answer& answer) {
  switch (answer.delivery) {
    case Delivery::kWhole:
      if (!write_all(connection, write_head(answer, answer.sent_body().size(), true)) ||
          !write_all(connection, answer.sent_body())) {
        mg_disable_connection_keep_alive(connection);
      }
      return;
    case Delivery::kDrip:
      mg_disable_connection_keep_alive(connection);
      drip(connection, write_head(answer, answer.sent_body().size(), false) + answer.sent_body());
      return;
    case Delivery::kTruncated:
      mg_disable_connection_keep_alive(connection);
      write_all(connection, write_head(answer, answer.sent_body().size() + 1, false));
      write_all(connection, answer.sent_body().substr(0, answer.sent_body().size() / 2));
      return;
    case Delivery::kHang:
      mg_disable_connection_keep_alive(connection);
      hang(connection, *answer.fault);
      return;
    case Delivery::kReset:
      mg_disable_connection_keep_alive(connection);
      return;
  }
}

void WebServer::hang(mg_connection* connection, const Fault& fault) {
  const int socket = find_socket(mg_get_request_info(connection)->remote_port);
  while (faults_.wait_while_held(fault, kLookAtClient) && !has_left(socket)) {
  }
}

bool WebServer::drip(mg_connection* connection, const std::string& text) {
  for (std::size_t at = 0; at < text.size(); at += 16) {
    if (!write_all(connection, text.substr(at, 16)) || !faults_.pause(kDripPause)) {
      return false;
    }
  }
  return true;
}

}  // namespace simulator
