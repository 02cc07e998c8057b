#include "baidu/provider.h"

#include <algorithm>
#include <utility>

#include "baidu/balance.h"
#include "baidu/day.h"
#include "baidu/month.h"
#include "baidu/orders.h"
#include "baidu/origins.h"
#include "baidu/response.h"
#include "baidu/signature.h"
#include "providers/canonical_query.h"

namespace cloud_billing::baidu {
namespace {

// Yesterday's bill is complete from this hour on (UTC+8).
constexpr int kBillReadyHour = 10;

class Baidu final : public Provider {
 public:
  const ProviderFacts& facts() const override {
    static const ProviderFacts facts{.name = "baidu",
                                     .default_endpoint = "https://billing.baidubce.com",
                                     .default_requests_per_second = 10,
                                     .max_requests_per_second = 20,
                                     .collectors = {"balance", "bills", "orders"},
                                     .default_collectors = {"balance", "bills"},
                                     .own_account_keys = {"sub_accounts", "tag_separators"},
                                     .display_name = "Baidu",
                                     .origins = origins()};
    return facts;
  }

  std::unique_ptr<BalanceConversation> ask_balance(const AccountConfig& account,
                                                   const BalanceQuery& query) const override {
    return baidu::ask_balance(account, query);
  }

  std::unique_ptr<MonthConversation> ask_month(const AccountConfig& account,
                                               const AggregationConfig& aggregation,
                                               const MonthQuery& query) const override {
    return baidu::ask_month(account, aggregation, query);
  }

  std::optional<BillingDay> newest_complete_day(UtcSeconds now) const override {
    return baidu::newest_complete_day(now);
  }

  std::unique_ptr<DayConversation> ask_day(const AccountConfig& account,
                                           BillingDay day) const override {
    return baidu::ask_day(account, day);
  }

  std::unique_ptr<OrdersConversation> ask_orders(const AccountConfig& account,
                                                 const OrdersQuery& query) const override {
    return baidu::ask_orders(account, query);
  }

  SignedRequest sign(const ApiRequest& request, const AccountConfig& account,
                     const Credentials& credentials, UtcSeconds time) const override {
    const Operation& operation = cloud_billing::operation(request.operation);
    // Only these are signed: a proxy may then change the other headers without breaking the
    // signature.
    RequestToSign to_sign{method_name(operation.method),
                          operation.path,
                          request.query,
                          {{"host", account.endpoint.authority()}, {"x-bce-date", utc_text(time)}}};
    if (!credentials.session_token.empty()) {
      to_sign.signed_headers.push_back({"x-bce-security-token", credentials.session_token});
    }
    std::vector<Header> headers(to_sign.signed_headers.begin() + 1, to_sign.signed_headers.end());
    headers.push_back({"content-type", "application/json; charset=utf-8"});
    headers.push_back({"authorization", authorization(to_sign, credentials.access_key_id,
                                                      credentials.secret_access_key, time)});
    return {request.operation, account.endpoint, canonical_query(request.query), std::move(headers),
            request.body};
  }

  Failure classify_error(HttpResponse& response) const override {
    return baidu::classify_error(response);
  }
};

}  // namespace

BillingDay newest_complete_day(UtcSeconds now) {
  const std::chrono::days days_back(billing_hour_at(now) >= kBillReadyHour ? 1 : 2);
  return billing_day_at(now - days_back);
}

UtcSeconds data_through(BillingMonth month, UtcSeconds now) {
  const UtcSeconds through = start_of(newest_complete_day(now)) + std::chrono::days(1);
  return std::clamp(through, month.start(), month.end());
}

const Provider& provider() {
  static const Baidu baidu;
  return baidu;
}

}  // namespace cloud_billing::baidu
