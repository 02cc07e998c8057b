#pragma once

// A poller with everything around it: its configuration, a simulated cloud that answers as the fake
// provider reads, and what it shows and reports.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "polling/poller.h"
#include "tests/polling/fake_provider.h"
#include "tests/polling/simulated_cloud.h"

namespace cloud_billing {

constexpr UtcSeconds utc(int year, unsigned month, unsigned day,
                         std::chrono::hours at = std::chrono::hours(0)) {
  return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) /
                               std::chrono::day(day)) +
         at;
}

// Noon in China.
constexpr UtcSeconds kStart = utc(2026, 11, 15, std::chrono::hours(4));

inline const BillingMonth kNovember = kChinaTime.month_at(kStart);
inline const BillingMonth kOctober = kNovember.previous();

inline HttpResponse response_of(std::string body) { return HttpResponse{200, {}, std::move(body)}; }

inline HttpResponse refusal(int status, const std::string& code, std::vector<Header> headers = {}) {
  return HttpResponse{status, std::move(headers), "error " + code + "\nrequest r-1\n"};
}

// One page of a listing of `total` rows, which cost 1 each.
inline std::string bill_page(const SimulatedCall& call, int total, const std::string& owner) {
  const int page = std::stoi(call.parameter("page"));
  const int size = std::stoi(call.parameter("size"));
  std::string body = "owner " + owner + "\npage " + std::to_string(page) + "\nsize " +
                     std::to_string(size) + "\ntotal " + std::to_string(total) + "\n";
  for (int row = (page - 1) * size; row < std::min(total, page * size); ++row) {
    body += "row i-" + std::to_string(row) + " vm north 1 2\n";
  }
  return body;
}

inline bool is_of_a_day(const SimulatedCall& call) { return !call.parameter("day").empty(); }

// Counts what the poller reports.
class CountedRecords final : public PollMetrics {
 public:
  struct Poll {
    std::size_t account = 0;
    Collector collector = Collector::kBalance;
    std::optional<Reason> reason;
    friend bool operator==(const Poll&, const Poll&) = default;
    friend std::ostream& operator<<(std::ostream& out, const Poll& poll) {
      return out << "account " << poll.account << ' ' << collector_name(poll.collector) << ' '
                 << (poll.reason ? reason_name(*poll.reason) : "succeeded");
    }
  };

  void apply_config(const Config&) override {}
  void record_poll(std::size_t account, Collector collector,
                   std::optional<Reason> reason) override {
    polls.push_back(Poll{account, collector, reason});
  }
  void record_request(std::size_t, const Operation&) override { ++requests; }
  void record_duration(const Operation&, std::chrono::nanoseconds) override { ++durations; }
  void record_request_failure(std::size_t, const Operation&, Reason reason) override {
    ++failures[reason];
  }

  std::vector<Poll> polls;
  std::size_t requests = 0;
  std::size_t durations = 0;
  std::map<Reason, int> failures;
};

inline std::shared_ptr<const Config> read_config(const std::string& text,
                                                 const ProviderTable& providers) {
  auto config = parse_config(
      text, "config.yml", [](std::string_view) { return std::nullopt; }, providers.facts());
  if (!config) {
    ADD_FAILURE() << config.error().front().message;
    return nullptr;
  }
  return std::make_shared<const Config>(std::move(config).value());
}

// An account of the configuration; `more` is in YAML's flow style.
inline std::string account(const std::string& name, const std::string& key,
                           const std::string& collectors, const std::string& more = "",
                           const std::string& provider = "fake") {
  return "  - {name: " + name + ", provider: " + provider + ", access_key_id: " + key +
         ", secret_access_key: secret, collectors: [" + collectors + "]" +
         (more.empty() ? "" : ", " + more) + "}\n";
}

// So many accounts a0, a1, ... with keys of their own.
inline std::string accounts_of(int count, const std::string& collectors) {
  std::string accounts = "accounts:\n";
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    accounts += account("a" + number, "ak-" + number, collectors);
  }
  return accounts;
}

inline AccountSecrets key_named(const std::string& access_key_id) {
  return Credentials{access_key_id, "secret", ""};
}

// Everything around one poller.
class World final : public ViewSink {
 public:
  // `providers` are those that the configuration can name.
  explicit World(const std::string& config_text, UtcSeconds start = kStart,
                 const ProviderTable& providers = fake_providers())
      : config(read_config(config_text, providers)),
        cloud(start, [this](const SimulatedCall& call) { return respond(call); }),
        secrets(secrets_of(*config)),
        providers_(providers) {}

  Poller& poller(const Schedule& schedule = recurring_schedule()) {
    if (!poller_) {
      poller_ = std::make_unique<Poller>(providers_, config, secrets, schedule, cloud, cloud,
                                         records, *this, 42);
    }
    return *poller_;
  }

  void show(std::size_t index, std::shared_ptr<const AccountView> view) override {
    views.at(index) = std::move(view);
  }
  void show_config(std::shared_ptr<const Config> shown,
                   std::vector<std::shared_ptr<const AccountView>> its_views) override {
    config = std::move(shown);
    views = std::move(its_views);
  }

  // A reload at this time after the start.
  void reload_at(std::chrono::milliseconds at, const std::string& config_text) {
    cloud.schedule(at, [this, config_text] {
      const auto reloaded = read_config(config_text, providers_);
      poller().mailbox().post_config({reloaded, secrets_of(*reloaded)});
    });
  }

  // At this time after the start a web worker orders polls, of all accounts or of the one of that
  // name, and waits for the outcome.
  void order_polls_at(std::chrono::milliseconds at, const std::optional<std::string>& name) {
    cloud.schedule(at, [this, name] {
      web_workers_.emplace_back(
          [this, name] { (void)poller().mailbox().order_polls(name, std::chrono::hours(1)); });
      cloud.wait_until_woken();
    });
  }

  // Once for each world.
  void run_for(std::chrono::milliseconds duration) {
    poller();
    cloud.schedule(duration, [this] { poller().mailbox().request_stop(); });
    poller().run();
  }

  // Polls every collector once; true if all succeeded.
  bool run_once() { return poller(one_time_schedule()).run(); }

  const CollectorStatus& status(std::size_t index, Collector collector) const {
    for (const CollectorStatus& status : views.at(index)->collectors) {
      if (status.collector == collector) return status;
    }
    throw std::out_of_range("no such collector");
  }
  // Seconds after the start.
  std::optional<std::chrono::seconds> last_success(std::size_t index, Collector collector) const {
    const auto at = status(index, collector).last_success;
    return at ? std::optional<std::chrono::seconds>(*at - kStart) : std::nullopt;
  }
  std::vector<BillingMonth> months(std::size_t index) const {
    std::vector<BillingMonth> months;
    for (const auto& [month, costs] : views.at(index)->results.months) months.push_back(month);
    return months;
  }

  // The cloud's books. `trouble` is asked first.
  // By month or day and billing mode: "2026-11 postpaid", "2026-11-14 postpaid".
  std::map<std::string, int> rows;
  std::map<std::string, int> shares;            // of the amortised bill
  std::map<std::string, std::string> products;  // rows of a closed month, by month
  std::string coupons;                          // rows
  std::string packages;
  std::string budgets;
  std::string expiring;
  std::map<std::string, std::string> account_of;  // by access key; "account-1" if none
  std::chrono::milliseconds latency{20};
  std::function<std::optional<SimulatedReply>(const SimulatedCall&)> trouble;

  std::shared_ptr<const Config> config;  // the one that is shown
  SimulatedCloud cloud;
  std::vector<AccountSecrets> secrets;
  std::vector<std::shared_ptr<const AccountView>> views;
  CountedRecords records;

 private:
  static std::vector<AccountSecrets> secrets_of(const Config& config) {
    std::vector<AccountSecrets> secrets;
    for (const AccountConfig& entry : config.accounts) {
      secrets.push_back(key_named(entry.access_key_id.text));
    }
    return secrets;
  }

  SimulatedReply respond(const SimulatedCall& call) {
    if (trouble) {
      if (auto reply = trouble(call)) return *std::move(reply);
    }
    const auto found = account_of.find(call.access_key_id);
    const std::string owner = found == account_of.end() ? "account-1" : found->second;
    if (call.operation == "balance") {
      return {response_of("owner " + owner + "\ncash 850.5\n"), latency};
    }
    if (call.operation == "credit") return {refusal(403, "AccessDenied"), latency};
    if (call.operation == "total") return {response_of("cost 0\n"), latency};
    if (call.operation == "orders") return {response_of("orders 0\n"), latency};
    if (call.operation == "coupons") return {response_of("coupons\n" + coupons), latency};
    if (call.operation == "packages") return {response_of("packages\n" + packages), latency};
    if (call.operation == "budgets") return {response_of("budgets\n" + budgets), latency};
    if (call.operation == "expiring") return {response_of("expiring\n" + expiring), latency};
    if (call.operation == "products") {
      return {response_of("owner " + owner + "\n" + products[call.parameter("month")]), latency};
    }
    const std::string period = call.parameter(is_of_a_day(call) ? "day" : "month");
    const auto& books = call.operation == "shares" ? shares : rows;
    const auto size = books.find(period + " " + call.parameter("mode"));
    return {response_of(bill_page(call, size == books.end() ? 0 : size->second, owner)), latency};
  }

  const ProviderTable& providers_;
  std::unique_ptr<Poller> poller_;
  std::vector<std::jthread> web_workers_;
};

// Since the start; of one access key, or of all.
inline std::vector<std::chrono::milliseconds> times_of(const std::vector<SimulatedCall>& calls,
                                                       const std::string& key = "") {
  std::vector<std::chrono::milliseconds> times;
  for (const SimulatedCall& call : calls) {
    if (key.empty() || call.access_key_id == key) times.push_back(call.at);
  }
  return times;
}

inline std::vector<std::chrono::milliseconds> gaps_of(const std::vector<SimulatedCall>& calls) {
  std::vector<std::chrono::milliseconds> gaps;
  for (std::size_t i = 1; i < calls.size(); ++i) gaps.push_back(calls[i].at - calls[i - 1].at);
  return gaps;
}

// At or up to 5 % after.
inline auto about(std::chrono::milliseconds time) {
  return testing::AllOf(testing::Ge(time),
                        testing::Le(time + time / 20 + std::chrono::milliseconds(1)));
}

inline SimulatedReply refuse(int status, const std::string& code) {
  return SimulatedReply{refusal(status, code), std::chrono::milliseconds(20)};
}

}  // namespace cloud_billing
