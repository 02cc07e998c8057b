#include "request_log.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace simulator {
namespace {

constexpr std::chrono::milliseconds kWindow{950};
constexpr std::size_t kRecentRequests = 1000;

double milliseconds_between(RequestLog::Time from, RequestLog::Time to) {
  return std::chrono::duration<double, std::milli>(to - from).count();
}

void forget_before(std::deque<RequestLog::Time>& times, RequestLog::Time limit) {
  while (!times.empty() && times.front() <= limit) {
    times.pop_front();
  }
}

}  // namespace

bool RequestLog::arrive(const std::string& access_key_id, int rate, Time now) {
  const std::lock_guard lock(mutex_);
  Key& key = keys_[access_key_id];
  ++total_;
  ++key.requests;
  key.max_in_flight = std::max(key.max_in_flight, ++key.in_flight);
  forget_before(key.arrivals, now - std::chrono::seconds{1});
  if (!key.arrivals.empty()) {
    const double gap = std::max(milliseconds_between(key.arrivals.back(), now), 0.0);
    key.min_gap_ms = key.min_gap_ms < 0 ? gap : std::min(key.min_gap_ms, gap);
  }
  key.arrivals.push_back(now);
  key.max_per_second = std::max(key.max_per_second, key.arrivals.size());
  forget_before(key.admitted, now - kWindow);
  if (rate > 0 && key.admitted.size() >= static_cast<std::size_t>(rate)) {
    ++key.rate_violations;
    return false;
  }
  key.admitted.push_back(now);
  return true;
}

void RequestLog::leave(const std::string& access_key_id, const std::string& operation,
                       const std::string& query, int status, Time arrived) {
  const std::lock_guard lock(mutex_);
  Key& key = keys_[access_key_id];
  key.in_flight = std::max(key.in_flight - 1, 0);
  ++counts_[{access_key_id, operation, status}];
  recent_.push_back(
      {milliseconds_between(start_, arrived), access_key_id, operation, query, status});
  if (recent_.size() > kRecentRequests) {
    recent_.pop_front();
  }
}

void RequestLog::count_signature_failure() {
  const std::lock_guard lock(mutex_);
  ++signature_failures_;
}

void RequestLog::clear() {
  const std::lock_guard lock(mutex_);
  for (auto& [name, key] : keys_) {
    const int in_flight = key.in_flight;
    const auto admitted = std::move(key.admitted);
    key = Key{};
    key.in_flight = in_flight;
    key.admitted = admitted;
  }
  counts_.clear();
  recent_.clear();
  total_ = 0;
  signature_failures_ = 0;
}

nlohmann::json RequestLog::write_json() const {
  const std::lock_guard lock(mutex_);
  nlohmann::json keys = nlohmann::json::object();
  for (const auto& [name, key] : keys_) {
    keys[name] = {{"requests", key.requests},     {"max_per_second", key.max_per_second},
                  {"min_gap_ms", key.min_gap_ms}, {"rate_violations", key.rate_violations},
                  {"in_flight", key.in_flight},   {"max_in_flight", key.max_in_flight}};
  }
  nlohmann::json counts = nlohmann::json::array();
  for (const auto& [what, count] : counts_) {
    counts.push_back({{"access_key_id", std::get<0>(what)},
                      {"operation", std::get<1>(what)},
                      {"status", std::get<2>(what)},
                      {"count", count}});
  }
  nlohmann::json recent = nlohmann::json::array();
  for (const Entry& entry : recent_) {
    recent.push_back({{"time_ms", entry.time_ms},
                      {"access_key_id", entry.access_key_id},
                      {"operation", entry.operation},
                      {"query", entry.query},
                      {"status", entry.status}});
  }
  return {{"total", total_},
          {"signature_failures", signature_failures_},
          {"keys", keys},
          {"counts", counts},
          {"recent", recent}};
}

}  // namespace simulator
