#include "access/access_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tests/polling/fake_provider.h"
#include "tests/polling/simulated_cloud.h"

namespace cloud_billing {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

// 2026-11-15T04:00:00Z
constexpr UtcSeconds kNow{std::chrono::seconds(1794715200)};
const Header kDate{"date", "Sun, 15 Nov 2026 04:00:00 GMT"};

HttpResponse allowed(std::string fact) {
  return {200, {kDate}, "fact " + std::move(fact) + "\nowner 5a1\n"};
}

HttpResponse refused(int status, const std::string& code) {
  return {status, {kDate}, "error " + code + "\nrequest r-1\n"};
}

class AccessCheck : public testing::Test {
 protected:
  AccessCheck() { config_.http.timeout = std::chrono::seconds(30); }

  AccountConfig& add_account(std::string name, std::string key) {
    AccountConfig account;
    account.name = std::move(name);
    account.provider = &fake_providers().named("fake").facts();
    account.settings = account.provider->default_settings();
    account.collectors = {Collector::kBalance, Collector::kBills};
    account.requests_per_second = 10;
    account.endpoint = {"https", "billing.example", ""};
    config_.accounts.push_back(std::move(account));
    secrets_.emplace_back(Credentials{std::move(key), "hush-hush", ""});
    return config_.accounts.back();
  }

  std::vector<AccessLine> run(SimulatedCloud::Respond respond) {
    cloud_.emplace(kNow, std::move(respond));
    cloud_->set_wall_ahead(ahead_);
    return check_access(fake_providers(), config_, secrets_, *cloud_, *cloud_, 1);
  }

  // "account operation result", a text for each line.
  static std::vector<std::string> results(const std::vector<AccessLine>& lines) {
    std::vector<std::string> texts;
    for (const AccessLine& line : lines) {
      texts.push_back(line.account + " " + line.operation + " " + line.result);
    }
    return texts;
  }

  Config config_;
  std::vector<AccountSecrets> secrets_;
  std::optional<SimulatedCloud> cloud_;
  std::chrono::hours ahead_{0};
};

TEST_F(AccessCheck, AsksOnceForEachOperationAndTellsAFactOfEach) {
  add_account("prod", "ak");
  const auto lines = run(
      [](const SimulatedCall& call) { return SimulatedReply{allowed("of " + call.operation)}; });
  EXPECT_THAT(results(lines), ElementsAre("prod balance ok", "prod bill ok", "prod credit ok"));
  EXPECT_EQ(lines[1].provider, "fake");
  EXPECT_EQ(lines[1].fact, "of bill");
  EXPECT_EQ(lines[1].advice, "");
  EXPECT_EQ(lines[1].clock_difference, std::chrono::seconds(0));
  EXPECT_EQ(cloud_->calls().size(), 3U);
  EXPECT_TRUE(is_enough(lines));
}

TEST_F(AccessCheck, TheCreditIsAskedForByTheIdThatABillTold) {
  add_account("prod", "ak");
  run([](const SimulatedCall&) { return SimulatedReply{allowed("x")}; });
  const auto credit = cloud_->calls_of("credit");
  ASSERT_EQ(credit.size(), 1U);
  EXPECT_EQ(credit[0].parameter("of"), "5a1");
}

TEST_F(AccessCheck, WithoutThatIdTheCreditIsNotSent) {
  add_account("prod", "ak");
  const auto lines = run([](const SimulatedCall& call) {
    if (call.operation == "bill") return SimulatedReply{refused(403, "AccessDenied")};
    return SimulatedReply{HttpResponse{200, {kDate}, "fact x\n"}};
  });
  EXPECT_THAT(results(lines),
              ElementsAre("prod balance ok", "prod bill permission", "prod credit not sent"));
  EXPECT_EQ(lines[2].fact, "no bill told the account id");
  EXPECT_FALSE(is_enough(lines));
}

TEST_F(AccessCheck, AMissingPermissionNamesThePolicyAndTheConsole) {
  add_account("prod", "ak");
  const auto lines = run([](const SimulatedCall& call) {
    return SimulatedReply{call.operation == "bill" ? refused(403, "AccessDenied") : allowed("x")};
  });
  EXPECT_EQ(lines[1].result, "permission");
  EXPECT_EQ(lines[1].fact, "HTTP 403, AccessDenied");
  EXPECT_EQ(lines[1].advice, "Grant the policy ReadBills. Console: Users (用户)");
  EXPECT_FALSE(is_enough(lines));
}

TEST_F(AccessCheck, ARefusalOfWhatCanBeDoneWithoutIsNormal) {
  add_account("prod", "ak");
  const auto lines = run([](const SimulatedCall& call) {
    return SimulatedReply{call.operation == "credit" ? refused(403, "AccessDenied") : allowed("x")};
  });
  EXPECT_EQ(lines[2].result, "permission");
  EXPECT_EQ(lines[2].advice, "Normal: the credit is left out.");
  EXPECT_TRUE(is_enough(lines));
}

TEST_F(AccessCheck, AfterARefusedKeyNothingElseIsSent) {
  add_account("prod", "ak").settings.set("members", std::vector<std::string>{"5b1"});
  const auto lines = run(
      [](const SimulatedCall&) { return SimulatedReply{refused(403, "SignatureDoesNotMatch")}; });
  EXPECT_THAT(results(lines), ElementsAre("prod balance auth", "prod bill not sent",
                                          "prod credit not sent", "prod bill not sent"));
  EXPECT_EQ(lines[0].fact, "HTTP 403, SignatureDoesNotMatch");
  EXPECT_EQ(lines[0].advice, "Copy the key anew. Console: Keys (密钥)");
  EXPECT_EQ(lines[1].fact, "the key was refused");
  EXPECT_EQ(cloud_->calls().size(), 1U);
  EXPECT_FALSE(is_enough(lines));
}

TEST_F(AccessCheck, AClockThatIsWrongIsTheLikeliestCauseOfARefusedSignature) {
  add_account("prod", "ak");
  ahead_ = std::chrono::hours(1);
  const auto lines = run(
      [](const SimulatedCall&) { return SimulatedReply{refused(403, "SignatureDoesNotMatch")}; });
  EXPECT_EQ(lines[0].clock_difference, std::chrono::hours(1));
  EXPECT_EQ(lines[0].advice, "Set this host's clock (NTP): it is 60 min ahead.");
}

TEST_F(AccessCheck, ASubAccountHasALineOfItsOwn) {
  add_account("prod", "ak").settings.set("members", std::vector<std::string>{"5b1", "5b2"});
  const auto lines = run([](const SimulatedCall& call) {
    return SimulatedReply{call.parameter("owner") == "5b2" ? refused(403, "AccessDenied")
                                                           : allowed("7 rows")};
  });
  EXPECT_THAT(results(lines), ElementsAre("prod balance ok", "prod bill ok", "prod credit ok",
                                          "prod bill ok", "prod bill permission"));
  EXPECT_EQ(lines[3].sub_account, "5b1");
  EXPECT_EQ(lines[3].fact, "7 rows");
  EXPECT_EQ(lines[4].sub_account, "5b2");
  EXPECT_EQ(lines[4].fact, "HTTP 403, AccessDenied");
}

TEST_F(AccessCheck, AnAccountWhoseSecretCannotBeReadIsNotAskedAbout) {
  add_account("prod", "ak");
  add_account("other", "ak-2");
  secrets_[0] = Error{"accounts[0].secret_access_key_file: cannot read the secret in /sk"};
  const auto lines = run([](const SimulatedCall&) { return SimulatedReply{allowed("x")}; });
  EXPECT_THAT(results(lines),
              ElementsAre("prod balance auth", "prod bill not sent", "prod credit not sent",
                          "other balance ok", "other bill ok", "other credit ok"));
  EXPECT_EQ(lines[0].fact, "accounts[0].secret_access_key_file: cannot read the secret in /sk");
  EXPECT_FALSE(lines[0].clock_difference);
}

TEST_F(AccessCheck, RequestsOfAKeyAreApartByItsRateAndKeysRunSideBySide) {
  add_account("one", "shared").requests_per_second = 2;
  add_account("two", "shared").requests_per_second = 5;
  add_account("three", "own").requests_per_second = 10;
  const auto lines = run([](const SimulatedCall&) { return SimulatedReply{allowed("x")}; });
  EXPECT_EQ(lines.size(), 9U);
  EXPECT_EQ(lines[0].account, "one");
  EXPECT_EQ(lines[8].account, "three");
  std::vector<milliseconds> shared;
  for (const SimulatedCall& call : cloud_->calls()) {
    if (call.access_key_id == "shared") shared.push_back(call.at);
  }
  ASSERT_EQ(shared.size(), 6U);
  for (std::size_t i = 1; i < shared.size(); ++i) {
    EXPECT_GE(shared[i] - shared[i - 1], milliseconds(500));
  }
  EXPECT_LT(cloud_->elapsed(), milliseconds(3000));
}

TEST_F(AccessCheck, AnEndpointThatHangsHoldsItUpForTwoTimeoutsAtMost) {
  AccountConfig& account = add_account("prod", "ak");
  account.collectors = {Collector::kBalance, Collector::kBills, Collector::kOrders};
  account.settings.set("members", std::vector<std::string>{"5b1", "5b2", "5b3"});
  const auto lines = run([](const SimulatedCall&) { return SimulatedReply{std::nullopt}; });
  EXPECT_THAT(results(lines),
              ElementsAre("prod balance timeout", "prod bill timeout", "prod credit not sent",
                          "prod orders timeout", "prod bill timeout", "prod bill timeout",
                          "prod bill timeout"));
  EXPECT_EQ(lines[0].fact, "no answer in time");
  EXPECT_LT(cloud_->elapsed(), std::chrono::seconds(62));
}

TEST_F(AccessCheck, WhatAServerEchoesOfTheSecretIsNotShown) {
  add_account("prod", "ak");
  const auto lines =
      run([](const SimulatedCall&) { return SimulatedReply{refused(400, "hush-hush")}; });
  for (const AccessLine& line : lines) {
    EXPECT_THAT(line.fact + line.advice, testing::Not(testing::HasSubstr("hush-hush")));
  }
}

TEST_F(AccessCheck, AClockThatIsOffIsToldBeforeRequestsAreRefused) {
  add_account("prod", "ak");
  const auto lines = run([](const SimulatedCall&) {
    HttpResponse response = allowed("x");
    response.headers = {{"date", "Sun, 15 Nov 2026 03:58:00 GMT"}};
    return SimulatedReply{std::move(response)};
  });
  EXPECT_EQ(lines[0].result, "ok");
  EXPECT_EQ(lines[0].clock_difference, std::chrono::seconds(120));
  EXPECT_THAT(lines[0].advice, testing::StartsWith("Set this host's clock (NTP)"));
}

}  // namespace
}  // namespace cloud_billing
