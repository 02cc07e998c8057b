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
#include "volcengine/facts.h"
#include "volcengine/month.h"
#include "volcengine/on_site.h"
#include "volcengine/orders.h"
#include "volcengine/overview.h"
#include "volcengine/packages.h"
#include "volcengine/renewals.h"
#include "volcengine/response.h"
#include "volcengine/signature.h"

namespace cloud_billing::volcengine {
namespace {

class SiteProvider final : public Provider {
 public:
  SiteProvider(const Site& site, ProviderFacts facts) : site_(site), facts_(std::move(facts)) {}

  const ProviderFacts& facts() const override { return facts_; }

  std::span<const Operation> operations() const override { return site_.operations; }

  Question<Balance> ask_balance(const AccountConfig& account,
                                const BalanceQuery& /*query*/) const override {
    return on_site<Balance>(volcengine::ask_balance(account));
  }

  Question<MonthCosts> ask_month(const AccountConfig& account, const AggregationConfig& aggregation,
                                 const MonthQuery& query) const override {
    return on_site<MonthCosts>(volcengine::ask_month(site_, account, aggregation, query));
  }

  Question<EffectiveCosts> ask_effective_month(const AccountConfig& account,
                                               const AggregationConfig& aggregation,
                                               const MonthQuery& query) const override {
    return on_site<EffectiveCosts>(
        volcengine::ask_effective_month(site_, account, aggregation, query));
  }

  Question<Orders> ask_orders(const AccountConfig& account,
                              const OrdersQuery& query) const override {
    return on_site<Orders>(volcengine::ask_orders(account, query));
  }

  Question<Coupons> ask_coupons(const AccountConfig& account, UtcSeconds now) const override {
    return on_site<Coupons>(volcengine::ask_coupons(account, now));
  }

  Question<Packages> ask_packages(const AccountConfig& /*account*/, UtcSeconds now) const override {
    return on_site<Packages>(volcengine::ask_packages(now));
  }

  Question<ProviderBudgets> ask_budgets(const AccountConfig& account,
                                        UtcSeconds now) const override {
    return on_site<ProviderBudgets>(volcengine::ask_budgets(account, now));
  }

  Question<Renewals> ask_renewals(const AccountConfig& /*account*/,
                                  const RenewalsQuery& query) const override {
    return on_site<Renewals>(volcengine::ask_renewals(query));
  }

  Question<ServiceCosts> ask_closed_month(const AccountConfig& account,
                                          BillingMonth month) const override {
    return on_site<ServiceCosts>(read_product_costs(site_, account, month));
  }

  std::optional<BillingDay> newest_complete_day(UtcSeconds now) const override {
    return volcengine::newest_complete_day(now, site_.zone);
  }

  Question<DayCosts> ask_day(const AccountConfig& account, const DayQuery& query) const override {
    // There is no provider's total of a day to decide by.
    auto bill = read_bill(site_, account, totals_only(), BillPeriod::of(query.day));
    return on_site<DayCosts>(
        ask_day_of(decide_by_total(std::move(bill), [] { return nullptr; }), query.day));
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
    return volcengine::ask_access(site_, account, query);
  }

  std::span<const Remedy> remedies() const override { return volcengine::remedies(site_); }

 private:
  template <typename T>
  [[nodiscard]] Question<T> on_site(Question<T> question) const {
    return std::make_unique<OnSite<T>>(site_, std::move(question));
  }

  const Site& site_;
  const ProviderFacts facts_;
};

}  // namespace

BillingDay newest_complete_day(UtcSeconds now, BillingZone zone) {
  return zone.day_at(now - std::chrono::days(2));
}

const Provider& provider() {
  static const SiteProvider volcengine(kVolcengineSite, volcengine_facts());
  return volcengine;
}

const Provider& byteplus() {
  static const SiteProvider byteplus(kByteplusSite, byteplus_facts());
  return byteplus;
}

}  // namespace cloud_billing::volcengine
