#pragma once

// An HTTP answer as a value, with how it is delivered. Made by the API parts, sent by the web
// server.

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "faults.h"

namespace simulator {

enum class Delivery { kWhole, kHang, kDrip, kTruncated, kReset };

struct Answer {
  int status = 200;
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // sent instead of `body`, unless null
  std::string content_type = "application/json;charset=UTF-8";
  std::vector<std::pair<std::string, std::string>> headers;
  Delivery delivery = Delivery::kWhole;
  std::optional<Fault> fault;            // that asked for this delivery
  std::chrono::milliseconds latency{0};  // to wait before it is sent
  std::function<void()> before_sending;  // called then; may be empty

  [[nodiscard]] const std::string& sent_body() const { return shared_body ? *shared_body : body; }
};

}  // namespace simulator
