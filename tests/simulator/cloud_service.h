#pragma once

// The billing APIs as the public documents describe them: authentication, parameters, errors,
// answers, and the misbehaviours that the fault board orders. Which cloud is meant shows in the
// request. Knows no socket. Several threads call answer(); what it shares is either constant
// or synchronises itself.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "answer.h"
#include "calendar.h"
#include "company.h"
#include "faults.h"
#include "growth.h"
#include "request_log.h"
#include "wire_request.h"
#include "written_answers.h"

namespace simulator {

struct ServiceOptions {
  int baidu_rate = 20;  // requests per second and access key; 0 admits all
  int volcengine_rate = 5;
  std::size_t page_cap = 100;            // rows per page of Baidu's at most
  std::chrono::milliseconds latency{0};  // before every answer
  bool gzip = false;                     // compress for clients that accept it
  bool shared_bill = false;  // every account has the same: an answer is written once, for all keys
  std::optional<Moment> billing_now;  // fixes the date of the bills; signatures are always checked
                                      // against the cloud's clock
  std::chrono::seconds clock_ahead{0};  // of this host's; shows in the header Date
};

class CloudService {
 public:
  // The referenced objects must outlive the service.
  CloudService(const Company& company, FaultBoard& faults, RequestLog& log, ServiceOptions options)
      : company_(company), faults_(faults), log_(log), options_(options) {}

  // `host_now` is this host's time; `arrived` when the request came in.
  [[nodiscard]] Answer answer(const WireRequest& request, Moment host_now,
                              RequestLog::Time arrived);

  [[nodiscard]] const Growth& growth() const { return growth_; }

  [[nodiscard]] Moment billing_time(Moment now) const { return options_.billing_now.value_or(now); }

 private:
  [[nodiscard]] Answer make_answer(const WireRequest& request, Moment now, bool within_rate,
                                   const std::string& operation, const std::string& request_id);

  const Company& company_;
  FaultBoard& faults_;
  RequestLog& log_;
  const ServiceOptions options_;
  Growth growth_;
  WrittenAnswers written_;
  std::atomic<std::uint64_t> answers_{0};  // for request ids
};

}  // namespace simulator
