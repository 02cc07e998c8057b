#include "polling/mailbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace cloud_billing {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

// Counts how often the poller was woken.
class WokenTransport final : public Transport {
 public:
  bool can_start() override { return true; }
  void start(RequestId, const SignedRequest&, milliseconds) override {}
  void abandon(RequestId) override {}
  std::vector<Completion> wait(SteadyTime) override { return {}; }
  void wake() override {
    ++wakes;
    if (on_wake) on_wake();
  }

  std::atomic<int> wakes{0};
  std::function<void()> on_wake;
};

class PollerMailboxTest : public testing::Test {
 protected:
  PostedConfig posted() const { return {config_, {}}; }

  std::shared_ptr<const Config> config_ = std::make_shared<const Config>();
  WokenTransport transport_;
  PollerMailbox mailbox_{transport_};
  std::thread poller_;
};

TEST_F(PollerMailboxTest, EverythingPostedWakesThePoller) {
  mailbox_.post_secrets({{0, Error{"unreadable"}}});
  mailbox_.post_config(posted());
  mailbox_.request_stop();
  EXPECT_EQ(transport_.wakes, 3);
  EXPECT_TRUE(mailbox_.stopping());
}

// A thousand keys of one Kubernetes secret change in the same moment.
TEST_F(PollerMailboxTest, SecretsThatChangeTogetherWakeThePollerOnce) {
  SecretsByAccount changed;
  for (std::size_t account = 0; account < 1000; ++account) {
    changed.emplace(account, Error{"unreadable"});
  }
  mailbox_.post_secrets({{7, Error{"older"}}, {1000, Error{"older"}}});
  mailbox_.post_secrets(std::move(changed));
  EXPECT_EQ(transport_.wakes, 2);
  PollerMail mail = mailbox_.take();
  EXPECT_EQ(mail.secrets.size(), 1001U);
  EXPECT_EQ(mail.secrets.at(7).error().message, "unreadable") << "the newer ones hold";
}

TEST_F(PollerMailboxTest, IsTakenOnce) {
  mailbox_.post_secrets({{2, Error{"unreadable"}}});
  mailbox_.post_config(posted());
  mailbox_.post_secrets({{1, Error{"unreadable"}}});
  const PollerMail mail = mailbox_.take();
  ASSERT_TRUE(mail.config);
  EXPECT_EQ(mail.config->config, config_);
  EXPECT_EQ(mail.secrets.size(), 1U) << "those from before are of another configuration";
  EXPECT_TRUE(mail.secrets.contains(1));
  const PollerMail next = mailbox_.take();
  EXPECT_FALSE(next.config);
  EXPECT_TRUE(next.secrets.empty());
}

TEST_F(PollerMailboxTest, AConfigurationIsAwaitedUntilItIsInUse) {
  mailbox_.post_config(posted());
  std::thread poller([this] {
    EXPECT_TRUE(mailbox_.take().config);
    mailbox_.confirm_config();
  });
  EXPECT_TRUE(mailbox_.await_config(hours(1)));
  poller.join();
}

TEST_F(PollerMailboxTest, AConfigurationThatNobodyTakesIsWithdrawn) {
  mailbox_.post_config(posted());
  EXPECT_FALSE(mailbox_.await_config(milliseconds(0)));
  EXPECT_FALSE(mailbox_.take().config);
}

TEST_F(PollerMailboxTest, SecretsThatWereWaitingOutliveAConfigurationThatIsWithdrawn) {
  mailbox_.post_secrets({{2, Error{"unreadable"}}});
  mailbox_.post_config(posted());
  EXPECT_FALSE(mailbox_.await_config(milliseconds(0)));
  EXPECT_TRUE(mailbox_.take().secrets.contains(2));
}

TEST_F(PollerMailboxTest, AConfigurationThatWasTakenIsNotWithdrawn) {
  mailbox_.post_config(posted());
  EXPECT_TRUE(mailbox_.take().config);
  std::thread poller([this] { mailbox_.confirm_config(); });
  EXPECT_TRUE(mailbox_.await_config(milliseconds(0)));
  poller.join();
}

TEST_F(PollerMailboxTest, WhoOrdersPollsIsToldWhatBecameOfThem) {
  std::thread poller([this] {
    PollerMail mail;
    while (mail.polls.empty()) mail = mailbox_.take();
    EXPECT_EQ(mail.polls.at(0).account, "a");
    mail.polls.at(0).outcome.set_value({OrderedPolls::Outcome::kScheduled, 2});
  });
  EXPECT_EQ(mailbox_.order_polls("a", hours(1)).polls, 2U);
  poller.join();
  EXPECT_EQ(transport_.wakes, 1);
}

TEST_F(PollerMailboxTest, AnOrderThatNobodyTakesIsWithdrawn) {
  EXPECT_EQ(mailbox_.order_polls("a", milliseconds(0)).outcome, OrderedPolls::Outcome::kNotTaken);
  EXPECT_TRUE(mailbox_.take().polls.empty());
}

// Its answer is awaited, however long it takes.
TEST_F(PollerMailboxTest, AnOrderThatWasTakenIsNotWithdrawn) {
  transport_.on_wake = [this] {
    PollerMail mail = mailbox_.take();
    poller_ = std::thread([mail = std::move(mail)]() mutable {
      mail.polls.at(0).outcome.set_value({OrderedPolls::Outcome::kScheduled, 2});
    });
  };
  EXPECT_EQ(mailbox_.order_polls("a", milliseconds(0)).polls, 2U);
  poller_.join();
}

TEST_F(PollerMailboxTest, AnOrderThatWasTakenByAPollerThatFailedIsNoOrder) {
  transport_.on_wake = [this] { (void)mailbox_.take(); };
  EXPECT_EQ(mailbox_.order_polls("a", hours(1)).outcome, OrderedPolls::Outcome::kNotTaken);
}

TEST_F(PollerMailboxTest, WhoStopsTakesNoOrder) {
  using Outcome = OrderedPolls::Outcome;
  EXPECT_EQ(mailbox_.order_polls(std::nullopt, milliseconds(0)).outcome, Outcome::kNotTaken);
  std::thread stopper([this] { mailbox_.request_stop(); });
  EXPECT_EQ(mailbox_.order_polls(std::nullopt, hours(1)).outcome, Outcome::kNotTaken);
  stopper.join();
  EXPECT_TRUE(mailbox_.take().polls.empty());
}

TEST_F(PollerMailboxTest, WhoStopsTakesNoConfiguration) {
  mailbox_.post_config(posted());
  std::thread stopper([this] { mailbox_.request_stop(); });
  EXPECT_FALSE(mailbox_.await_config(hours(1)));
  stopper.join();
  EXPECT_FALSE(mailbox_.take().config);
}

}  // namespace
}  // namespace cloud_billing
