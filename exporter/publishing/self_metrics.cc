#include "publishing/self_metrics.h"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "exposition/exposition.h"
#include "publishing/registry_text.h"

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

// From a fast response to the default timeout, in seconds.
prometheus::Histogram::BucketBoundaries duration_buckets() {
  return {0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
}

// What the series of an account count for, whatever its labels are.
using CountedAccount = std::pair<std::string_view, std::string>;  // provider, name

// Starts from the values of the one before, if there was one.
Counted count(prometheus::Family<prometheus::Counter>& all,
              prometheus::Family<prometheus::Counter>& failures, const Labels& labels,
              const Counted* before) {
  Counted counted;
  counted.all = &all.Add(labels);
  if (before != nullptr) counted.all->Increment(before->all->Value());
  for (const Reason reason : kAllReasons) {
    prometheus::Counter& failed = failures.Add(with(labels, "reason", reason_name(reason)));
    if (before != nullptr) failed.Increment(before->failures.at(reason)->Value());
    counted.failures.emplace(reason, &failed);
  }
  return counted;
}

template <typename Key>
const Counted* find_counted(const std::map<Key, Counted>& counted, Key key) {
  const auto found = counted.find(key);
  return found == counted.end() ? nullptr : &found->second;
}

void continue_from(prometheus::Histogram& histogram, const prometheus::Histogram& before) {
  const prometheus::ClientMetric::Histogram values = before.Collect().histogram;
  std::vector<double> increments;
  std::uint64_t below = 0;
  for (const prometheus::ClientMetric::Bucket& bucket : values.bucket) {
    increments.push_back(static_cast<double>(bucket.cumulative_count - below));
    below = bucket.cumulative_count;
  }
  histogram.ObserveMultiple(increments, values.sample_sum);
}

// The registry's own order is that of hashes, and changes with the library.
std::vector<prometheus::MetricFamily> collect_sorted(const prometheus::Registry& registry) {
  std::vector<prometheus::MetricFamily> families = registry.Collect();
  for (prometheus::MetricFamily& family : families) {
    std::sort(family.metric.begin(), family.metric.end(),
              [](const prometheus::ClientMetric& a, const prometheus::ClientMetric& b) {
                return a.label < b.label;
              });
  }
  return families;
}

}  // namespace

struct SelfMetrics::Families {
  Families() = default;
  Families(const Config& config, const Families& before);

  prometheus::Registry registry;
  std::vector<AccountCounters> accounts;  // in the configuration's order
  std::map<CountedAccount, std::size_t> places;
  std::map<OperationId, prometheus::Histogram*> durations;
};

SelfMetrics::Families::Families(const Config& config, const Families& before) {
  const auto counter = [this](const char* name, const char* help) -> auto& {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
  };
  auto& polls = counter("cloud_billing_collector_polls_total", "Polls that ended, failed or not.");
  auto& poll_failures = counter("cloud_billing_collector_failures_total",
                                "Polls that failed, by the reason that failed them first.");
  auto& requests =
      counter("cloud_billing_api_requests_total", "Requests to the cloud; every attempt counts.");
  auto& request_failures = counter("cloud_billing_api_failures_total",
                                   "Requests to the cloud that failed; every attempt counts.");
  auto& duration_family = prometheus::BuildHistogram()
                              .Name("cloud_billing_api_request_duration_seconds")
                              .Help("How long requests to the cloud took.")
                              .Register(registry);

  static const AccountCounters kNone;
  const StaticLabelNames names = static_label_names(config);
  for (const AccountConfig& account : config.accounts) {
    Labels labels;
    for (const auto& [name, value] : account_labels(names, account)) labels.emplace(name, value);
    const CountedAccount key(account.provider->name, account.name);
    const auto place = before.places.find(key);
    const AccountCounters& known =
        place == before.places.end() ? kNone : before.accounts[place->second];
    AccountCounters counters;
    for (const Collector collector : account.collectors) {
      counters.polls.emplace(collector, count(polls, poll_failures,
                                              with(labels, "collector", collector_name(collector)),
                                              find_counted(known.polls, collector)));
    }
    for (const Operation& operation : kOperations) {
      if (operation.provider != account.provider->name) continue;
      counters.requests.emplace(operation.id, count(requests, request_failures,
                                                    with(labels, "operation", operation.label),
                                                    find_counted(known.requests, operation.id)));
      if (durations.contains(operation.id)) continue;
      prometheus::Histogram& histogram =
          duration_family.Add({{"provider", std::string(operation.provider)},
                               {"operation", std::string(operation.label)}},
                              duration_buckets());
      durations.emplace(operation.id, &histogram);
      const auto measured = before.durations.find(operation.id);
      if (measured != before.durations.end()) continue_from(histogram, *measured->second);
    }
    places.emplace(key, accounts.size());
    accounts.push_back(std::move(counters));
  }
}

SelfMetrics::SelfMetrics() : families_(std::make_shared<Families>()) {}

SelfMetrics::~SelfMetrics() = default;

void SelfMetrics::apply_config(const Config& config) {
  auto families = std::make_shared<Families>(config, *families_);
  {
    const std::lock_guard lock(mutex_);
    families_ = std::move(families);
  }
  ++revision_;
}

void SelfMetrics::record_poll(std::size_t account, Collector collector,
                              std::optional<Reason> reason) {
  const Counted& counted = families_->accounts.at(account).polls.at(collector);
  counted.all->Increment();
  if (reason) counted.failures.at(*reason)->Increment();
  ++revision_;
}

void SelfMetrics::record_request(std::size_t account, const Operation& operation) {
  families_->accounts.at(account).requests.at(operation.id).all->Increment();
  ++revision_;
}

void SelfMetrics::record_duration(const Operation& operation, std::chrono::nanoseconds duration) {
  families_->durations.at(operation.id)->Observe(std::chrono::duration<double>(duration).count());
  ++revision_;
}

void SelfMetrics::record_request_failure(std::size_t account, const Operation& operation,
                                         Reason reason) {
  families_->accounts.at(account).requests.at(operation.id).failures.at(reason)->Increment();
  ++revision_;
}

std::shared_ptr<const SelfMetrics::Families> SelfMetrics::families() const {
  const std::lock_guard lock(mutex_);
  return families_;
}

std::string SelfMetrics::render(Histograms histograms) const {
  std::vector<prometheus::MetricFamily> collected = collect_sorted(families()->registry);
  if (histograms == Histograms::kLeftOut) {
    std::erase_if(collected, [](const prometheus::MetricFamily& family) {
      return family.type == prometheus::MetricType::Histogram;
    });
  }
  return write_families(collected, ExpositionFormat::kText);
}

SelfMetrics::Texts SelfMetrics::render_formats() const {
  const std::vector<prometheus::MetricFamily> collected = collect_sorted(families()->registry);
  return {write_families(collected, ExpositionFormat::kText),
          write_families(collected, ExpositionFormat::kOpenMetrics)};
}

}  // namespace cloud_billing
