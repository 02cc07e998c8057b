#include "baidu/access.h"

#include <array>
#include <string>
#include <utility>

#include "baidu/balance.h"
#include "baidu/bill_listings.h"
#include "baidu/bill_page.h"
#include "baidu/money.h"
#include "baidu/month.h"
#include "baidu/operations.h"
#include "baidu/order_page.h"
#include "baidu/orders.h"
#include "baidu/provider.h"
#include "baidu/renewals.h"
#include "baidu/sub_account_cash.h"
#include "baidu/summary_items.h"
#include "providers/renewal_services.h"

namespace cloud_billing::baidu {
namespace {

constexpr std::string_view kUsers =
    "Identity and Access Management > User Management > Sub-users "
    "(多用户访问控制 > 用户管理 > 子用户)";
constexpr std::string_view kKeys = "account menu > Access Key (安全认证 > Access Key)";

constexpr Advice kGrantReading{"Grant the sub-user the policy FCReadAccessPolicy (财务中心只读).",
                               kUsers};
constexpr Advice kGrantBill{
    "Grant the sub-user the policy FCReadAccessPolicy (财务中心只读); if it has that already, "
    "FCFullControlPolicy together with FCDenyOrderPayPolicy, which denies paying.",
    kUsers};
constexpr Advice kGrantShares{
    "Grant the sub-user the policy FCFullControlPolicy together with FCDenyOrderPayPolicy, which "
    "denies paying: the amortised bill (成本分摊) is open to no smaller one.",
    kUsers};
constexpr Advice kGrantOrders{
    "Grant the sub-user the policy FCReadAccessPolicy (财务中心只读); if it has that already, "
    "FCOrderAccessPolicy together with FCDenyOrderPayPolicy: the former alone may also pay and "
    "cancel.",
    kUsers};
constexpr Advice kServicesAreOptional{
    "Normal: only the services that renewal_services lists are then asked for."};
constexpr Advice kCheckMember{
    "Check this id under sub_accounts: it must be a member of the financial circle (财务圈) whose "
    "master this key belongs to."};
constexpr Advice kQuotaIsOptional{
    "Normal: the credit limit is left out, and asked for again after a day."};
constexpr Advice kTotalIsOptional{
    "Normal: only the comparison with the cloud's own total and the earlier days are left out, "
    "with the averages, the forecast and the days compared with that need these."};
constexpr Advice kIdIsOptional{
    "Normal without the collector bills: only the credit limit is left out, for which a bill tells "
    "the account id."};

constexpr std::array kRemedies{
    Remedy{"QualifyNotPass",
           {"Have the account's owner verify the real name (实名认证): the finance API is closed "
            "without."}},
    Remedy{"OptInRequired", {"Open the service with the main account."}},
    Remedy{"InvalidAccessKeyId", {"Check access_key_id: copy it anew.", kKeys}},
    Remedy{"SignatureDoesNotMatch",
           {"Check secret_access_key: it is not the one of this access_key_id; copy both anew.",
            kKeys}},
    Remedy{"InvalidHTTPAuthHeader",
           {"Check access_key_id and secret_access_key: copy both anew.", kKeys}},
    Remedy{"RequestExpired",
           {"Set this host's clock (NTP): the cloud takes 30 minutes of difference at most."}},
};

std::string in_currency(const AccountConfig& account, const Amount& amount) {
  return amount.to_decimal() + " " + account.currency;
}

AccessQuestion ask_cash(const AccountConfig& account) {
  AccessQuestion question;
  question.operation = &kCashBalance;
  question.if_refused = kGrantReading;
  question.request = [](const std::string& /*account_id*/) { return cash_request(); };
  question.read = [&account](HttpResponse& response,
                             const std::string& /*account_id*/) -> Result<AccessFact, Failure> {
    const auto cash = read_cash(response);
    if (!cash) return cash.error();
    return AccessFact{in_currency(account, *cash) + " cash"};
  };
  return question;
}

// One row says as much as all: that it is allowed, and how many there are.
template <typename Page>
Result<AccessFact, Failure> read_one_row(const AccountConfig& account, const std::string& billed,
                                         const std::string& bill, HttpResponse& response) {
  const auto opened = Page::open(response);
  if (!opened) return opened.error();
  const BillEnvelope& envelope = opened->envelope();
  if (billed.empty() && envelope.shows_member()) return Failure{Reason::kPermission, kMasked};
  const auto rows = opened->read_rows({kPostpaid, envelope.account_id, envelope.own_name(),
                                       account.currency, account.settings.text("tag_separators")},
                                      [](const BillRow& /*row*/) { return true; });
  if (!rows) return rows.error();
  return AccessFact{count_of(envelope.facts.total.value_or(*rows), "row") + " in the " + bill,
                    billed.empty() ? envelope.own_id() : ""};
}

// `billed` as in billed_accounts().
AccessQuestion ask_bill(const AccountConfig& account, const std::string& billed,
                        BillingMonth month) {
  const BillPeriod period = BillPeriod::of(month);
  AccessQuestion question;
  question.operation = &kResourceMonthBill;
  question.sub_account = billed;
  question.if_refused = billed.empty() ? kGrantBill : kCheckMember;
  question.request = [period, billed](const std::string& /*account_id*/) {
    return bill_request(period, "postpay", billed, 1, 1);
  };
  question.read = [&account, billed, period](HttpResponse& response,
                                             const std::string& /*account_id*/) {
    return read_one_row<BillPage>(account, billed, "postpaid bill of " + period.text, response);
  };
  return question;
}

// `billed` as in billed_accounts().
AccessQuestion ask_shares(const AccountConfig& account, const std::string& billed,
                          BillingMonth month) {
  const BillPeriod period = BillPeriod::of(month);
  AccessQuestion question;
  question.operation = &kShareBill;
  question.sub_account = billed;
  question.if_refused = billed.empty() ? kGrantShares : kCheckMember;
  question.request = [period, billed](const std::string& /*account_id*/) {
    return share_request(period, "postpay", billed, 1, 1);
  };
  question.read = [&account, billed, period](HttpResponse& response,
                                             const std::string& /*account_id*/) {
    const std::string bill = "amortised postpaid bill of " + period.text;
    return read_one_row<SharePage>(account, billed, bill, response);
  };
  return question;
}

AccessQuestion ask_quota(const AccountConfig& account) {
  AccessQuestion question;
  question.operation = &kCreditQuota;
  question.dispensable = true;
  question.by_account_id = true;
  question.if_refused = kQuotaIsOptional;
  question.request = quota_request;
  question.read = [&account](HttpResponse& response,
                             const std::string& account_id) -> Result<AccessFact, Failure> {
    const auto quota = read_credit(response, account_id);
    if (!quota) return quota.error();
    if (!*quota) return AccessFact{"no credit quota in effect"};
    return AccessFact{(*quota)->remaining.to_decimal() + " of " +
                      in_currency(account, (*quota)->quota) + " of credit left"};
  };
  return question;
}

struct CoveredDays {
  BillingMonth month;
  Days days;
};

CoveredDays covered_days(UtcSeconds now) {
  BillingMonth month = kBillingZone.month_at(now);
  if (data_through(month, now) <= kBillingZone.start_of(month)) {
    month = month.previous();  // no day is covered yet
  }
  const UtcSeconds last = data_through(month, now) - std::chrono::seconds(1);
  return {month, {month.first_day(), kBillingZone.day_at(last)}};
}

AccessFact tell_covered(const CoveredDays& covered) {
  const auto days = static_cast<unsigned>(covered.days.last.day());
  return {count_of(days, "day") + " of " + covered.month.text() + " covered"};
}

AccessQuestion ask_summary(UtcSeconds now) {
  const CoveredDays covered = covered_days(now);
  AccessQuestion question;
  question.operation = &kMonthSummary;
  question.dispensable = true;
  question.if_refused = kTotalIsOptional;
  question.request = [covered](const std::string& /*account_id*/) {
    return summary_request(covered.days, covered.month.text(), "");
  };
  question.read = [covered](HttpResponse& response,
                            const std::string& /*account_id*/) -> Result<AccessFact, Failure> {
    const auto total = read_summary(response);
    if (!total) return total.error();
    return tell_covered(covered);
  };
  return question;
}

// The same operation as renewals need it without a bill.
AccessQuestion ask_services(const AccountConfig& account, UtcSeconds now) {
  AccessQuestion question = ask_summary(now);
  question.dispensable = !configured_services(account).empty();
  question.if_refused = question.dispensable ? kServicesAreOptional : kGrantReading;
  return question;
}

// The same operation as history needs it, which cannot do without. `billed` as in
// billed_accounts().
AccessQuestion ask_products(const std::string& billed, UtcSeconds now) {
  const CoveredDays covered = covered_days(now);
  AccessQuestion question;
  question.operation = &kMonthSummary;
  question.sub_account = billed;
  question.if_refused = billed.empty() ? kGrantReading : kCheckMember;
  question.request = [covered, billed](const std::string& /*account_id*/) {
    return summary_request(covered.days, covered.month.text(), billed, "postpay");
  };
  question.read = [covered, billed](
                      HttpResponse& response,
                      const std::string& /*account_id*/) -> Result<AccessFact, Failure> {
    const auto summary = read_summary_items(response, "postpay");
    if (!summary) return summary.error();
    if (billed.empty() && summary->shows_member()) return Failure{Reason::kPermission, kMasked};
    return tell_covered(covered);
  };
  return question;
}

AccessQuestion ask_order_list(const AccountConfig& account, const std::string& billed,
                              const OrdersQuery& query) {
  AccessQuestion question;
  question.operation = &kOrderList;
  question.sub_account = billed;
  question.if_refused = billed.empty() ? kGrantOrders : kCheckMember;
  question.request = [query, billed](const std::string& /*account_id*/) {
    return order_request(query, billed, 1, 1);
  };
  question.read = [&account, query](
                      HttpResponse& response,
                      const std::string& /*account_id*/) -> Result<AccessFact, Failure> {
    Orders orders;
    const auto page = read_orders(response, account.currency, orders);
    if (!page) return page.error();
    const auto days = std::chrono::ceil<std::chrono::days>(query.window);
    return AccessFact{count_of(page->total.value_or(page->rows), "order") + " in " +
                      count_of(days.count(), "day")};
  };
  return question;
}

}  // namespace

std::vector<AccessQuestion> ask_access(const AccountConfig& account, const AccessQuery& query) {
  const bool balance = polls(account, Collector::kBalance);
  const bool bills = polls(account, Collector::kBills);
  const bool orders = polls(account, Collector::kOrders);
  const bool history = polls(account, Collector::kHistory);
  const bool amortization = polls(account, Collector::kAmortization);
  const bool renewals = polls(account, Collector::kRenewals);
  const BillingMonth month = kBillingZone.month_at(query.now);
  const OrdersQuery window{query.now, query.orders_window};
  std::vector<AccessQuestion> questions;
  if (balance) questions.push_back(ask_cash(account));
  if (balance || bills) questions.push_back(ask_bill(account, "", month));
  if (!bills) {
    for (AccessQuestion& question : questions) {
      if (question.operation != &kResourceMonthBill) continue;
      question.dispensable = true;
      question.if_refused = kIdIsOptional;
    }
  }
  if (balance) questions.push_back(ask_quota(account));
  const auto& sub_accounts = account.settings.list("sub_accounts");
  if (balance && !sub_accounts.empty()) questions.push_back(ask_sub_account_access(account));
  if (bills && !history) questions.push_back(ask_summary(query.now));
  if (renewals && !bills && !history) questions.push_back(ask_services(account, query.now));
  if (history) questions.push_back(ask_products("", query.now));
  if (orders) questions.push_back(ask_order_list(account, "", window));
  if (amortization) questions.push_back(ask_shares(account, "", month));
  if (renewals) questions.push_back(ask_renewal_access(account, "", query.now));
  for (const std::string& sub_account : sub_accounts) {
    if (bills) {
      questions.push_back(ask_bill(account, sub_account, month));
    } else if (history) {
      questions.push_back(ask_products(sub_account, query.now));
    } else if (orders) {
      questions.push_back(ask_order_list(account, sub_account, window));
    } else if (amortization) {
      questions.push_back(ask_shares(account, sub_account, month));
    } else if (renewals) {
      questions.push_back(ask_renewal_access(account, sub_account, query.now));
      questions.back().if_refused = kCheckMember;
    }
  }
  return questions;
}

std::span<const Remedy> remedies() { return kRemedies; }

}  // namespace cloud_billing::baidu
