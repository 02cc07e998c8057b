#pragma once

// The contract between a cloud and the poller. A provider says what to ask next, how to sign it and
// what the answers mean. Everything is pure: bytes in, values out; no thread, clock, socket or log.
// Objects are used by one thread.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "accounts/account_view.h"
#include "config/config.h"
#include "config/provider_facts.h"
#include "core/calendar.h"
#include "core/failure.h"
#include "core/http.h"
#include "providers/credentials.h"
#include "providers/operations.h"

namespace cloud_billing {

// A request before it is signed, so that every attempt can be signed anew.
struct ApiRequest {
  OperationId operation = OperationId::kBaiduResourceMonthBill;
  std::vector<QueryParameter> query;
  std::string body;
  std::string subject;  // what it asks for, in words for errors and logs: "page 3 of the postpay
                        // bill of 2026-11"
};

struct PendingRequest {
  std::uint64_t token = 0;  // the conversation's name for it
  ApiRequest request;
  std::chrono::milliseconds pause{0};  // to wait before it is sent
  bool informational = false;          // its answer is not worth holding a result back for long
};

// A conversation with the cloud that ends in one result. The caller sends what next() gives, at
// most once each, in any number at a time, and brings back every answer in any order.
class Conversation {
 public:
  Conversation() = default;
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;
  virtual ~Conversation() = default;

  // What to send next; nothing while that depends on answers under way, and when all is asked.
  [[nodiscard]] virtual std::optional<PendingRequest> next() = 0;

  // Takes a 2xx answer; its body may be changed by reading. Where it is refused, the failure says
  // why: the caller then sends the request again (if retryable) and accepts that answer, or gives
  // up with fail().
  [[nodiscard]] virtual std::optional<Failure> accept(std::uint64_t token,
                                                      HttpResponse& response) = 0;

  // No good answer will come for this request.
  virtual void fail(std::uint64_t token, const Failure& failure) = 0;

  // True when the result is complete or out of reach. Answers under way are then of no use.
  [[nodiscard]] virtual bool finished() const = 0;

  // Once finished: why there is no result, or nothing.
  [[nodiscard]] virtual const std::optional<Failure>& failure() const = 0;
};

class BalanceConversation : public Conversation {
 public:
  // Once finished without failure, once.
  [[nodiscard]] virtual Balance take_balance() = 0;
  // True where the key was told that it may not read the credit quota: normal, to be asked again in
  // a day.
  [[nodiscard]] virtual bool credit_refused() const = 0;
};

class MonthConversation : public Conversation {
 public:
  // Once finished without failure, once.
  [[nodiscard]] virtual MonthCosts take_costs() = 0;
};

class DayConversation : public Conversation {
 public:
  // Once finished without failure, once.
  [[nodiscard]] virtual DayCosts take_costs() = 0;
};

class OrdersConversation : public Conversation {
 public:
  // Once finished without failure, once.
  [[nodiscard]] virtual Orders take_orders() = 0;
};

struct BalanceQuery {
  UtcSeconds now{};
  std::string account_id;     // the cloud's own id of the account, empty while unknown
  bool ask_credit = true;     // false: the key may not read it
  bool credit_known = false;  // it was read before, so that leaving it out would be a wrong number
};

struct MonthQuery {
  UtcSeconds now{};
  BillingMonth month;
};

// Orders created in the window that ends now.
struct OrdersQuery {
  UtcSeconds now{};
  std::chrono::seconds window{};
};

class Provider {
 public:
  virtual ~Provider() = default;

  [[nodiscard]] virtual const ProviderFacts& facts() const = 0;

  // The account and the aggregation must outlive the conversation.
  [[nodiscard]] virtual std::unique_ptr<BalanceConversation> ask_balance(
      const AccountConfig& account, const BalanceQuery& query) const = 0;
  [[nodiscard]] virtual std::unique_ptr<MonthConversation> ask_month(
      const AccountConfig& account, const AggregationConfig& aggregation,
      const MonthQuery& query) const = 0;

  // The newest day whose bill is complete at this time; nothing where the cloud bills no days.
  [[nodiscard]] virtual std::optional<BillingDay> newest_complete_day(UtcSeconds /*now*/) const {
    return std::nullopt;
  }
  // Called with a day that was given above only.
  [[nodiscard]] virtual std::unique_ptr<DayConversation> ask_day(const AccountConfig& /*account*/,
                                                                 BillingDay /*day*/) const {
    return nullptr;
  }
  // Called where the facts name the collector `orders` only.
  [[nodiscard]] virtual std::unique_ptr<OrdersConversation> ask_orders(
      const AccountConfig& /*account*/, const OrdersQuery& /*query*/) const {
    return nullptr;
  }

  [[nodiscard]] virtual SignedRequest sign(const ApiRequest& request, const AccountConfig& account,
                                           const Credentials& credentials,
                                           UtcSeconds time) const = 0;

  // What an answer outside 2xx means.
  [[nodiscard]] virtual Failure classify_error(HttpResponse& response) const = 0;
};

}  // namespace cloud_billing
