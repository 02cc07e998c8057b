#pragma once

// What any Provider must fulfil, whatever cloud it is: each cloud's tests instantiate it with
//
//   INSTANTIATE_TEST_SUITE_P(Baidu, ProviderContract, testing::Values(ContractCase{...}));
//
// so that a new cloud cannot forget a rule that the poller or the transport relies on.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/ascii.h"
#include "providers/provider.h"

namespace cloud_billing {

struct ContractCase {
  const Provider* provider = nullptr;
  std::set<std::string> calls;  // the documents' reading operations, as call_of() writes them
  ProviderSettings settings;
};

inline void PrintTo(const ContractCase& contract, std::ostream* out) {
  *out << contract.provider->facts().name;
}

// What names an operation, in one text: "POST /?Action=QueryBill&Version=1 x-acs-action:
// QueryBill".
inline std::string call_of(const Operation& operation) {
  std::string call = std::string(method_name(operation.method)) + " " + std::string(operation.path);
  if (!operation.query.empty()) call += "?" + std::string(operation.query);
  for (const auto& [name, value] : operation.headers) {
    call += " " + std::string(name) + ": " + std::string(value);
  }
  return call;
}

class ProviderContract : public testing::TestWithParam<ContractCase> {
 protected:
  static constexpr UtcSeconds kNow{std::chrono::seconds(1795406400)};  // 2026-11-23T04:00:00Z

  const Provider& provider() const { return *GetParam().provider; }

  SignedRequest sign(const Operation& operation, const SigningMoment& moment) const {
    ApiRequest request;
    request.operation = &operation;
    request.body = "{}";
    return provider().sign(request, {endpoint_, GetParam().settings, credentials_}, moment);
  }

  // If the facts name the collector, something is asked; else it is over before it began.
  void expect_as_the_facts_say(AnyConversation& talk, Collector collector) const {
    const auto& named = provider().facts().collectors;
    if (std::find(named.begin(), named.end(), collector) == named.end()) {
      EXPECT_TRUE(talk.finished()) << collector_name(collector);
      EXPECT_TRUE(talk.failure()) << collector_name(collector);
      EXPECT_FALSE(talk.next()) << collector_name(collector);
      return;
    }
    EXPECT_FALSE(talk.finished()) << collector_name(collector);
    const auto pending = talk.next();
    ASSERT_TRUE(pending) << collector_name(collector);
    ASSERT_TRUE(pending->reply) << collector_name(collector);
    EXPECT_FALSE(pending->request.subject.empty()) << collector_name(collector);
    const auto operations = provider().operations();
    EXPECT_TRUE(
        std::any_of(operations.begin(), operations.end(),
                    [&](const Operation& row) { return &row == pending->request.operation; }))
        << collector_name(collector) << ": no row of the table";
    // Else its requests would not be counted.
    EXPECT_TRUE(pending->request.operation->serves_any(std::array{collector}))
        << pending->request.operation->label << " does not name " << collector_name(collector);
    // A finished conversation gives no next request, and late responses are of no effect.
    pending->reply->fail(Failure{Reason::kAuth, "refused"});
    ASSERT_TRUE(talk.finished()) << collector_name(collector);
    ASSERT_TRUE(talk.failure()) << collector_name(collector);
    EXPECT_EQ(talk.failure()->reason, Reason::kAuth) << collector_name(collector);
    EXPECT_FALSE(talk.next()) << collector_name(collector);
    HttpResponse late{200, {}, "{}"};
    EXPECT_TRUE(pending->reply->accept(late)) << collector_name(collector);
    pending->reply->fail(Failure{Reason::kTimeout, "late"});
    EXPECT_EQ(talk.failure()->reason, Reason::kAuth) << collector_name(collector);
  }

  const Endpoint endpoint_{"https", "billing.example.com", ""};
  const Credentials credentials_{"id", "secret", ""};
};

TEST_P(ProviderContract, HasSaneFacts) {
  const ProviderFacts& facts = provider().facts();
  EXPECT_FALSE(facts.name.empty());
  EXPECT_EQ(to_lower_case(facts.name), facts.name);
  EXPECT_TRUE(facts.default_endpoint.starts_with("https://"));
  EXPECT_GT(facts.default_requests_per_second, 0);
  EXPECT_LE(facts.default_requests_per_second, facts.max_requests_per_second);
  EXPECT_FALSE(facts.default_collectors.empty());
  for (const Collector collector : facts.default_collectors) {
    EXPECT_EQ(std::count(facts.collectors.begin(), facts.collectors.end(), collector), 1)
        << collector_name(collector);
  }
  for (const Collector collector : facts.collectors) {
    EXPECT_EQ(collector_from_name(collector_name(collector)), collector);
  }
}

TEST_P(ProviderContract, HasTheReadingOperationsOfTheDocumentsUnderLabelsOfTheirOwn) {
  std::set<std::string> calls;
  std::set<std::string_view> labels;
  for (const Operation& operation : provider().operations()) {
    EXPECT_EQ(operation.provider, provider().facts().name);
    calls.insert(call_of(operation));
    EXPECT_TRUE(labels.insert(operation.label).second) << operation.label;
    EXPECT_FALSE(operation.collectors.empty()) << operation.label;
  }
  EXPECT_EQ(calls, GetParam().calls);
}

// Words of what the billing documents and SDKs list as changing something.
TEST_P(ProviderContract, CanNeitherPayNorCancelNorRenewNorTransfer) {
  constexpr std::array<std::string_view, 18> kForbidden{
      "pay",    "cancel", "order/renew", "renewinstance", "renewal", "transfer",
      "gather", "create", "update",      "delete",        "refund",  "rule",
      "set",    "buy",    "subscribe",   "handle",        "modify",  "invit"};
  for (const Operation& operation : provider().operations()) {
    const std::string call = to_lower_case(call_of(operation));
    for (const std::string_view word : kForbidden) {
      EXPECT_EQ(call.find(word), std::string::npos) << call;
    }
  }
}

TEST_P(ProviderContract, SignsTheSameForTheSameMomentAndAnewForAnother) {
  const SigningMoment moment{kNow, std::string(32, 'a')};
  const SigningMoment later{kNow + std::chrono::seconds(1), std::string(32, 'b')};
  for (const Operation& operation : provider().operations()) {
    const SignedRequest first = sign(operation, moment);
    const SignedRequest again = sign(operation, moment);
    EXPECT_EQ(first.url(), again.url());
    EXPECT_EQ(first.headers(), again.headers());
    EXPECT_EQ(first.body(), again.body());
    const SignedRequest other = sign(operation, later);
    EXPECT_TRUE(first.headers() != other.headers() || first.url() != other.url());
  }
}

TEST_P(ProviderContract, SignsWhatNamesTheOperation) {
  std::set<std::string> signatures;
  for (const Operation& operation : provider().operations()) {
    const SignedRequest request = sign(operation, {kNow, std::string(32, 'a')});
    for (const Header& header : request.headers()) {
      if (header.name == "authorization") signatures.insert(header.value);
    }
  }
  EXPECT_EQ(signatures.size(), provider().operations().size());
}

TEST_P(ProviderContract, SendsWhatNamesItsOperationToItsEndpointAndNeverTheSecret) {
  for (const Operation& operation : provider().operations()) {
    const SignedRequest request = sign(operation, {kNow, std::string(32, 'a')});
    EXPECT_EQ(&request.operation(), &operation);
    EXPECT_TRUE(
        request.url().starts_with("https://billing.example.com" + std::string(operation.path)));
    EXPECT_NE(request.url().find(operation.query), std::string::npos);
    EXPECT_EQ(request.body(), "{}");
    for (const auto& [name, value] : operation.headers) {
      const Header named{std::string(name), std::string(value)};
      EXPECT_EQ(std::count(request.headers().begin(), request.headers().end(), named), 1);
    }
    EXPECT_EQ(request.url().find("secret"), std::string::npos);
    for (const Header& header : request.headers()) {
      EXPECT_NE(header.name, "host") << "the transport sends it";
      EXPECT_EQ(header.value.find("secret"), std::string::npos) << header.name;
    }
  }
}

TEST_P(ProviderContract, AnswersTheCollectorsThatItsFactsName) {
  AccountConfig account;
  account.settings = GetParam().settings;
  const AggregationConfig aggregation;
  Refusals refusals;
  expect_as_the_facts_say(*provider().ask_balance(account, {kNow, "id", false, refusals}),
                          Collector::kBalance);
  if (const auto cash = provider().ask_sub_account_cash(account, {kNow, false, refusals})) {
    expect_as_the_facts_say(**cash, Collector::kBalance);
  }
  expect_as_the_facts_say(
      *provider().ask_month(account, aggregation, {kNow, kChinaTime.month_at(kNow)}),
      Collector::kBills);
  expect_as_the_facts_say(*provider().ask_orders(account, {kNow, std::chrono::hours(24)}),
                          Collector::kOrders);
  expect_as_the_facts_say(
      *provider().ask_closed_month(account, kChinaTime.month_at(kNow).previous().previous()),
      Collector::kHistory);
  expect_as_the_facts_say(
      *provider().ask_effective_month(account, aggregation, {kNow, kChinaTime.month_at(kNow)}),
      Collector::kAmortization);
  expect_as_the_facts_say(*provider().ask_coupons(account, kNow), Collector::kCoupons);
  expect_as_the_facts_say(*provider().ask_packages(account, kNow), Collector::kPackages);
  expect_as_the_facts_say(*provider().ask_budgets(account, kNow), Collector::kBudgets);
  expect_as_the_facts_say(*provider().ask_renewals(account, {kNow, {"BCC"}, {}, refusals}),
                          Collector::kRenewals);
}

// For --check-access: each operation that its collectors call, by the smallest request.
TEST_P(ProviderContract, AsksOnceForAccessToEachOperation) {
  AccountConfig account;
  account.collectors = provider().facts().collectors;
  account.settings = GetParam().settings;
  std::set<std::string_view> asked;
  for (const AccessQuestion& question :
       provider().ask_access(account, {kNow, std::chrono::hours(24)})) {
    ASSERT_NE(question.operation, nullptr);
    const std::string_view label = question.operation->label;
    EXPECT_EQ(asked.insert(label).second, question.sub_account.empty()) << label;
    EXPECT_EQ(question.by_account_id && asked.size() == 1, false) << label;
    EXPECT_EQ(question.request("id").operation, question.operation) << label;
    EXPECT_FALSE(question.if_refused.what.empty()) << label;
    EXPECT_EQ(question.if_refused.what.starts_with("Normal"), question.dispensable) << label;
    HttpResponse not_understood{200, {}, "<html>"};
    EXPECT_FALSE(question.read(not_understood, "id")) << label;
  }
  std::set<std::string_view> operations;
  for (const Operation& operation : provider().operations()) operations.insert(operation.label);
  EXPECT_EQ(asked, operations);
}

TEST_P(ProviderContract, AsksForNoAccessThatNoCollectorNeeds) {
  AccountConfig account;
  account.settings = GetParam().settings;
  EXPECT_TRUE(provider().ask_access(account, {kNow, std::chrono::hours(24)}).empty());
}

TEST_P(ProviderContract, HasOneRemedyForACode) {
  std::set<std::string_view> codes;
  for (const Remedy& remedy : provider().remedies()) {
    EXPECT_TRUE(codes.insert(remedy.code).second) << remedy.code;
    EXPECT_TRUE(remedy.advice.what.ends_with(".")) << remedy.code;
  }
}

TEST_P(ProviderContract, AsksForTheNewestDayThatIsComplete) {
  AccountConfig account;
  account.settings = GetParam().settings;
  for (int hours = 0; hours < 48; ++hours) {
    const UtcSeconds now = kNow + std::chrono::hours(hours);
    const auto newest = provider().newest_complete_day(now);
    if (!newest) continue;
    EXPECT_LE(provider().facts().billing_zone.end_of(*newest), now);
    const auto asked = provider().ask_day(account, {*newest, true});
    expect_as_the_facts_say(*asked, Collector::kBills);
  }
}

TEST_P(ProviderContract, AsksForEarlierDays) {
  AccountConfig account;
  account.settings = GetParam().settings;
  for (const int back : {1, 7, 30, 60}) {
    const auto asked = provider().ask_day(account, {days_before(kChinaTime.day_at(kNow), back)});
    expect_as_the_facts_say(*asked, Collector::kBills);
  }
}

}  // namespace cloud_billing
