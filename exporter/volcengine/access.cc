#include "volcengine/access.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "providers/api_error.h"
#include "volcengine/balance.h"
#include "volcengine/bill_listing.h"
#include "volcengine/bill_page.h"
#include "volcengine/budgets.h"
#include "volcengine/coupons.h"
#include "volcengine/money.h"
#include "volcengine/operations.h"
#include "volcengine/order_page.h"
#include "volcengine/orders.h"
#include "volcengine/overview.h"
#include "volcengine/packages.h"
#include "volcengine/renewals.h"

namespace cloud_billing::volcengine {
namespace {

constexpr std::string_view kPermissions =
    "IAM > Users > the user > Permissions > Add Permission (访问控制 > 用户 > 权限 > 添加权限)";
constexpr std::string_view kKeys = "IAM > Users > the user > Keys (访问控制 > 用户 > 密钥)";

constexpr Advice kGrantBalance{
    "Grant the user the policy BillingCenterReadOnlyAccess (费用中心全部只读权限), or allow "
    "billing:QueryBalanceAcct in one of your own; BillingCenterBillReadOnlyAccess does not cover "
    "the balance.",
    kPermissions};
constexpr Advice kGrantBill{
    "Grant the user the policy BillingCenterReadOnlyAccess (费用中心全部只读权限), or allow "
    "billing:ListBillDetail in one of your own.",
    kPermissions};
constexpr Advice kGrantOrders{
    "Grant the user the policy BillingCenterReadOnlyAccess (费用中心全部只读权限), or allow "
    "billing:ListOrders in one of your own.",
    kPermissions};
constexpr Advice kGrantOverview{
    "Grant the user the policy BillingCenterReadOnlyAccess (费用中心全部只读权限), or allow "
    "billing:ListBillOverviewByProd in one of your own.",
    kPermissions};
constexpr Advice kGrantAmortized{
    "Grant the user the policy BillingCenterReadOnlyAccess (费用中心全部只读权限), or allow "
    "billing:ListAmortizedCostBillMonthly in one of your own.",
    kPermissions};
constexpr Advice kGrantCoupons{
    "Grant the user the policy BillingCenterReadOnlyAccess (费用中心全部只读权限), or allow "
    "billing:ListCoupons in one of your own; BillingCenterBillReadOnlyAccess may not cover the "
    "coupons.",
    kPermissions};
constexpr Advice kGrantPackages{
    "Grant the user the policy BillingCenterReadOnlyAccess (费用中心全部只读权限), or allow "
    "billing:ListResourcePackages in one of your own; BillingCenterBillReadOnlyAccess may not "
    "cover the packages.",
    kPermissions};
constexpr Advice kGrantBudgets{
    "Grant the user the policy BillingCenterReadOnlyAccess (费用中心全部只读权限), or allow "
    "billing:ListBudget in one of your own; BillingCenterBillReadOnlyAccess may not cover the "
    "budgets.",
    kPermissions};
constexpr Advice kGrantInstances{
    "Grant the user the policy BillingCenterReadOnlyAccess (费用中心全部只读权限), or allow "
    "billing:ListAvailableInstances in one of your own; BillingCenterBillReadOnlyAccess may not "
    "cover the instances.",
    kPermissions};
constexpr Advice kTotalIsOptional{
    "Normal: only the comparison with the cloud's own total is left out; a policy that allows "
    "billing:ListBillOverviewByProd brings it."};

constexpr Advice kCopyKey{"Check access_key_id and secret_access_key: copy both anew.", kKeys};

constexpr std::array kRemedies{
    Remedy{"InvalidAccessKey", {"Check access_key_id: copy it anew.", kKeys}},
    Remedy{
        "SignatureDoesNotMatch",
        {"Check secret_access_key: it is not the one of this access_key_id; copy both anew, with "
         "any \"=\" at the end.",
         kKeys}},
    Remedy{"InvalidAuthorization", kCopyKey},
    Remedy{"InvalidCredential", kCopyKey},
    Remedy{"MissingAuthenticationToken", kCopyKey},
    Remedy{"MissingRequestInfo", kCopyKey},
    Remedy{"MissingSignature", kCopyKey},
    Remedy{"InvalidSecretToken", {"Renew session_token: it is wrong or no longer valid."}},
    Remedy{"InvalidTimestamp", {"Set this host's clock (NTP)."}},
};

// What documents say of policies is about Volcengine's; the operations are the same.
constexpr Advice kGrantInEnglish{
    "Grant the user a policy that allows this operation of the service billing.",
    "IAM > Users > the user > Permissions"};

consteval auto in_english() {
  auto remedies = kRemedies;
  for (Remedy& remedy : remedies) {
    if (!remedy.advice.where.empty()) remedy.advice.where = "IAM > Users > the user > Keys";
  }
  return remedies;
}
constexpr std::array kEnglishRemedies = in_english();

// The questions with the site's own operations, and with advice in the words of its console.
void put_to_site(const Site& site, std::vector<AccessQuestion>& questions) {
  for (AccessQuestion& question : questions) {
    question.operation = &site.own_row(*question.operation);
    question.request = [&site, ask = std::move(question.request)](const std::string& account_id) {
      ApiRequest request = ask(account_id);
      request.operation = &site.own_row(*request.operation);
      return request;
    };
    if (site.speaks_english && !question.dispensable) question.if_refused = kGrantInEnglish;
  }
}

// One row says as much as all: that it is allowed, and how many there are.
template <typename Page>
Result<AccessFact, Failure> read_one_row(const BillTerms& terms, const std::string& bill,
                                         HttpResponse& response) {
  const auto opened = Page::open(response);
  if (!opened) return opened.error();
  Regions regions;
  const auto rows = opened->read_rows(terms, regions, [](const Row& /*row*/) { return true; });
  if (!rows) return rows.error();
  return AccessFact{count_of(opened->envelope().total.value_or(*rows), "row") + " in the " + bill};
}

// Of a list of which one entry was asked for.
template <typename Entry>
std::string count_of_list(const EntryPage<Entry>& page, std::string_view noun) {
  if (page.total) return count_of(*page.total, noun);
  return (page.entries.empty() ? "no " : "at least 1 ") + std::string(noun);
}

AccessQuestion ask_available(const AccountConfig& account) {
  AccessQuestion question;
  question.operation = &kQueryBalanceAcct;
  question.if_refused = kGrantBalance;
  question.request = [](const std::string& /*account_id*/) { return balance_request(); };
  question.read = [&account](HttpResponse& response,
                             const std::string& /*account_id*/) -> Result<AccessFact, Failure> {
    const auto balance = read_balance(response, account.currency);
    if (!balance) return balance.error();
    if (!balance->available) return response_not_understood("no AvailableBalance");
    return AccessFact{balance->available->to_decimal() + " " + balance->currency + " available"};
  };
  return question;
}

AccessQuestion ask_detail(const BillTerms& terms, BillingMonth month) {
  const BillPeriod period{month, std::nullopt};
  AccessQuestion question;
  question.operation = &kListBillDetail;
  question.if_refused = kGrantBill;
  question.request = [period](const std::string& /*account_id*/) {
    GrowingPages::Page page;
    page.limit = 1;
    return bill_request(period, page);
  };
  question.read = [terms, period](HttpResponse& response, const std::string& /*account_id*/) {
    const std::string bill = "bill of " + period.text();
    return terms.site.adds_tax ? read_one_row<TaxedBillPage>(terms, bill, response)
                               : read_one_row<BillPage>(terms, bill, response);
  };
  return question;
}

AccessQuestion ask_amortized(const BillTerms& terms, BillingMonth month) {
  AccessQuestion question;
  question.operation = &kListAmortizedCostBillMonthly;
  question.if_refused = kGrantAmortized;
  question.request = [month](const std::string& /*account_id*/) {
    GrowingPages::Page page;
    page.limit = 1;
    return amortized_request(month, page);
  };
  question.read = [terms, month](HttpResponse& response, const std::string& /*account_id*/) {
    const std::string bill = "amortised bill of " + month.text();
    return terms.site.adds_tax ? read_one_row<TaxedAmortizedPage>(terms, bill, response)
                               : read_one_row<AmortizedPage>(terms, bill, response);
  };
  return question;
}

// The collector bills does without it, the collector history does not.
AccessQuestion ask_overview(const BillTerms& terms, BillingMonth month, bool dispensable) {
  AccessQuestion question;
  question.operation = &kListBillOverviewByProd;
  question.dispensable = dispensable;
  question.if_refused = dispensable ? kTotalIsOptional : kGrantOverview;
  question.request = [month](const std::string& /*account_id*/) {
    return overview_request(month, 0, 1);
  };
  question.read = [terms, month](HttpResponse& response,
                                 const std::string& /*account_id*/) -> Result<AccessFact, Failure> {
    const auto page = read_overview(response, terms);
    if (!page) return page.error();
    return AccessFact{count_of(page->total.value_or(page->rows), "total") + " by product in " +
                      month.text()};
  };
  return question;
}

AccessQuestion ask_order_list(const AccessQuery& query) {
  const auto window = std::min<std::chrono::seconds>(query.orders_window, kLongestOrderSpan);
  const OrderSpan span{query.now - window, query.now};
  AccessQuestion question;
  question.operation = &kListOrders;
  question.if_refused = kGrantOrders;
  question.request = [span](const std::string& /*account_id*/) {
    return order_request(span, TokenPages::Page{}, 1);
  };
  question.read = [window](HttpResponse& response,
                           const std::string& /*account_id*/) -> Result<AccessFact, Failure> {
    const auto page = read_orders(response);
    if (!page) return page.error();
    const auto days = std::chrono::ceil<std::chrono::days>(window);
    return AccessFact{std::string(page->orders.empty() ? "no order" : "at least 1 order") + " in " +
                      count_of(days.count(), "day")};
  };
  return question;
}

// `read_page` reads the page that `request` asks for, of one entry.
template <typename Entry>
AccessQuestion ask_list(const ApiRequest& request, const Advice& if_refused,
                        Result<EntryPage<Entry>, Failure> (*read_page)(HttpResponse& response),
                        std::string_view noun) {
  AccessQuestion question;
  question.operation = request.operation;
  question.if_refused = if_refused;
  question.request = [request](const std::string& /*account_id*/) { return request; };
  question.read = [read_page, noun](
                      HttpResponse& response,
                      const std::string& /*account_id*/) -> Result<AccessFact, Failure> {
    const auto page = read_page(response);
    if (!page) return page.error();
    return AccessFact{count_of_list(*page, noun)};
  };
  return question;
}

}  // namespace

std::vector<AccessQuestion> ask_access(const Site& site, const AccountConfig& account,
                                       const AccessQuery& query) {
  const BillTerms terms{account.currency, site};
  const BillingMonth month = site.zone.month_at(query.now);
  std::vector<AccessQuestion> questions;
  if (polls(account, Collector::kBalance)) questions.push_back(ask_available(account));
  const bool bills = polls(account, Collector::kBills);
  const bool history = polls(account, Collector::kHistory);
  if (bills) questions.push_back(ask_detail(terms, month));
  if (bills || history) questions.push_back(ask_overview(terms, month, !history));
  if (polls(account, Collector::kOrders)) questions.push_back(ask_order_list(query));
  if (polls(account, Collector::kAmortization)) {
    questions.push_back(ask_amortized(terms, month));
  }
  if (polls(account, Collector::kCoupons)) {
    questions.push_back(
        ask_list(coupon_request(0, 1), kGrantCoupons, read_coupon_page, "effective coupon"));
  }
  if (polls(account, Collector::kPackages)) {
    questions.push_back(ask_list(package_request("Package", TokenPages::Page{}, 1), kGrantPackages,
                                 read_package_page, "effective package"));
  }
  if (polls(account, Collector::kBudgets)) {
    questions.push_back(ask_list(budget_request(0, 1), kGrantBudgets, read_budget_page, "budget"));
  }
  if (polls(account, Collector::kRenewals)) {
    questions.push_back(ask_list(instance_request(query.now, TokenPages::Page{}, 1),
                                 kGrantInstances, read_instance_page,
                                 "instance that ends within 90 days"));
  }
  put_to_site(site, questions);
  return questions;
}

std::span<const Remedy> remedies(const Site& site) {
  return site.speaks_english ? std::span<const Remedy>(kEnglishRemedies) : kRemedies;
}

}  // namespace cloud_billing::volcengine
