#pragma once

// Baidu's billing API as the public documents describe it: authentication, parameters, errors,
// answers, and the misbehaviours that the fault board orders. Knows no socket. Every worker thread
// calls answer(); what it shares is either constant or synchronises itself.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "answer.h"
#include "bill_generator.h"
#include "company.h"
#include "faults.h"
#include "request_log.h"
#include "wire_request.h"

namespace simulator {

struct ServiceOptions {
  std::size_t page_cap = 100;            // rows per page at most
  std::chrono::milliseconds latency{0};  // before every answer
  bool gzip = false;                     // compress for clients that accept it
  std::optional<Moment> billing_now;  // fixes the date of the bills; signatures are always checked
                                      // against the real clock
};

class BaiduService {
 public:
  // The referenced objects must outlive the service.
  BaiduService(const Company& company, FaultBoard& faults, RequestLog& log, ServiceOptions options)
      : company_(company), faults_(faults), log_(log), options_(options) {}

  // `now` is the real time; `arrived` when the request came in.
  [[nodiscard]] Answer answer(const WireRequest& request, Moment now, RequestLog::Time arrived);

  [[nodiscard]] Moment billing_time(Moment now) const { return options_.billing_now.value_or(now); }

 private:
  [[nodiscard]] Answer make_answer(const WireRequest& request, Moment now, bool within_rate,
                                   const std::string& operation);

  const Company& company_;
  FaultBoard& faults_;
  RequestLog& log_;
  const ServiceOptions options_;
  std::atomic<std::uint64_t> answers_{0};  // for x-bce-request-id
};

}  // namespace simulator
