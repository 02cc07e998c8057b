#include "volcengine/provider.h"

#include <utility>

#include "core/hmac.h"
#include "providers/bill_questions.h"
#include "providers/doubtful_bill.h"
#include "providers/signing.h"
#include "volcengine/access.h"
#include "volcengine/balance.h"
#include "volcengine/bill_listing.h"
#include "volcengine/budgets.h"
#include "volcengine/coupons.h"
#include "volcengine/month.h"
#include "volcengine/operations.h"
#include "volcengine/orders.h"
#include "volcengine/origins.h"
#include "volcengine/overview.h"
#include "volcengine/packages.h"
#include "volcengine/response.h"
#include "volcengine/signature.h"

namespace cloud_billing::volcengine {
namespace {

class Volcengine final : public Provider {
 public:
  const ProviderFacts& facts() const override {
    static const ProviderFacts facts{
        .name = "volcengine",
        .billing_zone = kVolcengineSite.zone,
        .default_endpoint = "https://billing.volcengineapi.com",
        .default_requests_per_second = 4,
        .max_requests_per_second = 5,
        .collectors = {Collector::kBalance, Collector::kBills, Collector::kOrders,
                       Collector::kHistory, Collector::kAmortization, Collector::kCoupons,
                       Collector::kPackages, Collector::kBudgets},
        .default_collectors = {Collector::kBalance, Collector::kBills},
        .own_account_keys = {{.name = "region",
                              .kind = ProviderKey::Kind::kPlainName,
                              .default_text = "cn-beijing",
                              .noun = "a region"}},
        .other_names = {"火山", "火山云", "火山引擎", "volc", "volcano", "volcano-engine"},
        .display_name = "Volcengine",
        .amortised_bill = "成本账单",
        .origins = origins()};
    return facts;
  }

  std::span<const Operation> operations() const override { return kOperations; }

  Question<Balance> ask_balance(const AccountConfig& account,
                                const BalanceQuery& /*query*/) const override {
    return volcengine::ask_balance(account);
  }

  Question<MonthCosts> ask_month(const AccountConfig& account, const AggregationConfig& aggregation,
                                 const MonthQuery& query) const override {
    return volcengine::ask_month(kVolcengineSite, account, aggregation, query);
  }

  Question<EffectiveCosts> ask_effective_month(const AccountConfig& account,
                                               const AggregationConfig& aggregation,
                                               const MonthQuery& query) const override {
    return volcengine::ask_effective_month(kVolcengineSite, account, aggregation, query);
  }

  Question<Orders> ask_orders(const AccountConfig& account,
                              const OrdersQuery& query) const override {
    return volcengine::ask_orders(account, query);
  }

  Question<Coupons> ask_coupons(const AccountConfig& account, UtcSeconds now) const override {
    return volcengine::ask_coupons(account, now);
  }

  Question<Packages> ask_packages(const AccountConfig& /*account*/, UtcSeconds now) const override {
    return volcengine::ask_packages(now);
  }

  Question<ProviderBudgets> ask_budgets(const AccountConfig& account,
                                        UtcSeconds now) const override {
    return volcengine::ask_budgets(account, now);
  }

  Question<ServiceCosts> ask_closed_month(const AccountConfig& account,
                                          BillingMonth month) const override {
    return read_product_costs(account, month);
  }

  std::optional<BillingDay> newest_complete_day(UtcSeconds now) const override {
    return volcengine::newest_complete_day(now, kVolcengineSite.zone);
  }

  Question<DayCosts> ask_day(const AccountConfig& account, const DayQuery& query) const override {
    // There is no provider's total of a day to decide by.
    return ask_day_of(decide_by_total(read_bill(kVolcengineSite, account, totals_only(),
                                                BillPeriod::of(query.day)),
                                      [] { return nullptr; }),
                      query.day);
  }

  SignedRequest sign(const ApiRequest& request, const SigningKey& key,
                     const SigningMoment& moment) const override {
    const Operation& operation = *request.operation;
    const Credentials& credentials = key.credentials;
    RequestToSign to_sign;
    to_sign.method = method_name(operation.method);
    to_sign.path = operation.path;
    to_sign.canonical_query = operation.query;
    to_sign.body = request.body;
    to_sign.signed_headers = {{"host", key.endpoint.authority()},
                              {"content-type", std::string(kContentType)},
                              {"x-content-sha256", hex_text(sha256(request.body))},
                              {"x-date", signing_time(moment.time)}};
    if (!credentials.session_token.empty()) {
      to_sign.signed_headers.push_back({"x-security-token", credentials.session_token});
    }
    std::string signature =
        authorization(to_sign, credentials.access_key_id, credentials.secret_access_key,
                      {key.settings.text("region")}, moment.time);
    return signed_request(request, key.endpoint, std::move(to_sign.signed_headers),
                          std::move(signature));
  }

  Failure classify_error(HttpResponse& response) const override {
    return volcengine::classify_error(response);
  }

  std::vector<AccessQuestion> ask_access(const AccountConfig& account,
                                         const AccessQuery& query) const override {
    return volcengine::ask_access(kVolcengineSite, account, query);
  }

  std::span<const Remedy> remedies() const override { return volcengine::remedies(); }
};

}  // namespace

BillingDay newest_complete_day(UtcSeconds now, BillingZone zone) {
  return zone.day_at(now - std::chrono::days(2));
}

const Provider& provider() {
  static const Volcengine volcengine;
  return volcengine;
}

}  // namespace cloud_billing::volcengine
