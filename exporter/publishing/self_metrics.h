#pragma once

// Counters and histograms of the exporter's own work. prometheus-cpp, which is owned here, holds
// their values: each counter lives as long as what it counts, whatever labels show it. The poller's
// thread counts, any thread may render.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>

#include "config/config.h"
#include "exposition/metric_head.h"
#include "polling/poll_metrics.h"
#include "providers/provider_table.h"

namespace cloud_billing {

// The heads of all that is counted here, in the order in which they are served.
[[nodiscard]] std::span<const MetricHead> self_metric_heads();

enum class Histograms { kShown, kLeftOut };

class SelfMetrics final : public PollMetrics {
 public:
  // The operations of its clouds are what requests are counted by; it must outlive this.
  explicit SelfMetrics(const ProviderTable& providers);
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

  // Both formats, one after the other: what is counted in between is in the second only.
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

  const ProviderTable& providers_;
  std::atomic<std::uint64_t> revision_{0};
  mutable std::mutex mutex_;            // guards the pointer against families()
  std::shared_ptr<Families> families_;  // changed by the poller's thread
};

}  // namespace cloud_billing
