#pragma once

// The operations of the simulated APIs: each takes a signed, admitted request and either refuses it
// or prepares an answer that a fault may still spoil. Pure.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "answer.h"
#include "calendar.h"
#include "company.h"
#include "faults.h"
#include "growth.h"
#include "wire_request.h"

namespace simulator {

struct Operation {
  std::string_view name;  // as the control API calls it
  std::string_view method;
  std::string_view path;
};

// Null for a path that is no operation.
[[nodiscard]] const Operation* find_operation(std::string_view path);

struct OperationRequest {
  const WireRequest& wire;
  const Account& account;
  const Company& company;
  Moment billing_time;
  std::size_t page_cap;
  Growth& growth;
};

// An answer that is ready but for a fault. `write` makes its body.
struct Prepared {
  PageFacts page;
  std::function<std::string(const Fault* fault)> write;
};

// An error. Each cloud has its own envelope for it.
struct Refusal {
  int status = 400;
  std::string code;
  std::string message;
};

using OperationResult = std::variant<Prepared, Refusal>;

[[nodiscard]] OperationResult prepare_answer(const Operation& operation,
                                             const OperationRequest& request);

}  // namespace simulator
