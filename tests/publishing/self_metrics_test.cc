#include "publishing/self_metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/providers.h"
#include "baidu/operations.h"
#include "publishing/counter_exposition.h"
#include "tests/exposition_text.h"

namespace cloud_billing {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr const char* kReasons[] = {"auth",   "decode",    "inconsistent", "permission", "request",
                                    "server", "throttled", "timeout",      "transport"};

Config read(const std::string& text) {
  auto config = parse_config(
      text, "config.yml", [](std::string_view) { return std::nullopt; }, all_providers().facts());
  if (!config) throw std::logic_error(config.error().front().message);
  return std::move(config).value();
}

Config config() {
  return read(
      "accounts:\n"
      "  - {name: b, provider: baidu, access_key_id: k, secret_access_key: s}\n"
      "  - {name: a, provider: baidu, access_key_id: k, secret_access_key: s,\n"
      "     collectors: [balance], labels: {team: infra}}\n");
}

std::vector<std::string> lines_with(const std::string& text, const std::string& begin) {
  std::vector<std::string> lines = lines_of(text);
  std::erase_if(lines, [&begin](const std::string& line) { return !line.starts_with(begin); });
  return lines;
}

std::string rendered(const SelfMetrics& metrics,
                     ExpositionFormat format = ExpositionFormat::kText) {
  CounterExposition exposition(metrics);
  exposition.update();
  return text_of(exposition.share(), format);
}

const Operation& cash_balance() { return baidu::kCashBalance; }

TEST(SelfMetrics, EveryAccountHasItsFailuresAtZeroFromTheStart) {
  SelfMetrics metrics{all_providers()};
  metrics.apply_config(config());
  const std::string text = rendered(metrics);
  EXPECT_THAT(
      lines_with(text, "cloud_billing_collector_failures_total"),
      ElementsAre(
          R"(cloud_billing_collector_failures_total{account="a",collector="balance",provider="baidu",team="infra"} 0)",
          R"(cloud_billing_collector_failures_total{account="b",collector="balance",provider="baidu",team=""} 0)",
          R"(cloud_billing_collector_failures_total{account="b",collector="bills",provider="baidu",team=""} 0)"));
  // What account a's only collector asks: a bill tells the id by which the credit quota is asked.
  EXPECT_THAT(
      lines_with(text, R"(cloud_billing_api_failures_total{account="a")"),
      ElementsAre(
          R"(cloud_billing_api_failures_total{account="a",operation="cash_balance",provider="baidu",team="infra"} 0)",
          R"(cloud_billing_api_failures_total{account="a",operation="credit_quota",provider="baidu",team="infra"} 0)",
          R"(cloud_billing_api_failures_total{account="a",operation="resource_month_bill",provider="baidu",team="infra"} 0)"));
  EXPECT_THAT(
      lines_with(text, "cloud_billing_collector_polls_total"),
      ElementsAre(
          R"(cloud_billing_collector_polls_total{account="a",collector="balance",provider="baidu",team="infra"} 0)",
          R"(cloud_billing_collector_polls_total{account="b",collector="balance",provider="baidu",team=""} 0)",
          R"(cloud_billing_collector_polls_total{account="b",collector="bills",provider="baidu",team=""} 0)"));
}

TEST(SelfMetrics, WhatIsAskedForSubAccountsIsCountedOfAccountsThatHaveSome) {
  SelfMetrics metrics{all_providers()};
  metrics.apply_config(
      read("accounts:\n"
           "  - {name: a, provider: baidu, access_key_id: k, secret_access_key: s}\n"
           "  - {name: b, provider: baidu, access_key_id: k2, secret_access_key: s,\n"
           "     sub_accounts: ['1f3e5d7c9b1a4e2d8c6b0a9f8e7d6c5b']}\n"));
  const std::string text = rendered(metrics);
  EXPECT_THAT(
      text,
      HasSubstr(R"(cloud_billing_api_requests_total{account="b",operation="supervisor_balance")"));
  EXPECT_THAT(text, Not(HasSubstr(R"({account="a",operation="supervisor_balance")")));
  EXPECT_THAT(text, HasSubstr(R"(by_reason_total{operation="supervisor_balance")"));
  metrics.apply_config(config());  // none has any
  EXPECT_THAT(rendered(metrics), Not(HasSubstr("supervisor_balance")));
}

TEST(SelfMetrics, TheReasonsOfAllAccountsAreThereAtZeroForWhatTheirCollectorsAsk) {
  SelfMetrics metrics{all_providers()};
  metrics.apply_config(config());
  std::vector<std::string> expected;
  for (const std::string operation :
       {"cash_balance", "credit_quota", "month_summary", "resource_month_bill"}) {
    for (const std::string reason : kReasons) {
      std::string line = R"(cloud_billing_api_failures_by_reason_total{operation=")";
      line += operation + R"(",provider="baidu",reason=")" + reason + "\"} 0";
      expected.push_back(line);
    }
  }
  EXPECT_THAT(lines_with(rendered(metrics), "cloud_billing_api_failures_by_reason_total"),
              ElementsAreArray(expected));
}

TEST(SelfMetrics, TheReasonsOfAllAccountsAreAddedUpAndGoOnAtAReload) {
  SelfMetrics metrics{all_providers()};
  metrics.apply_config(config());
  metrics.record_request_failure(0, cash_balance(), Reason::kServer);
  metrics.record_request_failure(1, cash_balance(), Reason::kServer);
  metrics.apply_config(
      read("accounts: [{name: a, provider: baidu, access_key_id: k, secret_access_key: s}]\n"));
  metrics.record_request_failure(0, cash_balance(), Reason::kServer);
  metrics.record_request_failure(0, cash_balance(), Reason::kTimeout);
  const std::string text = rendered(metrics);
  const std::string family = "cloud_billing_api_failures_by_reason_total";
  const std::string labels = R"({operation="cash_balance",provider="baidu",reason=)";
  EXPECT_THAT(lines_of(text), Contains(family + labels + "\"server\"} 3"));
  EXPECT_THAT(lines_of(text), Contains(family + labels + "\"timeout\"} 1"));
}

TEST(SelfMetrics, CountsPollsAndThoseThatFailed) {
  SelfMetrics metrics{all_providers()};
  metrics.apply_config(config());
  metrics.record_poll(1, Collector::kBalance, std::nullopt);
  metrics.record_poll(1, Collector::kBalance, Reason::kTimeout);
  metrics.record_poll(1, Collector::kBalance, Reason::kTimeout);
  const std::string text = rendered(metrics);
  EXPECT_EQ("\n" + family_of(text, "cloud_billing_collector_polls_total"), R"(
# HELP cloud_billing_collector_polls_total Polls that ended, failed or not.
# TYPE cloud_billing_collector_polls_total counter
cloud_billing_collector_polls_total{account="a",collector="balance",provider="baidu",team="infra"} 3
cloud_billing_collector_polls_total{account="b",collector="balance",provider="baidu",team=""} 0
cloud_billing_collector_polls_total{account="b",collector="bills",provider="baidu",team=""} 0
)");
  EXPECT_THAT(
      lines_of(text),
      Contains(
          R"(cloud_billing_collector_failures_total{account="a",collector="balance",provider="baidu",team="infra"} 2)"));
}

TEST(SelfMetrics, CountsRequestsTheirFailuresAndHowLongTheyTook) {
  SelfMetrics metrics{all_providers()};
  metrics.apply_config(config());
  for (int i = 0; i < 3; ++i) metrics.record_request(1, cash_balance());
  metrics.record_request(0, cash_balance());
  metrics.record_request_failure(1, cash_balance(), Reason::kServer);
  metrics.record_duration(cash_balance(), std::chrono::milliseconds(40));
  metrics.record_duration(cash_balance(), std::chrono::milliseconds(700));
  const std::string text = rendered(metrics);
  EXPECT_THAT(
      lines_of(text),
      Contains(
          R"(cloud_billing_api_requests_total{account="a",operation="cash_balance",provider="baidu",team="infra"} 3)"));
  EXPECT_THAT(
      lines_of(text),
      Contains(
          R"(cloud_billing_api_requests_total{account="b",operation="cash_balance",provider="baidu",team=""} 1)"));
  EXPECT_THAT(
      lines_of(text),
      Contains(
          R"(cloud_billing_api_failures_total{account="a",operation="cash_balance",provider="baidu",team="infra"} 1)"));
  const std::string histogram =
      R"(cloud_billing_api_request_duration_seconds_bucket{operation="cash_balance",provider="baidu",le=)";
  EXPECT_THAT(text, HasSubstr(histogram + "\"0.025\"} 0\n"));
  EXPECT_THAT(text, HasSubstr(histogram + "\"0.05\"} 1\n"));
  EXPECT_THAT(text, HasSubstr(histogram + "\"1.0\"} 2\n"));
  EXPECT_THAT(text, HasSubstr(histogram + "\"+Inf\"} 2\n"));
}

TEST(SelfMetrics, LeavesHistogramsOutOfWhatIsPolledOnce) {
  SelfMetrics metrics{all_providers()};
  metrics.apply_config(config());
  EXPECT_THAT(rendered(metrics), HasSubstr("duration_seconds_bucket"));
  EXPECT_THAT(render_counters(metrics), Not(HasSubstr("duration_seconds")));
  EXPECT_THAT(render_counters(metrics), HasSubstr("api_requests_total"));
}

// Lines of a text that are not heads.
std::vector<std::string> series_of(const std::string& text) {
  std::vector<std::string> series = lines_of(text);
  std::erase_if(series, [](const std::string& line) { return line.starts_with('#'); });
  return series;
}

TEST(SelfMetrics, OpenMetricsHasTheSameSeriesUnderFamiliesWithoutSuffix) {
  SelfMetrics metrics{all_providers()};
  metrics.apply_config(config());
  metrics.record_poll(1, Collector::kBalance, Reason::kTimeout);
  metrics.record_duration(cash_balance(), std::chrono::milliseconds(40));
  const std::string text = rendered(metrics);
  const std::string open_metrics = rendered(metrics, ExpositionFormat::kOpenMetrics);
  EXPECT_EQ(series_of(open_metrics), series_of(text));
  EXPECT_THAT(lines_with(open_metrics, "# TYPE "),
              ElementsAre("# TYPE cloud_billing_collector_polls counter",
                          "# TYPE cloud_billing_collector_failures counter",
                          "# TYPE cloud_billing_api_requests counter",
                          "# TYPE cloud_billing_api_failures counter",
                          "# TYPE cloud_billing_api_failures_by_reason counter",
                          "# TYPE cloud_billing_api_request_duration_seconds histogram"));
  EXPECT_THAT(lines_with(text, "# TYPE "),
              ElementsAre("# TYPE cloud_billing_collector_polls_total counter",
                          "# TYPE cloud_billing_collector_failures_total counter",
                          "# TYPE cloud_billing_api_requests_total counter",
                          "# TYPE cloud_billing_api_failures_total counter",
                          "# TYPE cloud_billing_api_failures_by_reason_total counter",
                          "# TYPE cloud_billing_api_request_duration_seconds histogram"));
  EXPECT_THAT(lines_with(open_metrics, "# HELP cloud_billing_api_requests "), SizeIs(1));
}

TEST(SelfMetrics, EscapesLabelValues) {
  SelfMetrics metrics{all_providers()};
  metrics.apply_config(
      read("accounts: [{name: 'a \"b\" \\ 云', provider: baidu, access_key_id: k, "
           "secret_access_key: s}]\n"));
  EXPECT_THAT(lines_with(rendered(metrics), "cloud_billing_collector_polls_total"),
              Contains("cloud_billing_collector_polls_total{account=\"a \\\"b\\\" \\\\ 云\","
                       "collector=\"bills\",provider=\"baidu\"} 0"));
}

TEST(SelfMetrics, SayWhenThereIsSomethingNewToRender) {
  SelfMetrics metrics{all_providers()};
  std::uint64_t known = metrics.revision();
  const auto changed = [&] { return std::exchange(known, metrics.revision()) != known; };
  metrics.apply_config(config());
  EXPECT_TRUE(changed());
  (void)rendered(metrics);
  EXPECT_FALSE(changed());
  metrics.record_poll(1, Collector::kBalance, std::nullopt);
  EXPECT_TRUE(changed());
  metrics.record_request(1, cash_balance());
  EXPECT_TRUE(changed());
  metrics.record_request_failure(1, cash_balance(), Reason::kServer);
  EXPECT_TRUE(changed());
  metrics.record_duration(cash_balance(), std::chrono::milliseconds(1));
  EXPECT_TRUE(changed());
}

TEST(SelfMetrics, SeriesOfAFamilyAreSortedByTheirLabels) {
  SelfMetrics metrics{all_providers()};
  metrics.apply_config(config());
  const std::string text = rendered(metrics);
  for (const std::string family :
       {"cloud_billing_collector_polls_total{", "cloud_billing_collector_failures_total{",
        "cloud_billing_api_requests_total{", "cloud_billing_api_failures_total{",
        "cloud_billing_api_failures_by_reason_total{"}) {
    const auto lines = lines_with(text, family);
    EXPECT_THAT(lines, Not(IsEmpty()));
    EXPECT_TRUE(std::is_sorted(lines.begin(), lines.end())) << family;
  }
}

TEST(SelfMetrics, TheHistogramNamesNoAccount) {
  SelfMetrics metrics{all_providers()};
  metrics.apply_config(config());
  for (const std::string& line :
       lines_with(rendered(metrics), "cloud_billing_api_request_duration_seconds")) {
    EXPECT_THAT(line, Not(HasSubstr("account=")));
  }
}

TEST(SelfMetrics, OfAnAccountThatStaysGoOnCountingUnderItsNewLabelsAndPlace) {
  SelfMetrics metrics{all_providers()};
  metrics.apply_config(config());
  metrics.record_poll(1, Collector::kBalance, Reason::kTimeout);
  metrics.record_request(1, cash_balance());
  metrics.record_duration(cash_balance(), std::chrono::milliseconds(700));
  metrics.apply_config(
      read("accounts:\n"
           "  - {name: a, provider: baidu, access_key_id: k, secret_access_key: s,\n"
           "     labels: {squad: x}}\n"));
  metrics.record_poll(0, Collector::kBalance, Reason::kTimeout);
  const std::string text = rendered(metrics);
  EXPECT_THAT(
      lines_with(text, "cloud_billing_collector_polls_total"),
      ElementsAre(
          R"(cloud_billing_collector_polls_total{account="a",collector="balance",provider="baidu",squad="x"} 2)",
          R"(cloud_billing_collector_polls_total{account="a",collector="bills",provider="baidu",squad="x"} 0)"));
  EXPECT_THAT(
      lines_of(text),
      Contains(
          R"(cloud_billing_collector_failures_total{account="a",collector="balance",provider="baidu",squad="x"} 2)"));
  EXPECT_THAT(
      lines_of(text),
      Contains(
          R"(cloud_billing_api_requests_total{account="a",operation="cash_balance",provider="baidu",squad="x"} 1)"));
  const std::string histogram = "cloud_billing_api_request_duration_seconds";
  const std::string labels = R"({operation="cash_balance",provider="baidu")";
  EXPECT_THAT(text, HasSubstr(histogram + "_bucket" + labels + ",le=\"0.5\"} 0\n"));
  EXPECT_THAT(text, HasSubstr(histogram + "_bucket" + labels + ",le=\"1.0\"} 1\n"));
  EXPECT_THAT(text, HasSubstr(histogram + "_count" + labels + "} 1\n"));
  EXPECT_THAT(text, HasSubstr(histogram + "_sum" + labels + "} 0.7\n"));
}

TEST(SelfMetrics, OfAnAccountThatIsGoneAreGoneAndBeginAnewWhenItComesBack) {
  SelfMetrics metrics{all_providers()};
  metrics.apply_config(config());
  metrics.record_request(0, cash_balance());
  metrics.apply_config(
      read("accounts: [{name: a, provider: baidu, access_key_id: k, secret_access_key: s}]\n"));
  EXPECT_THAT(rendered(metrics), Not(HasSubstr(R"(account="b")")));
  metrics.apply_config(config());
  EXPECT_THAT(
      lines_of(rendered(metrics)),
      Contains(
          R"(cloud_billing_api_requests_total{account="b",operation="cash_balance",provider="baidu",team=""} 0)"));
}

TEST(SelfMetrics, WithoutAccountsThereAreNone) {
  SelfMetrics metrics{all_providers()};
  metrics.apply_config(Config{});
  EXPECT_EQ(rendered(metrics), "");
}

TEST(SelfMetrics, CanBeRenderedWhileItCounts) {
  SelfMetrics metrics{all_providers()};
  metrics.apply_config(config());
  std::thread poller([&metrics] {
    for (int i = 0; i < 100; ++i) {
      metrics.record_request(0, cash_balance());
      metrics.record_duration(cash_balance(), std::chrono::milliseconds(i));
      metrics.record_poll(0, Collector::kBills, Reason::kAuth);
      if (i % 10 == 0) metrics.apply_config(config());
    }
  });
  CounterExposition exposition(metrics);
  for (int i = 0; i < 20; ++i) {
    exposition.update();
    EXPECT_FALSE(text_of(exposition.share()).empty());
  }
  poller.join();
  exposition.update();
  EXPECT_EQ(text_of(exposition.share()), rendered(metrics));
  EXPECT_THAT(
      lines_of(render_counters(metrics)),
      Contains(
          R"(cloud_billing_api_requests_total{account="b",operation="cash_balance",provider="baidu",team=""} 100)"));
}

Config many_accounts(std::size_t first, std::size_t count) {
  std::string text = "accounts:\n";
  for (std::size_t i = first; i < first + count; ++i) {
    text += "  - {name: account-" + std::to_string(i) +
            ", provider: baidu, access_key_id: k, secret_access_key: s}\n";
  }
  return read(text);
}

TEST(SelfMetrics, WrittenWhereTheyChangeAreWhatWritingEverythingGives) {
  SelfMetrics metrics{all_providers()};
  CounterExposition exposition(metrics);
  std::mt19937 random(7);
  std::size_t accounts = 0;
  for (int step = 0; step < 200; ++step) {
    if (step % 40 == 0) {
      accounts = 20 + random() % 30;
      metrics.apply_config(many_accounts(random() % 10, accounts));
    }
    for (std::size_t times = random() % 4; times > 0; --times) {
      const std::size_t account = random() % accounts;
      metrics.record_request(account, cash_balance());
      if (random() % 2 == 0) metrics.record_request_failure(account, cash_balance(), Reason::kAuth);
      metrics.record_duration(cash_balance(), std::chrono::milliseconds(random() % 999));
      metrics.record_poll(account, Collector::kBills, std::nullopt);
    }
    if (random() % 9 == 0) exposition.keep_text(random() % 2 == 0);
    exposition.update();
    ASSERT_EQ(text_of(exposition.share()), rendered(metrics)) << step;
  }
}

TEST(SelfMetrics, OfOneAccountChangeNothingOfOthersFarAway) {
  SelfMetrics metrics{all_providers()};
  metrics.apply_config(many_accounts(0, 40));
  CounterExposition exposition(metrics);
  exposition.update();
  const Families before = exposition.share();
  metrics.record_poll(0, Collector::kBills, std::nullopt);
  exposition.update();
  const Families after = exposition.share();
  std::size_t changed = 0;
  for (std::size_t row = 0; row < after.size(); ++row) {
    for (std::size_t part = 0; part < after[row]->parts.size(); ++part) {
      if (after[row]->parts[part] != before[row]->parts[part]) ++changed;
    }
  }
  EXPECT_EQ(changed, 1U);
}

}  // namespace
}  // namespace cloud_billing
