#pragma once

// The simulator's HTTP server: turns requests into values exactly as they came over the wire, asks
// for the answer, and sends it well or badly, once its time has come. Owner of libevent in the
// simulator: a cloud answers thousands of requests late, and shares the machine with the exporter
// that is measured on it.

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "answer.h"
#include "faults.h"
#include "wire_request.h"

namespace simulator {

struct ServerOptions {
  std::string listen = "127.0.0.1:18080";  // an address in digits; port 0 picks one
};

class EventLoop;

class WebServer {
 public:
  // Called by two threads at once; must not wait.
  using Answerer = std::function<Answer(const WireRequest& request,
                                        std::chrono::steady_clock::time_point arrived)>;

  // Starts to serve. Throws std::runtime_error when that fails. `faults` must outlive the server.
  WebServer(const ServerOptions& options, FaultBoard& faults, const Answerer& answer);
  // Leaves what is not answered yet.
  ~WebServer();
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

  [[nodiscard]] int port() const { return port_; }

 private:
  int port_ = 0;
  std::vector<std::unique_ptr<EventLoop>> loops_;
  std::vector<std::thread> threads_;
};

}  // namespace simulator
