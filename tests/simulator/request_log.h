#pragma once

// What clients did: arrivals per access key against the rate limit, answers by key, operation and
// status, and the latest requests. Any thread; synchronises itself.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <tuple>

namespace simulator {

class RequestLog {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit RequestLog(Time start) : start_(start) {}

  // Notes a request that has just come in. Answers whether the key is within `rate` requests per
  // second, of which 0 admits all. The window
  // is 950 ms wide: a client that keeps the rate exactly must not fail because its packets jitter.
  [[nodiscard]] bool arrive(const std::string& access_key_id, int rate, Time now);

  // Notes the answer to it. Status 0: none was given.
  void leave(const std::string& access_key_id, const std::string& operation,
             const std::string& query, int status, Time arrived);

  void count_signature_failure();
  void clear();

  // {"total", "signature_failures", "keys": {key: {"requests", "max_per_second", "min_gap_ms",
  // "rate_violations", "in_flight", "max_in_flight"}}, "counts": [...], "recent": [...]}
  [[nodiscard]] nlohmann::json write_json() const;

 private:
  struct Key {
    std::uint64_t requests = 0;
    std::uint64_t rate_violations = 0;
    std::size_t max_per_second = 0;
    double min_gap_ms = -1;  // -1: fewer than two requests
    int in_flight = 0;
    int max_in_flight = 0;
    std::deque<Time> arrivals;  // of the last second
    std::deque<Time> admitted;  // of the last window
  };
  struct Entry {
    double time_ms = 0;  // since the start
    std::string access_key_id;
    std::string operation;
    std::string query;
    int status = 0;
  };

  const Time start_;

  mutable std::mutex mutex_;  // guards all below
  std::map<std::string, Key> keys_;
  std::map<std::tuple<std::string, std::string, int>, std::uint64_t> counts_;
  std::deque<Entry> recent_;
  std::uint64_t total_ = 0;
  std::uint64_t signature_failures_ = 0;
};

}  // namespace simulator
