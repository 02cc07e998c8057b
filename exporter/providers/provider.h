#pragma once

// The contract with a cloud: what to ask, how to sign it and what its errors mean. A cloud is one
// implementation, reached through the ProviderTable. Everything is pure: bytes in, values out; no
// thread, clock, socket or log. Objects are used by one thread.

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "billing/costs.h"
#include "billing/coupons.h"
#include "billing/effective_costs.h"
#include "billing/orders.h"
#include "billing/packages.h"
#include "billing/provider_budgets.h"
#include "billing/renewals.h"
#include "billing/service_costs.h"
#include "billing/sub_account_cash.h"
#include "config/config.h"
#include "config/provider_facts.h"
#include "config/provider_settings.h"
#include "core/calendar.h"
#include "core/failure.h"
#include "core/http.h"
#include "providers/access_question.h"
#include "providers/charge_sink.h"
#include "providers/conversation.h"
#include "providers/credentials.h"
#include "providers/operation.h"
#include "providers/refusals.h"

namespace cloud_billing {

struct BalanceQuery {
  UtcSeconds now{};
  std::string account_id;         // the cloud's own id of the account, empty while unknown
  bool had_credit_limit = false;  // it was read before, so that leaving it out would be a wrong
                                  // number
  Refusals& refusals;             // the account's; must outlive the conversation
};

struct SubAccountCashQuery {
  UtcSeconds now{};
  bool was_told = false;  // it was read before, so that leaving it out would be a loss
  Refusals& refusals;     // the account's; must outlive the conversation
};

struct MonthQuery {
  UtcSeconds now{};
  BillingMonth month;
  ChargeSink* charges = nullptr;  // gets each row as well; null: the sums are all that is wanted
};

// Orders created in the window that ends now.
struct OrdersQuery {
  UtcSeconds now{};
  std::chrono::seconds window{};
};

// What ends soon.
struct RenewalsQuery {
  UtcSeconds now{};
  std::set<std::string> prepaid_services{};  // those of the bills that are known
  std::set<std::string> listed_services{};   // those that the list had resources of before
  Refusals& refusals;                        // the account's; must outlive the conversation
  bool bills_are_known = true;  // of this or the previous month: they tell what was bought lately
};

struct DayQuery {
  BillingDay day;
  bool is_newest = false;  // the newest complete one
};

// What a request is signed for.
struct SigningKey {
  const Endpoint& endpoint;
  const ProviderSettings& settings;
  const Credentials& credentials;
};

// When a request is signed, and a number used once: 32 hexadecimal digits, another for each
// attempt.
struct SigningMoment {
  UtcSeconds time{};
  std::string nonce;
};

class Provider {
 public:
  virtual ~Provider() = default;

  [[nodiscard]] virtual const ProviderFacts& facts() const = 0;
  // All that it ever sends.
  [[nodiscard]] virtual std::span<const Operation> operations() const = 0;

  // The account and the aggregation must outlive the conversation. A question that the cloud cannot
  // answer is an UnsupportedConversation; the facts name the collectors that it can.
  [[nodiscard]] virtual Question<Balance> ask_balance(const AccountConfig& account,
                                                      const BalanceQuery& query) const = 0;
  // The cash of the account's sub-accounts, empty if that is refused; no question if there are
  // none, if it was refused less than a day before, or if the cloud cannot tell it.
  [[nodiscard]] virtual std::optional<Question<SubAccountCash>> ask_sub_account_cash(
      const AccountConfig& /*account*/, const SubAccountCashQuery& /*query*/) const {
    return std::nullopt;
  }
  [[nodiscard]] virtual Question<MonthCosts> ask_month(const AccountConfig& account,
                                                       const AggregationConfig& aggregation,
                                                       const MonthQuery& query) const = 0;
  // What a month costs by its share of all purchases, from the cloud's amortised bill. Regions may
  // be their display names, where that bill tells no ids.
  [[nodiscard]] virtual Question<EffectiveCosts> ask_effective_month(
      const AccountConfig& account, const AggregationConfig& aggregation,
      const MonthQuery& query) const = 0;
  [[nodiscard]] virtual Question<Orders> ask_orders(const AccountConfig& account,
                                                    const OrdersQuery& query) const = 0;
  // Those that are effective at this time; coupons that have something left.
  [[nodiscard]] virtual Question<Coupons> ask_coupons(const AccountConfig& account,
                                                      UtcSeconds now) const = 0;
  [[nodiscard]] virtual Question<Packages> ask_packages(const AccountConfig& account,
                                                        UtcSeconds now) const = 0;
  // The budgets that it has with the cloud.
  [[nodiscard]] virtual Question<ProviderBudgets> ask_budgets(const AccountConfig& account,
                                                              UtcSeconds now) const = 0;
  // What it has paid for in advance that ends within the longest window.
  [[nodiscard]] virtual Question<Renewals> ask_renewals(const AccountConfig& account,
                                                        const RenewalsQuery& query) const = 0;
  // What services cost in a month that is over, as the cloud's own totals by product tell it.
  [[nodiscard]] virtual Question<ServiceCosts> ask_closed_month(const AccountConfig& account,
                                                                BillingMonth month) const = 0;

  // The newest day whose bill is complete at this time; nothing if the cloud bills no days.
  [[nodiscard]] virtual std::optional<BillingDay> newest_complete_day(UtcSeconds now) const = 0;
  // What a day cost that is complete. The services of the newest one are told apart; those of
  // others only if that costs no further request.
  [[nodiscard]] virtual Question<DayCosts> ask_day(const AccountConfig& account,
                                                   const DayQuery& query) const = 0;

  [[nodiscard]] virtual SignedRequest sign(const ApiRequest& request, const SigningKey& key,
                                           const SigningMoment& moment) const = 0;

  // What a response outside 2xx means.
  [[nodiscard]] virtual Failure classify_error(HttpResponse& response) const = 0;

  // One question for each operation that the account's collectors need, in their order, then one
  // for each of its sub-accounts. The account must outlive them.
  [[nodiscard]] virtual std::vector<AccessQuestion> ask_access(const AccountConfig& account,
                                                               const AccessQuery& query) const = 0;
  [[nodiscard]] virtual std::span<const Remedy> remedies() const = 0;
};

}  // namespace cloud_billing
