#pragma once

// Counters and histograms of the exporter's own work. What is counted of each account stands in
// CountedAccounts; prometheus-cpp, which is owned here, holds what is counted of all together. Each
// value lives as long as what it counts, whatever labels show it. The poller's thread counts, any
// thread may render.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <variant>

#include "config/config.h"
#include "exposition/family_writer.h"
#include "exposition/metric_head.h"
#include "polling/poll_metrics.h"
#include "providers/provider_table.h"
#include "publishing/counted_accounts.h"
#include "system/mutex.h"

namespace cloud_billing {

struct CountedTogether;

// A row of the table of these metrics: series of one account after the other, or of all together.
using WriteOfAccount = void (*)(FamilyWriter& family, const CountedAccounts& accounts,
                                std::size_t place);
using WriteTogether = void (*)(FamilyWriter& family, const CountedTogether& counted);

struct CounterRow {
  MetricHead head;
  std::variant<WriteOfAccount, WriteTogether> series;
};

[[nodiscard]] std::span<const CounterRow> counter_table();

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

  // What is counted now, for as long as it is held. A reload makes other objects.
  struct Counted {
    std::shared_ptr<CountedAccounts> accounts;
    std::shared_ptr<const CountedTogether> together;
  };
  [[nodiscard]] Counted counted() const;

  // Another number whenever anything was recorded: then it is worth rendering again.
  [[nodiscard]] std::uint64_t revision() const { return revision_; }

 private:
  const ProviderTable& providers_;
  std::atomic<std::uint64_t> revision_{0};
  mutable Mutex mutex_;
  Counted counted_;  // replaced by the poller's thread under the mutex, which others read it under
};

}  // namespace cloud_billing
