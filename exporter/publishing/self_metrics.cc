#include "publishing/self_metrics.h"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "core/number_text.h"

namespace cloud_billing {
namespace {

using Counter = std::shared_ptr<prometheus::Counter>;
using Histogram = std::shared_ptr<prometheus::Histogram>;

// From a fast answer to the default timeout, in seconds.
Histogram make_duration_histogram() {
  return std::make_shared<prometheus::Histogram>(
      prometheus::Histogram::BucketBoundaries{0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30});
}

std::map<std::string_view, Counter> make_failures() {
  std::map<std::string_view, Counter> failures;
  for (const Reason reason : kAllReasons) {
    failures.emplace(reason_name(reason), std::make_shared<prometheus::Counter>());
  }
  return failures;
}

// As OpenMetrics wants it ("1.0"), in both formats, so that a series keeps its labels whatever a
// scraper asks for.
std::string write_bound(double bound) {
  std::string text;
  append_number(text, bound);
  if (text.find_first_not_of("-0123456789") == std::string::npos) text += ".0";
  return text;
}

}  // namespace

// Of all accounts together, by operation.
struct CountedTogether {
  struct OfOperation {
    std::map<std::string_view, Counter> failures = make_failures();  // by the reason's name
    Histogram durations = make_duration_histogram();
  };
  // Of the operations that some account's collectors need, in the order in which they are shown.
  std::vector<std::pair<const Operation*, OfOperation>> operations;

  [[nodiscard]] const OfOperation* find(const Operation& operation) const {
    for (const auto& [each, counted] : operations) {
      if (each == &operation) return &counted;
    }
    return nullptr;
  }
};

namespace {

std::shared_ptr<const CountedTogether> count_together(const ProviderTable& providers,
                                                      const Config& config,
                                                      const CountedTogether* before) {
  std::map<std::string_view, std::vector<const AccountConfig*>> accounts;  // by provider
  for (const AccountConfig& account : config.accounts) {
    accounts[account.provider->name].push_back(&account);
  }
  auto counted = std::make_shared<CountedTogether>();
  for (const auto& [provider, of_provider] : accounts) {
    for (const Operation& operation : providers.named(provider).operations()) {
      const bool is_sent =
          std::any_of(of_provider.begin(), of_provider.end(), [&](const AccountConfig* account) {
            return operation.is_sent_for(account->collectors, account->settings);
          });
      if (!is_sent) continue;
      const auto* known = before == nullptr ? nullptr : before->find(operation);
      counted->operations.emplace_back(&operation,
                                       known == nullptr ? CountedTogether::OfOperation() : *known);
    }
  }
  std::sort(counted->operations.begin(), counted->operations.end(),
            [](const auto& one, const auto& other) {
              return std::tie(one.first->label, one.first->provider) <
                     std::tie(other.first->label, other.first->provider);
            });
  return counted;
}

void write_failures_by_reason(FamilyWriter& family, const CountedTogether& counted) {
  for (const auto& [operation, of_operation] : counted.operations) {
    for (const auto& [reason, counter] : of_operation.failures) {
      const std::array labels{Label{"operation", operation->label},
                              Label{"provider", operation->provider}, Label{"reason", reason}};
      family.add({}, labels, counter->Value());
    }
  }
}

void write_durations(FamilyWriter& family, const CountedTogether& counted) {
  for (const auto& [operation, of_operation] : counted.operations) {
    std::string labels;
    append_label(labels, {"operation", operation->label});
    labels += ',';
    append_label(labels, {"provider", operation->provider});
    const auto values = of_operation.durations->Collect().histogram;
    for (const prometheus::ClientMetric::Bucket& bucket : values.bucket) {
      const std::string bound = write_bound(bucket.upper_bound);
      const std::array le{Label{"le", bound}};
      family.add_part("_bucket", labels, le, static_cast<double>(bucket.cumulative_count));
    }
    family.add_part("_sum", labels, {}, values.sample_sum);
    family.add_part("_count", labels, {}, static_cast<double>(values.sample_count));
  }
}

template <CountedAccounts::Counter kCounter>
void write_polls(FamilyWriter& family, const CountedAccounts& accounts, std::size_t place) {
  accounts.write_polls(family, place, kCounter);
}

template <CountedAccounts::Counter kCounter>
void write_requests(FamilyWriter& family, const CountedAccounts& accounts, std::size_t place) {
  accounts.write_requests(family, place, kCounter);
}

}  // namespace

std::span<const CounterRow> counter_table() {
  static const std::array<CounterRow, 6> table{{
      {{"cloud_billing_collector_polls_total",
        "Polls that ended, failed or not.",
        {kAccountLabels, "collector"},
        MetricType::kCounter},
       write_polls<&Count::all>},
      {{"cloud_billing_collector_failures_total",
        "Polls that failed.",
        {kAccountLabels, "collector"},
        MetricType::kCounter},
       write_polls<&Count::failures>},
      {{"cloud_billing_api_requests_total",
        "Requests to the cloud; every attempt counts.",
        {kAccountLabels, "operation"},
        MetricType::kCounter},
       write_requests<&Count::all>},
      {{"cloud_billing_api_failures_total",
        "Requests to the cloud that failed; every attempt counts.",
        {kAccountLabels, "operation"},
        MetricType::kCounter},
       write_requests<&Count::failures>},
      {{"cloud_billing_api_failures_by_reason_total",
        "Requests to the cloud that failed, of all accounts, by the reason; every attempt counts.",
        {"provider", "operation", "reason"},
        MetricType::kCounter},
       write_failures_by_reason},
      {{"cloud_billing_api_request_duration_seconds",
        "How long requests to the cloud took.",
        {"provider", "operation"},
        MetricType::kHistogram},
       write_durations},
  }};
  return table;
}

SelfMetrics::SelfMetrics(const ProviderTable& providers) : providers_(providers) {
  apply_config(Config());
}

SelfMetrics::~SelfMetrics() = default;

void SelfMetrics::apply_config(const Config& config) {
  Counted counted{std::make_shared<CountedAccounts>(providers_, config, counted_.accounts.get()),
                  count_together(providers_, config, counted_.together.get())};
  {
    const MutexLock lock(mutex_);
    counted_ = std::move(counted);
  }
  ++revision_;
}

void SelfMetrics::record_poll(std::size_t account, Collector collector,
                              std::optional<Reason> reason) {
  counted_.accounts->record_poll(account, collector, reason.has_value());
  ++revision_;
}

void SelfMetrics::record_request(std::size_t account, const Operation& operation) {
  counted_.accounts->record_request(account, operation);
  ++revision_;
}

void SelfMetrics::record_duration(const Operation& operation, std::chrono::nanoseconds duration) {
  counted_.together->find(operation)->durations->Observe(
      std::chrono::duration<double>(duration).count());
  ++revision_;
}

void SelfMetrics::record_request_failure(std::size_t account, const Operation& operation,
                                         Reason reason) {
  counted_.accounts->record_request_failure(account, operation);
  counted_.together->find(operation)->failures.at(reason_name(reason))->Increment();
  ++revision_;
}

SelfMetrics::Counted SelfMetrics::counted() const {
  const MutexLock lock(mutex_);
  return counted_;
}

}  // namespace cloud_billing
