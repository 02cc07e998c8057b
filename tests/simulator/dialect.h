#pragma once

// What is special to one cloud's API: how a request says who asks for what, who is let in, which
// operations there are, and how answers and errors look. Knows no socket; all threads use
// the same object, which is constant.

#include <cstdint>
#include <optional>
#include <string>

#include "answer.h"
#include "calendar.h"
#include "company.h"
#include "operations.h"
#include "wire_request.h"

namespace simulator {

class Dialect {
 public:
  Dialect() = default;
  virtual ~Dialect() = default;
  Dialect(const Dialect&) = delete;
  Dialect& operator=(const Dialect&) = delete;

  // The key that the request claims, right or wrong; "" when none.
  [[nodiscard]] virtual std::string claimed_key(const WireRequest& request) const = 0;

  // As the control API calls it; "unknown" for anything else.
  [[nodiscard]] virtual std::string operation_name(const WireRequest& request) const = 0;

  // The parameters for the request log, in the form of a query.
  [[nodiscard]] virtual std::string logged_query(const WireRequest& request) const = 0;

  // Why the request is not let in; nothing when it is.
  [[nodiscard]] virtual std::optional<Refusal> check_signature(const WireRequest& request,
                                                               const Company& company,
                                                               Moment now) const = 0;

  // Of a request that was let in.
  [[nodiscard]] virtual OperationResult prepare(const OperationRequest& request) const = 0;

  // The errors that a fault of this kind stands for; nothing for the other kinds.
  [[nodiscard]] virtual std::optional<Refusal> error_of(FaultKind kind) const = 0;

  [[nodiscard]] virtual Refusal refuse_rate() const = 0;

  [[nodiscard]] virtual std::string make_request_id(std::uint64_t number, Moment now) const = 0;

  [[nodiscard]] virtual Answer write_refusal(const WireRequest& request, const Refusal& refusal,
                                             const std::string& request_id) const = 0;

  // `body` as its operation has prepared it.
  [[nodiscard]] virtual Answer write_answer(const WireRequest& request,
                                            std::shared_ptr<const std::string> body,
                                            const std::string& request_id) const = 0;

  // The header that carries the request id.
  [[nodiscard]] virtual std::string request_id_header() const = 0;
};

// Both must not be destroyed while they are used; they are constants.
[[nodiscard]] const Dialect& baidu_dialect();
[[nodiscard]] const Dialect& volcengine_dialect();

// Volcengine's requests go to "/", Baidu's to "/v1/...".
[[nodiscard]] inline const Dialect& dialect_of(const WireRequest& request) {
  return request.path.empty() || request.path == "/" ? volcengine_dialect() : baidu_dialect();
}

[[nodiscard]] inline Cloud cloud_of(const WireRequest& request) {
  return &dialect_of(request) == &volcengine_dialect() ? Cloud::kVolcengine : Cloud::kBaidu;
}

}  // namespace simulator
