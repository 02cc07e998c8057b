#pragma once

// A small cloud that is no real one, made with the engine that real ones share: what tests of the
// poller ask. An answer is lines of words, the first of which says what the others are:
// "cash 850.5". A bill's row is "row <id> <service> <region> <billed cost> <list cost>", a closed
// month's "row <service> <billing mode> <billed cost>", an order
// "row <id> <status> <type> <service> <payable or -> <created>", both in this program's own words,
// a coupon "row <left> <end>", a package "row <service> <unit> <left> <total> <end>", a budget "row
// <name> <amount> <used>", what ends soon "row <service> <region> <auto or manual> <end>", with
// "unlisted <service>" of a service that has no list; an error is "error <code>" and "request
// <id>"; "no memory" is an answer that there is no memory to read.

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "providers/api_error.h"
#include "providers/bill_questions.h"
#include "providers/composed_conversation.h"
#include "providers/conversation_set.h"
#include "providers/iso_time.h"
#include "providers/listing.h"
#include "providers/numbered_pages.h"
#include "providers/page_digest.h"
#include "providers/provider.h"
#include "providers/provider_table.h"
#include "providers/renewal_services.h"
#include "providers/signing.h"
#include "providers/single_request.h"
#include "providers/token_pages.h"

namespace cloud_billing {

inline constexpr std::array kFakeOperations{
    Operation{
        .provider = "fake", .label = "balance", .method = HttpMethod::kGet, .path = "/balance"},
    Operation{.provider = "fake", .label = "credit", .method = HttpMethod::kGet, .path = "/credit"},
    Operation{.provider = "fake", .label = "bill", .method = HttpMethod::kGet, .path = "/bill"},
    Operation{.provider = "fake", .label = "total", .method = HttpMethod::kGet, .path = "/total"},
    Operation{.provider = "fake", .label = "orders", .path = "/orders"},
    Operation{
        .provider = "fake", .label = "products", .method = HttpMethod::kGet, .path = "/products"},
    Operation{.provider = "fake", .label = "shares", .method = HttpMethod::kGet, .path = "/shares"},
    Operation{
        .provider = "fake", .label = "coupons", .method = HttpMethod::kGet, .path = "/coupons"},
    Operation{
        .provider = "fake", .label = "packages", .method = HttpMethod::kGet, .path = "/packages"},
    Operation{
        .provider = "fake", .label = "budgets", .method = HttpMethod::kGet, .path = "/budgets"},
    Operation{
        .provider = "fake", .label = "expiring", .method = HttpMethod::kGet, .path = "/expiring"},
};
inline constexpr const Operation& kFakeBalance = row_labelled(kFakeOperations, "balance");
inline constexpr const Operation& kFakeCredit = row_labelled(kFakeOperations, "credit");
inline constexpr const Operation& kFakeBill = row_labelled(kFakeOperations, "bill");
inline constexpr const Operation& kFakeTotal = row_labelled(kFakeOperations, "total");
inline constexpr const Operation& kFakeProducts = row_labelled(kFakeOperations, "products");
inline constexpr const Operation& kFakeShares = row_labelled(kFakeOperations, "shares");
inline constexpr const Operation& kFakeCoupons = row_labelled(kFakeOperations, "coupons");
inline constexpr const Operation& kFakePackages = row_labelled(kFakeOperations, "packages");
inline constexpr const Operation& kFakeBudgets = row_labelled(kFakeOperations, "budgets");
inline constexpr const Operation& kFakeExpiring = row_labelled(kFakeOperations, "expiring");
inline constexpr const Operation& kFakeOrders = row_labelled(kFakeOperations, "orders");

inline constexpr std::array kFakeMeanings{
    CodeMeaning{"AccessDenied", Reason::kPermission, false, "the key may not read this"},
    CodeMeaning{"InvalidAccessKeyId", Reason::kAuth, false, "the access key id is not known"},
    CodeMeaning{"SignatureDoesNotMatch", Reason::kAuth, false, "the signature is refused"},
    CodeMeaning{"RequestExpired", Reason::kAuth, true, "the request's time is refused"},
    CodeMeaning{"InternalError", Reason::kServer, true, kServiceFailed},
};

// There is a bill of each, in the order in which they are asked for.
inline constexpr std::array<std::string_view, 2> kFakeModes{"prepaid", "postpaid"};
inline constexpr std::int64_t kFakePageSize = 100;

// An answer's lines; views into its body.
class FakeAnswer {
 public:
  using Words = std::vector<std::string_view>;

  explicit FakeAnswer(const HttpResponse& response) {
    if (response.body == "no memory") throw std::bad_alloc();
    for (const std::string_view line : split(response.body, '\n')) {
      const std::size_t end = std::min(line.find(' '), line.size());
      const std::string_view value = line.substr(std::min(end + 1, line.size()));
      if (line.substr(0, end) == "row") {
        rows_.push_back(split(value, ' '));
      } else {
        values_.emplace(line.substr(0, end), value);
      }
    }
  }

  // Empty if the answer does not say.
  [[nodiscard]] std::string_view text(std::string_view key) const {
    const auto found = values_.find(key);
    return found == values_.end() ? std::string_view() : found->second;
  }
  [[nodiscard]] std::optional<std::int64_t> count(std::string_view key) const {
    const std::string_view digits = text(key);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool is_number = error == std::errc{} && end == digits.data() + digits.size();
    return is_number ? std::optional(number) : std::nullopt;
  }
  [[nodiscard]] Result<Amount, Failure> amount(std::string_view key) const {
    return amount_of(text(key));
  }
  [[nodiscard]] const std::vector<Words>& rows() const { return rows_; }

  [[nodiscard]] static Result<Amount, Failure> amount_of(std::string_view word) {
    const auto amount = Amount::parse(word);
    if (!amount) return response_not_understood(describe(amount.error()));
    return *amount;
  }

 private:
  static Words split(std::string_view text, char separator) {
    Words words;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(separator), text.size());
      words.push_back(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
  }

  std::map<std::string_view, std::string_view> values_;
  std::vector<Words> rows_;
};

inline ApiRequest fake_request(const Operation& operation, std::vector<QueryParameter> query,
                               std::string subject) {
  ApiRequest request;
  request.operation = &operation;
  request.query = std::move(query);
  request.subject = std::move(subject);
  return request;
}

// Cash, and the credit if the key may read it; it is asked for by the account's id, if that is
// known.
class FakeBalanceQuestion final : public ComposedConversation<Balance> {
 public:
  FakeBalanceQuestion(const AccountConfig& account, const BalanceQuery& query)
      : query_(query), cash_(fake_request(kFakeBalance, {}, "balance"), [this](const auto& answer) {
          return read_cash(FakeAnswer(answer));
        }) {
    balance_.currency = account.currency;
    if (query.refusals.holds(kFakeCredit, query.now)) return;
    credit_.emplace(fake_request(kFakeCredit, {{"id", query.account_id}}, "credit"),
                    [this](const auto& answer) { return read_credit(FakeAnswer(answer)); });
  }

 private:
  std::optional<PendingRequest> next_of_parts() override {
    if (auto pending = cash_.next()) return pending;
    return credit_ ? credit_->next() : std::nullopt;
  }

  void look_at_parts() override {
    if (cash_.failure()) return give_up(*cash_.failure());
    if (credit_ && credit_->failure()) {
      if (credit_->failure()->reason == Reason::kPermission) {
        query_.refusals.note(kFakeCredit, query_.now);
      } else {
        balance_.available_failure = credit_->failure();
      }
    }
    if (!cash_.finished() || (credit_ && !credit_->finished())) return;
    if (balance_.available_failure) balance_.available.reset();
    conclude(std::move(balance_));
  }

  Result<Amount, Failure> read_cash(const FakeAnswer& answer) {
    balance_.account_id = answer.text("owner");
    const auto cash = answer.amount("cash");
    if (cash) balance_.cash = *cash;
    return add_available(cash);
  }

  Result<Amount, Failure> read_credit(const FakeAnswer& answer) {
    const auto limit = answer.amount("limit");
    if (!limit) return limit.error();
    balance_.credit_limit = *limit;
    return add_available(answer.amount("left"));
  }

  Result<Amount, Failure> add_available(Result<Amount, Failure> part) {
    if (part && !available_.add(*part)) return response_not_understood("too large");
    balance_.available = available_;
    return part;
  }

  const BalanceQuery query_;
  Balance balance_;
  Amount available_;
  SingleRequest<Amount> cash_;
  std::optional<SingleRequest<Amount>> credit_;  // nothing if it was refused before
};

class FakeProvider : public Provider {
 public:
  const ProviderFacts& facts() const override {
    static const ProviderFacts facts{
        .name = "fake",
        .billing_zone = kChinaTime,
        .default_endpoint = "https://billing.fake.example",
        .default_requests_per_second = 10,
        .max_requests_per_second = 20,
        .collectors = {Collector::kBalance, Collector::kBills, Collector::kOrders,
                       Collector::kHistory, Collector::kAmortization, Collector::kCoupons,
                       Collector::kPackages, Collector::kBudgets, Collector::kRenewals},
        .default_collectors = {Collector::kBalance, Collector::kBills},
        .own_account_keys = {{.name = "members",
                              .kind = ProviderKey::Kind::kTextList,
                              .is_part_of_identity = true,
                              .noun = "an account id"},
                             {.name = "site", .is_part_of_identity = true},
                             {.name = kRenewalServicesKey,
                              .kind = ProviderKey::Kind::kTextList,
                              .noun = "a service"}},
        .display_name = "Fake",
        .amortised_bill = "amortised bill"};
    return facts;
  }

  std::span<const Operation> operations() const override { return kFakeOperations; }

  Question<Balance> ask_balance(const AccountConfig& account,
                                const BalanceQuery& query) const override {
    return std::make_unique<FakeBalanceQuestion>(account, query);
  }

  Question<MonthCosts> ask_month(const AccountConfig& account, const AggregationConfig& aggregation,
                                 const MonthQuery& query) const override {
    const QueryParameter period{"month", query.month.text()};
    const UtcSeconds through =
        std::max(zone().end_of(newest_day(query.now)), zone().start_of(query.month));
    auto totals = std::make_unique<SingleRequest<CurrencySums>>(
        fake_request(kFakeTotal, {{"of", period.value}}, "total of " + period.value),
        [&account](const HttpResponse& answer) -> Result<CurrencySums, Failure> {
          const auto cost = FakeAnswer(answer).amount("cost");
          if (!cost) return cost.error();
          return CurrencySums{{{account.currency, *cost}}};
        });
    return ask_month_of(
        zone(), account, aggregation, query,
        {read_bills(kFakeBill, account, aggregation, period, through), std::move(totals)});
  }

  Question<EffectiveCosts> ask_effective_month(const AccountConfig& account,
                                               const AggregationConfig& aggregation,
                                               const MonthQuery& query) const override {
    const UtcSeconds through =
        std::max(zone().end_of(newest_day(query.now)), zone().start_of(query.month));
    return ask_effective_month_of(
        zone(), account, aggregation, query,
        read_bills(kFakeShares, account, aggregation, {"month", query.month.text()}, through));
  }

  Question<Coupons> ask_coupons(const AccountConfig& account, UtcSeconds /*now*/) const override {
    return std::make_unique<SingleRequest<Coupons>>(
        fake_request(kFakeCoupons, {}, "coupons"),
        [&account](const HttpResponse& response) -> Result<Coupons, Failure> {
          const FakeAnswer answer(response);
          Coupons coupons;
          Amount& balance = coupons.balances[account.currency];
          for (const FakeAnswer::Words& row : answer.rows()) {
            const auto left = FakeAnswer::amount_of(row.at(0));
            if (!left) return left.error();
            if (!balance.add(*left)) return response_not_understood("too large");
            ++coupons.count;
            if (const auto end = read_iso_time(row.at(1))) {
              coupons.first_expiry.add(*end);
            } else {
              coupons.first_expiry.add_undated();
            }
          }
          return coupons;
        });
  }

  Question<Packages> ask_packages(const AccountConfig& /*account*/,
                                  UtcSeconds /*now*/) const override {
    return std::make_unique<SingleRequest<Packages>>(
        fake_request(kFakePackages, {}, "packages"),
        [](const HttpResponse& response) -> Result<Packages, Failure> {
          const FakeAnswer answer(response);
          Packages packages;
          for (const FakeAnswer::Words& row : answer.rows()) {
            PackageSums& sums = packages.sums[{std::string(row.at(0)), std::string(row.at(1))}];
            const auto left = FakeAnswer::amount_of(row.at(2));
            const auto total = FakeAnswer::amount_of(row.at(3));
            if (!left || !total) return response_not_understood("an amount");
            sums = {*total, *left};
            ++packages.count;
            FirstExpiry& first = packages.first_expiries[std::string(row.at(0))];
            if (const auto end = read_iso_time(row.at(4))) {
              first.add(*end);
            } else {
              first.add_undated();
            }
          }
          return packages;
        });
  }

  Question<ProviderBudgets> ask_budgets(const AccountConfig& account,
                                        UtcSeconds /*now*/) const override {
    return std::make_unique<SingleRequest<ProviderBudgets>>(
        fake_request(kFakeBudgets, {}, "budgets"),
        [&account](const HttpResponse& response) -> Result<ProviderBudgets, Failure> {
          const FakeAnswer answer(response);
          ProviderBudgets budgets;
          for (const FakeAnswer::Words& row : answer.rows()) {
            const auto budget = FakeAnswer::amount_of(row.at(1));
            const auto used = FakeAnswer::amount_of(row.at(2));
            if (!budget || !used) return response_not_understood("an amount");
            budgets.sums[{std::string(row.at(0)), account.currency}] = {*budget, *used};
            ++budgets.count;
          }
          return budgets;
        });
  }

  // Rows are service, region, "auto" or "manual" and end; of the services that it asks for.
  Question<Renewals> ask_renewals(const AccountConfig& account,
                                  const RenewalsQuery& query) const override {
    std::set<std::string> services = query.prepaid_services;
    for (const std::string& service : configured_services(account)) services.insert(service);
    std::string names;
    for (const std::string& service : services) {
      if (query.refusals.is_unsupported(kFakeExpiring, service)) continue;
      names += (names.empty() ? "" : ",") + service;
    }
    return std::make_unique<SingleRequest<Renewals>>(
        fake_request(kFakeExpiring, {{"services", names}}, "what ends soon"),
        [query](const HttpResponse& response) -> Result<Renewals, Failure> {
          const FakeAnswer answer(response);
          Renewals renewals;
          for (const FakeAnswer::Words& row : answer.rows()) {
            const RenewalKey key{std::string(row.at(0)), std::string(row.at(1)),
                                 row.at(2) == "auto"};
            if (const auto end = read_iso_time(row.at(3))) {
              renewals.add(key, *end, query.now);
              continue;
            }
            renewals.add_undated(key);
            renewals.failure = response_not_understood("a time");
          }
          if (const std::string unlisted(answer.text("unlisted")); !unlisted.empty()) {
            query.refusals.note_unsupported(kFakeExpiring, unlisted);
            renewals.unlisted_services.push_back(unlisted);
          }
          return renewals;
        });
  }

  Question<Orders> ask_orders(const AccountConfig& account,
                              const OrdersQuery& query) const override {
    using OrderListing = Listing<Orders, TokenPages>;
    constexpr std::int64_t kMostPages = 1000;
    OrderListing::Pages pages;
    pages.request = [query, owners = owners_of(account)](const TokenPages::Page& page) {
      ApiRequest request =
          fake_request(kFakeOrders, {}, "page " + std::to_string(page.number) + " of the orders");
      request.body = "from " + utc_text(query.now - query.window) + "\nto " + utc_text(query.now) +
                     "\nowner " + owners[page.chain] + "\ntoken " + page.token + "\n";
      return request;
    };
    pages.read = [&account](const TokenPages::Page& /*page*/, const HttpResponse& response,
                            Orders& orders) { return read_orders(account, response, orders); };
    return std::make_unique<OrderListing>(TokenPages(owners_of(account).size(), kMostPages),
                                          std::move(pages), Orders{});
  }

  Question<ServiceCosts> ask_closed_month(const AccountConfig& account,
                                          BillingMonth month) const override {
    return std::make_unique<SingleRequest<ServiceCosts>>(
        fake_request(kFakeProducts, {{"month", month.text()}}, "products of " + month.text()),
        [&account](const HttpResponse& response) -> Result<ServiceCosts, Failure> {
          ServiceCosts costs;
          const FakeAnswer answer(response);
          costs.account_id = answer.text("owner");
          for (const FakeAnswer::Words& row : answer.rows()) {
            const auto cost = FakeAnswer::amount_of(row.at(2));
            if (!cost) return cost.error();
            const DayCostKey key{account.currency, std::string(row[0]), std::string(row[1])};
            if (!costs.add(key, *cost)) return response_not_understood("too large");
          }
          return costs;
        });
  }

  std::optional<BillingDay> newest_complete_day(UtcSeconds now) const override {
    return newest_day(now);
  }

  // Of a cloud that tells the newest day only.
  Question<DayCosts> ask_day(const AccountConfig& account, const DayQuery& query) const override {
    if (!query.is_newest) {
      return std::make_unique<UnsupportedConversation<DayCosts>>("earlier days are not told");
    }
    return ask_any_day(account, query.day);
  }

  // Shows what the signature is made for, and no secret.
  SignedRequest sign(const ApiRequest& request, const SigningKey& key,
                     const SigningMoment& moment) const override {
    return signed_request(
        request, key.endpoint, {{"content-type", "text/plain"}},
        "fake " + key.credentials.access_key_id + " " + utc_text(moment.time) + " " + moment.nonce);
  }

  Failure classify_error(HttpResponse& response) const override {
    const FakeAnswer answer(response);
    return classify_error_response(
        response, {response.status, answer.text("error"), answer.text("request")}, kFakeMeanings);
  }

  // The credit is asked for by the owner's id, which a bill tells.
  std::vector<AccessQuestion> ask_access(const AccountConfig& account,
                                         const AccessQuery& query) const override {
    const QueryParameter month{"month", zone().month_at(query.now).text()};
    std::vector<AccessQuestion> questions;
    if (polls(account, Collector::kBalance)) questions.push_back(access_to(kFakeBalance, {}));
    if (polls(account, Collector::kBills)) questions.push_back(access_to(kFakeBill, {month}));
    if (polls(account, Collector::kBalance)) {
      questions.push_back(access_to(kFakeCredit, {}));
      questions.back().dispensable = true;
      questions.back().by_account_id = true;
      questions.back().if_refused = {"Normal: the credit is left out."};
    }
    if (polls(account, Collector::kOrders)) questions.push_back(access_to(kFakeOrders, {}));
    if (polls(account, Collector::kHistory)) questions.push_back(access_to(kFakeProducts, {month}));
    if (polls(account, Collector::kAmortization)) {
      questions.push_back(access_to(kFakeShares, {month}));
    }
    if (polls(account, Collector::kCoupons)) questions.push_back(access_to(kFakeCoupons, {}));
    if (polls(account, Collector::kPackages)) questions.push_back(access_to(kFakePackages, {}));
    if (polls(account, Collector::kBudgets)) questions.push_back(access_to(kFakeBudgets, {}));
    if (polls(account, Collector::kRenewals)) questions.push_back(access_to(kFakeExpiring, {}));
    for (const std::string& member : account.settings.list("members")) {
      questions.push_back(access_to(kFakeBill, {month, {"owner", member}}));
      questions.back().sub_account = member;
    }
    return questions;
  }

  std::span<const Remedy> remedies() const override {
    static constexpr std::array kRemedies{
        Remedy{"SignatureDoesNotMatch", {"Copy the key anew.", "Keys (密钥)"}}};
    return kRemedies;
  }

 protected:
  static Question<DayCosts> ask_any_day(const AccountConfig& account, BillingDay day) {
    return ask_day_of(
        read_bills(kFakeBill, account, totals_only(), {"day", day_text(day)}, std::nullopt), day);
  }

 private:
  static AccessQuestion access_to(const Operation& operation, std::vector<QueryParameter> query) {
    AccessQuestion question;
    question.operation = &operation;
    question.if_refused = {"Grant the policy ReadBills.", "Users (用户)"};
    question.request = [&operation, query](const std::string& account_id) {
      ApiRequest request = fake_request(operation, query, std::string(operation.label));
      if (!account_id.empty()) request.query.push_back({"of", account_id});
      return request;
    };
    question.read = [](HttpResponse& response,
                       const std::string& /*account_id*/) -> Result<AccessFact, Failure> {
      const FakeAnswer answer(response);
      if (answer.text("fact").empty()) return response_not_understood("no fact");
      return AccessFact{std::string(answer.text("fact")), std::string(answer.text("owner"))};
    };
    return question;
  }

  [[nodiscard]] BillingZone zone() const { return facts().billing_zone; }

  // Yesterday from 10:00 on, before that the day before.
  [[nodiscard]] BillingDay newest_day(UtcSeconds now) const {
    return zone().day_at(now - std::chrono::days(zone().hour_at(now) >= 10 ? 1 : 2));
  }

  // "" for the key's own account, then the members.
  static std::vector<std::string> owners_of(const AccountConfig& account) {
    std::vector<std::string> owners{""};
    const auto& members = account.settings.list("members");
    owners.insert(owners.end(), members.begin(), members.end());
    return owners;
  }

  // The rows of the amortised bill are written as those of the bill.
  static std::unique_ptr<Conversation<BillSums>> read_bills(
      const Operation& bill, const AccountConfig& account, const AggregationConfig& aggregation,
      const QueryParameter& period, const std::optional<UtcSeconds>& through) {
    using BillListing = Listing<BillSums, NumberedPages>;
    const BillSums none{CostSnapshot(aggregation), "", through};
    std::vector<std::unique_ptr<Conversation<BillSums>>> listings;
    for (const std::string& owner : owners_of(account)) {
      for (const std::string_view mode : kFakeModes) {
        BillListing::Pages pages;
        pages.request = [&bill, &account, period, owner, mode](const NumberedPages::Page& page) {
          const std::string number = std::to_string(page.number);
          std::vector<QueryParameter> query{period,
                                            {"mode", std::string(mode)},
                                            {"page", number},
                                            {"size", std::to_string(kFakePageSize)}};
          if (!owner.empty()) query.push_back({"owner", owner});
          const std::string& site = account.settings.text("site");
          if (!site.empty()) query.push_back({"site", site});
          return fake_request(
              bill, std::move(query),
              "page " + number + " of the " + std::string(mode) + " bill of " + period.value);
        };
        pages.read = [&account, owner, mode](const NumberedPages::Page& /*page*/,
                                             const HttpResponse& response, BillSums& sums) {
          return read_bill(account, owner, mode, response, sums);
        };
        listings.push_back(
            std::make_unique<BillListing>(NumberedPages(kFakePageSize), std::move(pages), none));
      }
    }
    return std::make_unique<ConversationSet<BillSums>>(std::move(listings), none);
  }

  static Result<PageFacts, Failure> read_bill(const AccountConfig& account,
                                              const std::string& owner, std::string_view mode,
                                              const HttpResponse& response, BillSums& sums) {
    const FakeAnswer answer(response);
    if (owner.empty()) sums.account_id = answer.text("owner");
    PageFacts facts;
    facts.rows = std::ssize(answer.rows());
    facts.total = answer.count("total");
    facts.page = answer.count("page");
    facts.page_size = answer.count("size");
    if (!facts.total) return response_not_understood("no total");
    BillRow row;
    row.billing_mode = mode;
    row.sub_account_id = owner.empty() ? sums.account_id : owner;
    row.currency = account.currency;
    for (const FakeAnswer::Words& words : answer.rows()) {
      if (words.size() != 5) return response_not_understood("a row of the bill");
      const auto billed = FakeAnswer::amount_of(words[3]);
      const auto list = FakeAnswer::amount_of(words[4]);
      if (!billed || !list) return response_not_understood("an amount of the bill");
      facts.ids.push_back(page_digest(words[0]));
      row.service_type = words[1];
      row.region_id = words[2];
      row.amounts[index_of(Measure::kBilledCost)] = *billed;
      row.amounts[index_of(Measure::kListCost)] = *list;
      if (!sums.costs.fold(row)) return response_not_understood("a sum that is too large");
    }
    return facts;
  }

  static Result<TokenPageFacts, Failure> read_orders(const AccountConfig& account,
                                                     const HttpResponse& response, Orders& orders) {
    const FakeAnswer answer(response);
    TokenPageFacts facts;
    facts.rows = std::ssize(answer.rows());
    facts.next_token = answer.text("next");
    if (answer.count("orders") != facts.rows) return response_not_understood("no orders");
    for (const FakeAnswer::Words& words : answer.rows()) {
      if (words.size() != 6) return response_not_understood("an order");
      OptionalAmount payable;
      if (words[4] != "-") {
        const auto told = FakeAnswer::amount_of(words[4]);
        if (!told) return told.error();
        payable = *told;
      }
      facts.ids.push_back(page_digest(words[0]));
      const Order order{.status = words[1],
                        .type = words[2],
                        .service_type = words[3],
                        .currency = account.currency,
                        .payable = payable,
                        .created = parse_utc(words[5])};
      if (!orders.add(order)) return response_not_understood("a sum that is too large");
    }
    return facts;
  }
};

// Lives as long as the program. Any thread.
// The same on a site whose months and days are those of UTC.
class FakeProviderInUtc final : public FakeProvider {
 public:
  const ProviderFacts& facts() const override {
    static const ProviderFacts facts = [this] {
      ProviderFacts copy = FakeProvider::facts();
      copy.name = "fake-utc";
      copy.billing_zone = kUtc;
      return copy;
    }();
    return facts;
  }
};

inline const ProviderTable& fake_providers() {
  static const FakeProvider fake;
  static const FakeProviderInUtc in_utc;
  static const ProviderTable table{&fake, &in_utc};
  return table;
}

}  // namespace cloud_billing
