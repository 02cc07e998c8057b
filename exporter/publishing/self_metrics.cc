#include "publishing/self_metrics.h"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>

#include <array>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "core/number_text.h"
#include "exposition/exposition.h"
#include "exposition/family_writer.h"

namespace cloud_billing {
namespace {

enum Head { kPolls, kPollFailures, kRequests, kRequestFailures, kFailuresByReason, kDurations };

const std::array<MetricHead, 6>& heads() {
  static const std::array<MetricHead, 6> heads{{
      {"cloud_billing_collector_polls_total",
       "Polls that ended, failed or not.",
       {kAccountLabels, "collector"},
       MetricType::kCounter},
      {"cloud_billing_collector_failures_total",
       "Polls that failed.",
       {kAccountLabels, "collector"},
       MetricType::kCounter},
      {"cloud_billing_api_requests_total",
       "Requests to the cloud; every attempt counts.",
       {kAccountLabels, "operation"},
       MetricType::kCounter},
      {"cloud_billing_api_failures_total",
       "Requests to the cloud that failed; every attempt counts.",
       {kAccountLabels, "operation"},
       MetricType::kCounter},
      {"cloud_billing_api_failures_by_reason_total",
       "Requests to the cloud that failed, of all accounts, by the reason; every attempt counts.",
       {"provider", "operation", "reason"},
       MetricType::kCounter},
      {"cloud_billing_api_request_duration_seconds",
       "How long requests to the cloud took.",
       {"provider", "operation"},
       MetricType::kHistogram},
  }};
  return heads;
}

using Counter = std::shared_ptr<prometheus::Counter>;
using Histogram = std::shared_ptr<prometheus::Histogram>;
using Labels = std::map<std::string, std::string>;

// The series of one family, in the order in which they are written.
template <typename Value>
using Series = std::map<Labels, Value>;

struct Counted {
  Counter all;
  Counter failures;
};

using FailuresByReason = std::map<Reason, Counter>;

struct AccountCounters {
  std::map<Collector, Counted> polls;
  std::map<const Operation*, Counted> requests;
};

// What the series of an account count for, whatever its labels are.
using CountedAccount = std::pair<std::string_view, std::string>;  // provider, name

Labels with(Labels labels, std::string_view name, std::string_view value) {
  labels.emplace(name, value);
  return labels;
}

// From a fast answer to the default timeout, in seconds.
Histogram make_duration_histogram() {
  return std::make_shared<prometheus::Histogram>(
      prometheus::Histogram::BucketBoundaries{0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30});
}

// Goes on with the value that was counted before, if there was one.
template <typename Key, typename Value, typename Make>
Value keep_or_make(const std::map<Key, Value>& before, const Key& key, Make make) {
  const auto found = before.find(key);
  return found == before.end() ? make() : found->second;
}

Counted make_counted() {
  return {std::make_shared<prometheus::Counter>(), std::make_shared<prometheus::Counter>()};
}

FailuresByReason make_failures() {
  FailuresByReason failures;
  for (const Reason reason : kAllReasons) {
    failures.emplace(reason, std::make_shared<prometheus::Counter>());
  }
  return failures;
}

std::string write_labels(const Labels& labels) {
  std::string text;
  for (const auto& [name, value] : labels) {
    if (!text.empty()) text += ',';
    append_label(text, {name, value});
  }
  return text;
}

// As OpenMetrics wants it ("1.0"), in both formats, so that a series keeps its labels whatever a
// scraper asks for.
std::string write_bound(double bound) {
  std::string text;
  append_number(text, bound);
  if (text.find_first_not_of("-0123456789") == std::string::npos) text += ".0";
  return text;
}

void write_counters(std::string& out, Head head, const Series<Counter>& series,
                    ExpositionFormat format) {
  FamilyWriter family(out, heads()[head], format);
  for (const auto& [labels, counter] : series) {
    family.add(write_labels(labels), {}, counter->Value());
  }
}

void write_histograms(std::string& out, const Series<Histogram>& series, ExpositionFormat format) {
  FamilyWriter family(out, heads()[kDurations], format);
  for (const auto& [labels, histogram] : series) {
    const std::string prefix = write_labels(labels);
    const prometheus::ClientMetric::Histogram values = histogram->Collect().histogram;
    for (const prometheus::ClientMetric::Bucket& bucket : values.bucket) {
      const std::string bound = write_bound(bucket.upper_bound);
      const std::array le{Label{"le", bound}};
      family.add_part("_bucket", prefix, le, static_cast<double>(bucket.cumulative_count));
    }
    family.add_part("_sum", prefix, {}, values.sample_sum);
    family.add_part("_count", prefix, {}, static_cast<double>(values.sample_count));
  }
}

}  // namespace

struct SelfMetrics::Families {
  Families() = default;
  Families(const ProviderTable& providers, const Config& config, const Families& before);
  void add_account(const Provider& provider, const AccountConfig& account, const Labels& labels,
                   const Families& before);
  void add_operation(const Operation& operation, const Families& before);
  void write_counters(std::string& out, ExpositionFormat format) const;

  // What is counted.
  std::vector<AccountCounters> accounts;  // in the configuration's order
  std::map<CountedAccount, std::size_t> places;
  std::map<const Operation*, FailuresByReason> failures;  // of all accounts
  std::map<const Operation*, Histogram> durations;

  // The same counters and histograms, as they are shown.
  Series<Counter> polls;
  Series<Counter> poll_failures;
  Series<Counter> requests;
  Series<Counter> request_failures;
  Series<Counter> failures_by_reason;
  Series<Histogram> request_durations;
};

SelfMetrics::Families::Families(const ProviderTable& providers, const Config& config,
                                const Families& before) {
  const StaticLabelNames names = static_label_names(config);
  for (const AccountConfig& account : config.accounts) {
    Labels labels;
    for (const auto& [name, value] : account_labels(names, account)) labels.emplace(name, value);
    add_account(providers.named(account.provider->name), account, labels, before);
  }
}

void SelfMetrics::Families::add_account(const Provider& provider, const AccountConfig& account,
                                        const Labels& labels, const Families& before) {
  static const AccountCounters kNone;
  const CountedAccount key(account.provider->name, account.name);
  const auto place = before.places.find(key);
  const AccountCounters& known =
      place == before.places.end() ? kNone : before.accounts[place->second];
  AccountCounters counters;
  for (const Collector collector : account.collectors) {
    const Counted counted = keep_or_make(known.polls, collector, make_counted);
    const Labels shown = with(labels, "collector", collector_name(collector));
    polls.emplace(shown, counted.all);
    poll_failures.emplace(shown, counted.failures);
    counters.polls.emplace(collector, counted);
  }
  for (const Operation& operation : provider.operations()) {
    if (!operation.serves_any(account.collectors)) continue;
    const Counted counted = keep_or_make(known.requests, &operation, make_counted);
    const Labels shown = with(labels, "operation", operation.label);
    requests.emplace(shown, counted.all);
    request_failures.emplace(shown, counted.failures);
    counters.requests.emplace(&operation, counted);
    add_operation(operation, before);
  }
  places.emplace(key, accounts.size());
  accounts.push_back(std::move(counters));
}

void SelfMetrics::Families::add_operation(const Operation& operation, const Families& before) {
  if (durations.contains(&operation)) return;
  const Labels labels{{"provider", std::string(operation.provider)},
                      {"operation", std::string(operation.label)}};
  Histogram measured = keep_or_make(before.durations, &operation, make_duration_histogram);
  request_durations.emplace(labels, measured);
  durations.emplace(&operation, std::move(measured));
  FailuresByReason counted = keep_or_make(before.failures, &operation, make_failures);
  for (const auto& [reason, counter] : counted) {
    failures_by_reason.emplace(with(labels, "reason", reason_name(reason)), counter);
  }
  failures.emplace(&operation, std::move(counted));
}

void SelfMetrics::Families::write_counters(std::string& out, ExpositionFormat format) const {
  cloud_billing::write_counters(out, kPolls, polls, format);
  cloud_billing::write_counters(out, kPollFailures, poll_failures, format);
  cloud_billing::write_counters(out, kRequests, requests, format);
  cloud_billing::write_counters(out, kRequestFailures, request_failures, format);
  cloud_billing::write_counters(out, kFailuresByReason, failures_by_reason, format);
}

std::span<const MetricHead> self_metric_heads() { return heads(); }

SelfMetrics::SelfMetrics(const ProviderTable& providers)
    : providers_(providers), families_(std::make_shared<Families>()) {}

SelfMetrics::~SelfMetrics() = default;

void SelfMetrics::apply_config(const Config& config) {
  auto families = std::make_shared<Families>(providers_, config, *families_);
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
  if (reason) counted.failures->Increment();
  ++revision_;
}

void SelfMetrics::record_request(std::size_t account, const Operation& operation) {
  families_->accounts.at(account).requests.at(&operation).all->Increment();
  ++revision_;
}

void SelfMetrics::record_duration(const Operation& operation, std::chrono::nanoseconds duration) {
  families_->durations.at(&operation)->Observe(std::chrono::duration<double>(duration).count());
  ++revision_;
}

void SelfMetrics::record_request_failure(std::size_t account, const Operation& operation,
                                         Reason reason) {
  families_->accounts.at(account).requests.at(&operation).failures->Increment();
  families_->failures.at(&operation).at(reason)->Increment();
  ++revision_;
}

std::shared_ptr<const SelfMetrics::Families> SelfMetrics::families() const {
  const std::lock_guard lock(mutex_);
  return families_;
}

std::string SelfMetrics::render(Histograms histograms) const {
  const std::shared_ptr<const Families> shown = families();
  std::string text;
  shown->write_counters(text, ExpositionFormat::kText);
  if (histograms == Histograms::kShown) {
    write_histograms(text, shown->request_durations, ExpositionFormat::kText);
  }
  return text;
}

SelfMetrics::Texts SelfMetrics::render_formats() const {
  const std::shared_ptr<const Families> shown = families();
  Texts texts;
  shown->write_counters(texts.text, ExpositionFormat::kText);
  shown->write_counters(texts.open_metrics, ExpositionFormat::kOpenMetrics);
  write_histograms(texts.text, shown->request_durations, ExpositionFormat::kText);
  write_histograms(texts.open_metrics, shown->request_durations, ExpositionFormat::kOpenMetrics);
  return texts;
}

}  // namespace cloud_billing
