#include "volcengine/provider.h"

#include <utility>

#include "core/hmac.h"
#include "volcengine/balance.h"
#include "volcengine/day.h"
#include "volcengine/month.h"
#include "volcengine/orders.h"
#include "volcengine/origins.h"
#include "volcengine/response.h"
#include "volcengine/signature.h"

namespace cloud_billing::volcengine {
namespace {

// The rows of yesterday and of the day before still come in.
constexpr std::chrono::days kDayIsCompleteAfter{2};

class Volcengine final : public Provider {
 public:
  const ProviderFacts& facts() const override {
    static const ProviderFacts facts{.name = "volcengine",
                                     .default_endpoint = "https://billing.volcengineapi.com",
                                     .default_requests_per_second = 4,
                                     .max_requests_per_second = 5,
                                     .collectors = {"balance", "bills", "orders"},
                                     .default_collectors = {"balance", "bills"},
                                     .own_account_keys = {"region"},
                                     .display_name = "Volcengine",
                                     .origins = origins()};
    return facts;
  }

  std::unique_ptr<BalanceConversation> ask_balance(const AccountConfig& account,
                                                   const BalanceQuery& /*query*/) const override {
    return volcengine::ask_balance(account);
  }

  std::unique_ptr<MonthConversation> ask_month(const AccountConfig& account,
                                               const AggregationConfig& aggregation,
                                               const MonthQuery& query) const override {
    return volcengine::ask_month(account, aggregation, query);
  }

  std::optional<BillingDay> newest_complete_day(UtcSeconds now) const override {
    return billing_day_at(now - kDayIsCompleteAfter);
  }

  std::unique_ptr<DayConversation> ask_day(const AccountConfig& account,
                                           BillingDay day) const override {
    return volcengine::ask_day(account, day);
  }

  std::unique_ptr<OrdersConversation> ask_orders(const AccountConfig& account,
                                                 const OrdersQuery& query) const override {
    return volcengine::ask_orders(account, query);
  }

  SignedRequest sign(const ApiRequest& request, const AccountConfig& account,
                     const Credentials& credentials, UtcSeconds time) const override {
    const Operation& operation = cloud_billing::operation(request.operation);
    RequestToSign to_sign;
    to_sign.method = method_name(operation.method);
    to_sign.path = operation.path;
    to_sign.canonical_query = operation.query;
    to_sign.body = request.body;
    to_sign.signed_headers = {{"host", account.endpoint.authority()},
                              {"content-type", "application/json; charset=utf-8"},
                              {"x-content-sha256", hex_text(sha256(request.body))},
                              {"x-date", signing_time(time)}};
    if (!credentials.session_token.empty()) {
      to_sign.signed_headers.push_back({"x-security-token", credentials.session_token});
    }
    // The transport sends the host itself.
    std::vector<Header> headers(to_sign.signed_headers.begin() + 1, to_sign.signed_headers.end());
    headers.push_back(
        {"authorization", authorization(to_sign, credentials.access_key_id,
                                        credentials.secret_access_key, {account.region}, time)});
    return {request.operation, account.endpoint, "", std::move(headers), request.body};
  }

  Failure classify_error(HttpResponse& response) const override {
    return volcengine::classify_error(response);
  }
};

}  // namespace

const Provider& provider() {
  static const Volcengine volcengine;
  return volcengine;
}

}  // namespace cloud_billing::volcengine
