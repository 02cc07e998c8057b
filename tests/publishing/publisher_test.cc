#include "publishing/publisher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "app/providers.h"
#include "baidu/operations.h"
#include "config/config.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

constexpr UtcSeconds kNow = std::chrono::sys_days(std::chrono::year(2026) / 11 / 15);

class SetClock final : public Clock {
 public:
  WallTime wall() const override { return WallTime(std::chrono::seconds(seconds_)); }
  SteadyTime steady() const override { return SteadyTime(std::chrono::seconds(seconds_)); }
  void set(UtcSeconds time) { seconds_ = time.time_since_epoch().count(); }

 private:
  std::atomic<std::int64_t> seconds_{kNow.time_since_epoch().count()};
};

std::shared_ptr<const Config> two_accounts() {
  auto config = parse_config(
      "accounts:\n"
      "  - {name: b, provider: baidu, access_key_id: k1, secret_access_key: s, budget: 5}\n"
      "  - {name: a, provider: baidu, access_key_id: k2, secret_access_key: s, budget: 7}\n",
      "config.yml", [](std::string_view) { return std::nullopt; }, all_providers().facts());
  return config ? std::make_shared<const Config>(std::move(config).value()) : nullptr;
}

class PublisherTest : public testing::Test {
 protected:
  Program program() const {
    Program program;
    program.config = config_;
    return program;
  }

  std::string views_text() const { return text_of(publisher_.current()->views()); }
  std::string counters_text(ExpositionFormat format = ExpositionFormat::kText) const {
    return text_of(publisher_.current()->counters(), format);
  }

  std::shared_ptr<AccountView> view(std::size_t account, std::optional<bool> balance_up,
                                    std::optional<bool> bills_up) const {
    auto view = std::make_shared<AccountView>();
    view->config = std::shared_ptr<const AccountConfig>(config_, &config_->accounts[account]);
    view->collectors = {CollectorStatus{Collector::kBalance, balance_up, {}, 0},
                        CollectorStatus{Collector::kBills, bills_up, {}, 0}};
    return view;
  }

  std::shared_ptr<const Config> config_ = two_accounts();
  SetClock clock_;
  SelfMetrics counters_{all_providers()};
  Publisher publisher_{program(), counters_, clock_};
};

TEST_F(PublisherTest, HasATextBeforeAnythingIsRendered) {
  ASSERT_NE(publisher_.current(), nullptr);
  EXPECT_EQ(views_text(), "");
}

TEST_F(PublisherTest, AccountsWithoutAViewAreLeftOut) {
  publisher_.publish_now();
  EXPECT_THAT(views_text(), HasSubstr("# HELP cloud_billing_"));
  EXPECT_THAT(views_text(), Not(HasSubstr(R"(account="a")")));
}

TEST_F(PublisherTest, ShowsTheNewestViewsSortedByAccount) {
  publisher_.show(0, view(0, false, {}));
  publisher_.show(1, view(1, true, {}));
  publisher_.show(0, view(0, true, {}));
  publisher_.publish_now();
  EXPECT_THAT(views_text(), HasSubstr("cloud_billing_collector_up{provider=\"baidu\",account=\"a\","
                                      "collector=\"balance\"} 1\n"
                                      "cloud_billing_collector_up{provider=\"baidu\",account=\"b\","
                                      "collector=\"balance\"} 1\n"));
}

TEST_F(PublisherTest, ASnapshotIsWhatIsKnownNow) {
  publisher_.show(0, view(0, true, {}));
  EXPECT_EQ(publisher_.snapshot().accounts.size(), 1U) << "without those that have no view";
  publisher_.show(1, view(1, true, {}));
  clock_.set(kNow + std::chrono::seconds(7));
  const Snapshot snapshot = publisher_.snapshot();
  ASSERT_EQ(snapshot.accounts.size(), 2U);
  EXPECT_EQ(snapshot.accounts[0]->config->name, "a") << "sorted";
  EXPECT_EQ(snapshot.now, kNow + std::chrono::seconds(7));
}

TEST_F(PublisherTest, AViewIsSeenOnlyOnceItIsPublished) {
  publisher_.publish_now();
  const auto before = publisher_.current();
  publisher_.show(0, view(0, true, true));
  EXPECT_EQ(publisher_.current(), before);
}

TEST_F(PublisherTest, ATextThatIsHeldOutlivesTheNextOne) {
  publisher_.show(0, view(0, true, {}));
  publisher_.publish_now();
  const auto held = publisher_.current();
  publisher_.show(0, view(0, false, {}));
  publisher_.publish_now();
  EXPECT_THAT(text_of(held->views()), HasSubstr("collector=\"balance\"} 1\n"));
  EXPECT_THAT(views_text(), HasSubstr("collector=\"balance\"} 0\n"));
}

TEST_F(PublisherTest, IsCompleteWhenEveryCollectorsFirstPollIsPublishedFailedOrNot) {
  publisher_.show(0, view(0, true, false));
  publisher_.show(1, view(1, true, {}));
  publisher_.publish_now();
  EXPECT_FALSE(publisher_.complete());
  publisher_.show(1, view(1, true, true));
  EXPECT_FALSE(publisher_.complete()) << "not yet in the text";
  publisher_.publish_now();
  EXPECT_TRUE(publisher_.complete());
}

TEST_F(PublisherTest, IsNotCompleteWhileAnAccountIsMissing) {
  publisher_.show(0, view(0, true, true));
  publisher_.publish_now();
  EXPECT_FALSE(publisher_.complete());
}

TEST_F(PublisherTest, StaysComplete) {
  publisher_.show(0, view(0, true, true));
  publisher_.show(1, view(1, true, true));
  publisher_.publish_now();
  publisher_.show(1, view(1, {}, {}));
  publisher_.publish_now();
  EXPECT_TRUE(publisher_.complete());
}

std::shared_ptr<const Config> account_c() {
  auto config = parse_config(
      "accounts: [{name: c, provider: baidu, access_key_id: k, secret_access_key: s}]\n",
      "config.yml", [](std::string_view) { return std::nullopt; }, all_providers().facts());
  return config ? std::make_shared<const Config>(std::move(config).value()) : nullptr;
}

std::shared_ptr<const AccountView> view_of(const std::shared_ptr<const Config>& config,
                                           std::optional<bool> up) {
  auto view = std::make_shared<AccountView>();
  view->config = std::shared_ptr<const AccountConfig>(config, &config->accounts[0]);
  view->collectors = {CollectorStatus{Collector::kBalance, up, {}, 0}};
  return view;
}

TEST_F(PublisherTest, ANewConfigurationReplacesEveryAccountAndIsATimedSuccess) {
  publisher_.show(0, view(0, true, {}));
  publisher_.show(1, view(1, true, {}));
  clock_.set(kNow + std::chrono::seconds(7));
  publisher_.show_config(account_c(), {view_of(account_c(), true)});
  publisher_.publish_now();
  const std::string text = views_text();
  EXPECT_THAT(text, HasSubstr(R"(cloud_billing_collector_up{provider="baidu",account="c")"));
  EXPECT_THAT(text, Not(HasSubstr(R"(account="a")")));
  EXPECT_THAT(text, Not(HasSubstr(R"(account="b")")));
  EXPECT_THAT(text, HasSubstr("\ncloud_billing_configured_accounts 1\n"));
  EXPECT_THAT(text, HasSubstr("\ncloud_billing_config_last_reload_successful 1\n"));
  EXPECT_THAT(text, HasSubstr("\ncloud_billing_config_last_reload_success_timestamp_seconds " +
                              std::to_string(kNow.time_since_epoch().count() + 7) + "\n"));
}

TEST_F(PublisherTest, ARefusedConfigurationChangesOneMetricOnly) {
  publisher_.show(0, view(0, true, {}));
  publisher_.show(1, view(1, true, {}));
  publisher_.publish_now();
  std::string expected = views_text();
  const std::string good = "\ncloud_billing_config_last_reload_successful 1\n";
  ASSERT_THAT(expected, HasSubstr(good));
  expected.replace(expected.find(good) + good.size() - 2, 1, "0");
  publisher_.show_refused_config();
  publisher_.publish_now();
  EXPECT_EQ(views_text(), expected);
  publisher_.show_config(config_, {view(0, true, {}), view(1, true, {})});
  publisher_.publish_now();
  EXPECT_THAT(views_text(), HasSubstr(good));
}

TEST_F(PublisherTest, DoesNotWaitForAccountsThatCameLater) {
  publisher_.show_config(account_c(), {view_of(account_c(), {})});
  publisher_.publish_now();
  EXPECT_TRUE(publisher_.complete());
}

TEST_F(PublisherTest, StillWaitsForAccountsOfTheStartAfterAReload) {
  publisher_.show_config(config_, {view(0, true, true), view(1, true, {})});
  publisher_.publish_now();
  EXPECT_FALSE(publisher_.complete());
}

TEST_F(PublisherTest, ViewsAreRenderedAgainOnlyWhenTheyChange) {
  publisher_.show(0, view(0, true, {}));
  publisher_.publish_now();
  const auto before = publisher_.current();
  counters_.apply_config(*config_);
  publisher_.publish_counters();
  const auto after = publisher_.current();
  EXPECT_EQ(after->views(), before->views()) << "the same bytes in memory";
  EXPECT_THAT(text_of(before->counters()), Not(HasSubstr("polls_total")));
  EXPECT_THAT(text_of(after->counters()), HasSubstr("cloud_billing_collector_polls_total{"));
  EXPECT_THAT(text_of(after->counters(), ExpositionFormat::kOpenMetrics),
              HasSubstr("# TYPE cloud_billing_collector_polls counter\n"));
}

// The same bytes whether their text is kept or not.
TEST_F(PublisherTest, ATextThatGrowsTooLargeIsKeptCompressedOnlyUntilItIsMuchSmaller) {
  publisher_.publish_now();
  const auto least = publisher_.current()->sum(ExpositionFormat::kText).length;
  Publisher small(program(), counters_, clock_, 4 * least);
  // A day with that many services, in a text about as many times `least` long.
  const auto show_services = [&](std::uint64_t text_length) {
    DayCosts day;
    for (std::uint64_t i = 0; i < text_length / 128; ++i) {
      day.billed_costs[{"CNY", std::string(30, 'S') + std::to_string(i), "prepaid"}] = {};
    }
    auto known = view(0, true, true);
    known->results.days = {std::make_shared<const KnownDays>(std::move(day), kNow), kNow};
    for (Publisher* publisher : {&publisher_, &small}) {
      publisher->show(0, known);
      publisher->publish_now();
    }
    EXPECT_EQ(text_of(small.current()->views()), views_text());
  };
  const auto keeps_text = [&small] {
    bool keeps = true;
    for (const auto& family : small.current()->views()) {
      for (const auto& part : family->parts) keeps &= !part || !part->text.empty();
    }
    return keeps;
  };
  show_services(0);
  EXPECT_TRUE(keeps_text());
  show_services(4 * least);
  EXPECT_FALSE(keeps_text());
  show_services(2 * least);
  EXPECT_FALSE(keeps_text()) << "smaller than the limit, and not yet much smaller";
  show_services(0);
  EXPECT_TRUE(keeps_text());
}

TEST_F(PublisherTest, CountersAreRenderedAgainOnlyWhenTheyChange) {
  counters_.apply_config(*config_);
  publisher_.publish_now();
  const auto before = publisher_.current();
  publisher_.publish_counters();
  EXPECT_EQ(publisher_.current(), before);
}

TEST_F(PublisherTest, WhatAViewTellsIsCounted) {
  counters_.apply_config(*config_);
  publisher_.publish_now();
  counters_.record_poll(0, Collector::kBalance, {});
  publisher_.show(0, view(0, true, {}));
  publisher_.publish_now();
  EXPECT_THAT(counters_text(),
              HasSubstr("cloud_billing_collector_polls_total{account=\"b\",collector=\"balance\","
                        "provider=\"baidu\"} 1\n"));
}

TEST_F(PublisherTest, ItsThreadPublishesCountersThatChangeBetweenPolls) {
  counters_.apply_config(*config_);
  publisher_.publish_now();
  const auto views = publisher_.current()->views();
  publisher_.start_thread();
  publisher_.show(0, view(0, {}, {}));  // rendered first: then the thread has nothing else left
  while (publisher_.current()->views() == views) std::this_thread::yield();
  const auto after = publisher_.current()->views();
  counters_.record_request(0, baidu::kCashBalance);
  const std::string expected =
      "cloud_billing_api_requests_total{account=\"b\",operation=\"cash_balance\","
      "provider=\"baidu\"} 1\n";
  while (counters_text().find(expected) == std::string::npos) {
    std::this_thread::yield();
  }
  EXPECT_EQ(publisher_.current()->views(), after);
  publisher_.stop_thread();
}

// However fast polls end. The machine may be slow: then fewer are rendered, never more.
TEST_F(PublisherTest, ItsThreadRendersOnceASecondAtMost) {
  publisher_.publish_now();
  const auto begin = std::chrono::steady_clock::now();
  publisher_.start_thread();
  std::vector<Families> seen{publisher_.current()->views()};
  for (bool up = false; seen.size() < 4; up = !up) {
    publisher_.show(0, view(0, up, {}));
    auto views = publisher_.current()->views();
    if (views != seen.back()) seen.push_back(std::move(views));
  }
  const auto end = std::chrono::steady_clock::now();
  publisher_.stop_thread();
  // The three after the first: at least two seconds between the first and the last of them.
  EXPECT_GE(end - begin, std::chrono::seconds(2));
}

TEST_F(PublisherTest, TheClockChoosesTheMonths) {
  const BillingMonth month = kChinaTime.month_at(kNow);
  publisher_.publish_now();
  EXPECT_THAT(
      views_text(),
      HasSubstr(
          R"(cloud_billing_period_start_timestamp_seconds{provider="baidu",period="current"} )" +
          std::to_string(kChinaTime.start_of(month).time_since_epoch().count()) + "\n"));
  clock_.set(kChinaTime.end_of(month));
  publisher_.publish_now();
  EXPECT_THAT(
      views_text(),
      HasSubstr(
          R"(cloud_billing_period_start_timestamp_seconds{provider="baidu",period="previous"} )" +
          std::to_string(kChinaTime.start_of(month).time_since_epoch().count()) + "\n"));
}

// What the thread must bring about by itself is waited for, however long it takes.
TEST_F(PublisherTest, ItsThreadPublishesWhatIsShown) {
  publisher_.start_thread();
  publisher_.show(0, view(0, true, true));
  publisher_.show(1, view(1, true, true));
  while (!publisher_.complete()) std::this_thread::yield();
  EXPECT_THAT(views_text(), HasSubstr("cloud_billing_collector_up"));
  publisher_.stop_thread();
}

// Of a file with accounts of two zones, whose midnights are eight hours apart.
TEST_F(PublisherTest, ItsThreadPublishesTheMonthChangeOfEachZoneAtItsOwnMidnight) {
  Program both = program();
  auto config = std::make_shared<Config>(*config_);
  config->other_shards.providers = {{"overseas", kUtc}};
  both.config = config;
  Publisher publisher(both, counters_, clock_);
  publisher.publish_now();
  publisher.start_thread();
  const BillingMonth month = kChinaTime.month_at(kNow);
  const auto shows = [&publisher](const std::string& provider, BillingMonth shown) {
    const std::string text = text_of(publisher.current()->views());
    return text.find(R"(cloud_billing_period_info{provider=")" + provider +
                     R"(",period="current",month=")" + shown.text()) != std::string::npos;
  };
  EXPECT_TRUE(shows("baidu", month) && shows("overseas", month));
  clock_.set(kChinaTime.end_of(month));
  while (!shows("baidu", month.next())) std::this_thread::yield();
  EXPECT_TRUE(shows("overseas", month)) << "its month goes on for eight hours";
  clock_.set(kUtc.end_of(month));
  while (!shows("overseas", month.next())) std::this_thread::yield();
  publisher.stop_thread();
}

TEST_F(PublisherTest, ItsThreadPublishesAMonthChangeWithoutAPoll) {
  publisher_.publish_now();
  publisher_.start_thread();
  const BillingMonth next = kChinaTime.month_at(kNow).next();
  clock_.set(kChinaTime.start_of(next));
  const std::string expected =
      R"(cloud_billing_period_start_timestamp_seconds{provider="baidu",period="current"} )" +
      std::to_string(kChinaTime.start_of(next).time_since_epoch().count()) + "\n";
  while (views_text().find(expected) == std::string::npos) std::this_thread::yield();
  publisher_.stop_thread();
}

TEST(RenderPlan, PollsThatEndAreRenderedOnceASecond) {
  EXPECT_TRUE(plan_render(true, hours(1), milliseconds(1000)).render);
  const RenderPlan early = plan_render(true, hours(1), milliseconds(700));
  EXPECT_FALSE(early.render);
  EXPECT_EQ(early.look_again, milliseconds(300));
  EXPECT_FALSE(plan_render(false, hours(1), hours(1)).render);
}

// A poll that ended just before midnight does not hold the change of the month back.
TEST(RenderPlan, AMonthChangeWaitsForNothing) {
  EXPECT_EQ(plan_render(false, milliseconds(100), milliseconds(0)).look_again, milliseconds(100));
  EXPECT_TRUE(plan_render(false, milliseconds(0), milliseconds(100)).render);
  EXPECT_TRUE(plan_render(true, milliseconds(-1), milliseconds(0)).render);
}

TEST_F(PublisherTest, ReadersAndPollsMeetItsThread) {
  publisher_.publish_now();
  publisher_.start_thread();
  std::atomic<bool> stop{false};
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([this, &stop] {
      do {
        const auto text = publisher_.current();
        EXPECT_TRUE(text_of(text->views()).starts_with("# HELP"));
        (void)publisher_.complete();
      } while (!stop);
    });
  }
  for (std::size_t i = 0; i < 200; ++i) publisher_.show(i % 2, view(i % 2, true, i % 3 == 0));
  stop = true;
  for (std::thread& reader : readers) reader.join();
  publisher_.stop_thread();
  publisher_.stop_thread();
}

TEST(PublisherThread, EndsWithItsOwner) {
  const SetClock clock;
  Program program;
  program.config = two_accounts();
  const SelfMetrics counters{all_providers()};
  Publisher publisher(std::move(program), counters, clock);
  publisher.start_thread();
}

}  // namespace
}  // namespace cloud_billing
