#pragma once

// Counters and histograms of the exporter's own work, in a prometheus-cpp registry; owner of
// prometheus-cpp. Records come from the poller's thread, render() may be called from any thread.

#include <memory>
#include <string>

#include "core/config.h"
#include "runtime/poll_records.h"

namespace cloud_billing {

enum class Histograms { kShown, kLeftOut };

class SelfMetrics final : public PollRecords {
 public:
  // Every series of every account exists from the start, at 0.
  explicit SelfMetrics(const Config& config);
  ~SelfMetrics() override;

  void record_poll(std::size_t account, Collector collector, std::optional<Reason> reason) override;
  void record_request(std::size_t account, const Operation& operation) override;
  void record_duration(const Operation& operation, std::chrono::nanoseconds duration) override;
  void record_request_failure(std::size_t account, const Operation& operation,
                              Reason reason) override;

  // Text format 0.0.4, each family's series sorted by their labels.
  [[nodiscard]] std::string render(Histograms histograms) const;

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace cloud_billing
