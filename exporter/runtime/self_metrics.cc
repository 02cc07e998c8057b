#include "runtime/self_metrics.h"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <map>
#include <vector>

#include "core/exposition.h"

namespace cloud_billing {
namespace {

using Labels = std::map<std::string, std::string>;
using ReasonCounters = std::map<Reason, prometheus::Counter*>;

struct Counted {
  prometheus::Counter* all = nullptr;
  ReasonCounters failures;
};

struct AccountCounters {
  std::map<Collector, Counted> polls;
  std::map<OperationId, Counted> requests;
};

Labels with(Labels labels, std::string_view name, std::string_view value) {
  labels.emplace(name, value);
  return labels;
}

Counted count(prometheus::Family<prometheus::Counter>& all,
              prometheus::Family<prometheus::Counter>& failures, const Labels& labels) {
  Counted counted;
  counted.all = &all.Add(labels);
  for (const Reason reason : kAllReasons) {
    counted.failures.emplace(reason, &failures.Add(with(labels, "reason", reason_name(reason))));
  }
  return counted;
}

// From a fast answer to the default timeout, in seconds.
prometheus::Histogram::BucketBoundaries duration_buckets() {
  return {0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
}

}  // namespace

struct SelfMetrics::Families {
  prometheus::Registry registry;
  std::vector<AccountCounters> accounts;
  std::map<OperationId, prometheus::Histogram*> durations;
};

SelfMetrics::SelfMetrics(const Config& config) : families_(std::make_unique<Families>()) {
  const auto counter = [this](const char* name, const char* help) -> auto& {
    return prometheus::BuildCounter().Name(name).Help(help).Register(families_->registry);
  };
  auto& polls = counter("cloud_billing_collector_polls_total", "Polls that ended, failed or not.");
  auto& poll_failures = counter("cloud_billing_collector_failures_total",
                                "Polls that failed, by the reason that failed them first.");
  auto& requests =
      counter("cloud_billing_api_requests_total", "Requests to the cloud; every attempt counts.");
  auto& request_failures = counter("cloud_billing_api_failures_total",
                                   "Requests to the cloud that failed; every attempt counts.");
  auto& durations = prometheus::BuildHistogram()
                        .Name("cloud_billing_api_request_duration_seconds")
                        .Help("How long requests to the cloud took.")
                        .Register(families_->registry);

  for (const AccountConfig& account : config.accounts) {
    Labels labels;
    for (const auto& [name, value] : account_labels(config, account)) labels.emplace(name, value);
    AccountCounters counters;
    for (const Collector collector : account.collectors) {
      counters.polls.emplace(
          collector,
          count(polls, poll_failures, with(labels, "collector", collector_name(collector))));
    }
    for (const Operation& operation : kOperations) {
      if (operation.provider != account.provider->name) continue;
      counters.requests.emplace(operation.id, count(requests, request_failures,
                                                    with(labels, "operation", operation.label)));
      if (families_->durations.contains(operation.id)) continue;
      families_->durations.emplace(operation.id,
                                   &durations.Add({{"provider", std::string(operation.provider)},
                                                   {"operation", std::string(operation.label)}},
                                                  duration_buckets()));
    }
    families_->accounts.push_back(std::move(counters));
  }
}

SelfMetrics::~SelfMetrics() = default;

void SelfMetrics::record_poll(std::size_t account, Collector collector,
                              std::optional<Reason> reason) {
  const Counted& counted = families_->accounts.at(account).polls.at(collector);
  counted.all->Increment();
  if (reason) counted.failures.at(*reason)->Increment();
}

void SelfMetrics::record_request(std::size_t account, const Operation& operation) {
  families_->accounts.at(account).requests.at(operation.id).all->Increment();
}

void SelfMetrics::record_duration(const Operation& operation, std::chrono::nanoseconds duration) {
  families_->durations.at(operation.id)->Observe(std::chrono::duration<double>(duration).count());
}

void SelfMetrics::record_request_failure(std::size_t account, const Operation& operation,
                                         Reason reason) {
  families_->accounts.at(account).requests.at(operation.id).failures.at(reason)->Increment();
}

std::string SelfMetrics::render(Histograms histograms) const {
  std::vector<prometheus::MetricFamily> families = families_->registry.Collect();
  if (histograms == Histograms::kLeftOut) {
    std::erase_if(families, [](const prometheus::MetricFamily& family) {
      return family.type == prometheus::MetricType::Histogram;
    });
  }
  // The registry's own order is that of hashes, and changes with the library.
  for (prometheus::MetricFamily& family : families) {
    std::sort(family.metric.begin(), family.metric.end(),
              [](const prometheus::ClientMetric& a, const prometheus::ClientMetric& b) {
                return a.label < b.label;
              });
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace cloud_billing
