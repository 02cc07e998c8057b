#pragma once

// The simulator's HTTP server: turns requests into values exactly as they came over the wire, asks
// for the answer, and sends it well or badly. Owner of civetweb in the simulator. `answer` is
// called by many worker threads at once.

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "answer.h"
#include "faults.h"
#include "wire_request.h"

struct mg_connection;
struct mg_context;

namespace simulator {

struct ServerOptions {
  std::string listen = "127.0.0.1:18080";  // port 0 picks one
  int workers = 256;  // one is needed for each connection that a client keeps open
};

class WebServer {
 public:
  using Answerer = std::function<Answer(const WireRequest& request,
                                        std::chrono::steady_clock::time_point arrived)>;

  // Starts to serve. Throws std::runtime_error when that fails. `faults` must outlive the server
  // and be stopped before it is destroyed.
  WebServer(const ServerOptions& options, FaultBoard& faults, Answerer answer);
  ~WebServer();
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

  [[nodiscard]] int port() const { return port_; }

 private:
  static int receive(mg_connection* connection);
  void serve(mg_connection* connection);
  void send(mg_connection* connection, const Answer& answer);
  void hang(mg_connection* connection, const Fault& fault);
  bool drip(mg_connection* connection, const std::string& text);

  FaultBoard& faults_;
  const Answerer answer_;
  mg_context* context_ = nullptr;
  int port_ = 0;
};

}  // namespace simulator
