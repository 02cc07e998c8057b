#pragma once

// Counters and histograms of the exporter's own work, in a prometheus-cpp registry; owner of
// prometheus-cpp. Records come from the poller's thread, render() may be called from any thread.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "config/config.h"
#include "polling/poll_metrics.h"

namespace cloud_billing {

enum class Histograms { kShown, kLeftOut };

class SelfMetrics final : public PollMetrics {
 public:
  SelfMetrics();
  ~SelfMetrics() override;

  // Every series of every account exists from now on, at 0 if it is new. Accounts of the same
  // name and provider go on counting, under their labels of now; the series of others are gone.
  void apply_config(const Config& config) override;
  void record_poll(std::size_t account, Collector collector, std::optional<Reason> reason) override;
  void record_request(std::size_t account, const Operation& operation) override;
  void record_duration(const Operation& operation, std::chrono::nanoseconds duration) override;
  void record_request_failure(std::size_t account, const Operation& operation,
                              Reason reason) override;

  // Text format 0.0.4, each family's series sorted by their labels.
  [[nodiscard]] std::string render(Histograms histograms) const;

  // The same values in both formats.
  struct Texts {
    std::string text;
    std::string open_metrics;
  };
  [[nodiscard]] Texts render_formats() const;

  // Another number whenever anything was recorded: then it is worth rendering again.
  [[nodiscard]] std::uint64_t revision() const { return revision_; }

 private:
  struct Families;
  [[nodiscard]] std::shared_ptr<const Families> families() const;

  std::atomic<std::uint64_t> revision_{0};
  mutable std::mutex mutex_;            // guards the pointer against families()
  std::shared_ptr<Families> families_;  // changed by the poller's thread
};

}  // namespace cloud_billing
