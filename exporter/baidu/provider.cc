#include "baidu/provider.h"

#include <algorithm>
#include <utility>

#include "baidu/access.h"
#include "baidu/balance.h"
#include "baidu/month.h"
#include "baidu/operations.h"
#include "baidu/orders.h"
#include "baidu/origins.h"
#include "baidu/product_costs.h"
#include "baidu/renewals.h"
#include "baidu/response.h"
#include "baidu/service_facts.h"
#include "baidu/signature.h"
#include "baidu/sub_account_cash.h"
#include "providers/renewal_services.h"
#include "providers/signing.h"

namespace cloud_billing::baidu {
namespace {

// Yesterday's bill is complete from this hour on (UTC+8).
constexpr int kBillReadyHour = 10;

class Baidu final : public Provider {
 public:
  const ProviderFacts& facts() const override {
    static const ProviderFacts facts{
        .name = "baidu",
        .billing_zone = kBillingZone,
        .default_endpoint = "https://billing.baidubce.com",
        .default_requests_per_second = 10,
        .max_requests_per_second = 20,
        .collectors = {Collector::kBalance, Collector::kBills, Collector::kOrders,
                       Collector::kHistory, Collector::kAmortization, Collector::kRenewals},
        .default_collectors = {Collector::kBalance, Collector::kBills},
        .own_account_keys = {{.name = "sub_accounts",
                              .kind = ProviderKey::Kind::kTextList,
                              .is_part_of_identity = true,
                              .noun = "an account id"},
                             {.name = "tag_separators",
                              .default_text = ";,\n",
                              .is_part_of_identity = true},
                             {.name = kRenewalServicesKey,
                              .kind = ProviderKey::Kind::kTextList,
                              .noun = "a serviceType of the bill, such as BCC"}},
        .other_names = {"百度", "百度云", "百度智能云", "baiducloud", "baidu-cloud", "bce"},
        .display_name = "Baidu",
        .amortised_bill = "成本分摊",
        .origins = origins(),
        .issuer = "Baidu AI Cloud",
        .services = service_facts()};
    return facts;
  }

  std::span<const Operation> operations() const override { return kOperations; }

  Question<Balance> ask_balance(const AccountConfig& account,
                                const BalanceQuery& query) const override {
    return baidu::ask_balance(account, query);
  }

  std::optional<Question<SubAccountCash>> ask_sub_account_cash(
      const AccountConfig& account, const SubAccountCashQuery& query) const override {
    return baidu::ask_sub_account_cash(account, query);
  }

  Question<MonthCosts> ask_month(const AccountConfig& account, const AggregationConfig& aggregation,
                                 const MonthQuery& query) const override {
    return baidu::ask_month(account, aggregation, query);
  }

  Question<EffectiveCosts> ask_effective_month(const AccountConfig& account,
                                               const AggregationConfig& aggregation,
                                               const MonthQuery& query) const override {
    return baidu::ask_effective_month(account, aggregation, query);
  }

  Question<Orders> ask_orders(const AccountConfig& account,
                              const OrdersQuery& query) const override {
    return baidu::ask_orders(account, query);
  }

  Question<Coupons> ask_coupons(const AccountConfig& /*account*/,
                                UtcSeconds /*now*/) const override {
    return std::make_unique<UnsupportedConversation<Coupons>>(
        "the coupons of this cloud are not read");
  }
  Question<Packages> ask_packages(const AccountConfig& /*account*/,
                                  UtcSeconds /*now*/) const override {
    return std::make_unique<UnsupportedConversation<Packages>>(
        "the packages of this cloud are not read");
  }
  Question<ProviderBudgets> ask_budgets(const AccountConfig& /*account*/,
                                        UtcSeconds /*now*/) const override {
    return std::make_unique<UnsupportedConversation<ProviderBudgets>>(
        "the budgets of this cloud are not read");
  }

  Question<Renewals> ask_renewals(const AccountConfig& account,
                                  const RenewalsQuery& query) const override {
    return baidu::ask_renewals(account, query);
  }

  Question<ServiceCosts> ask_closed_month(const AccountConfig& account,
                                          BillingMonth month) const override {
    const Days days{month.first_day(), month.last_day()};
    return read_product_costs(account, days, month.text());
  }

  std::optional<BillingDay> newest_complete_day(UtcSeconds now) const override {
    return baidu::newest_complete_day(now);
  }

  Question<DayCosts> ask_day(const AccountConfig& account, const DayQuery& query) const override {
    return baidu::ask_day(account, query);
  }

  SignedRequest sign(const ApiRequest& request, const SigningKey& key,
                     const SigningMoment& moment) const override {
    const Operation& operation = *request.operation;
    const Credentials& credentials = key.credentials;
    // Only these are signed: a proxy may then change the other headers without breaking the
    // signature.
    RequestToSign to_sign{
        method_name(operation.method),
        operation.path,
        request.query,
        {{"host", key.endpoint.authority()}, {"x-bce-date", utc_text(moment.time)}}};
    if (!credentials.session_token.empty()) {
      to_sign.signed_headers.push_back({"x-bce-security-token", credentials.session_token});
    }
    std::string signature = authorization(to_sign, credentials.access_key_id,
                                          credentials.secret_access_key, moment.time);
    return signed_request(request, key.endpoint, std::move(to_sign.signed_headers),
                          std::move(signature));
  }

  Failure classify_error(HttpResponse& response) const override {
    return baidu::classify_error(response);
  }

  std::vector<AccessQuestion> ask_access(const AccountConfig& account,
                                         const AccessQuery& query) const override {
    return baidu::ask_access(account, query);
  }

  std::span<const Remedy> remedies() const override { return baidu::remedies(); }
};

}  // namespace

BillingDay newest_complete_day(UtcSeconds now) {
  const std::chrono::days days_back(kBillingZone.hour_at(now) >= kBillReadyHour ? 1 : 2);
  return kBillingZone.day_at(now - days_back);
}

UtcSeconds data_through(BillingMonth month, UtcSeconds now) {
  const UtcSeconds through = kBillingZone.end_of(newest_complete_day(now));
  return std::clamp(through, kBillingZone.start_of(month), kBillingZone.end_of(month));
}

const Provider& provider() {
  static const Baidu baidu;
  return baidu;
}

}  // namespace cloud_billing::baidu
