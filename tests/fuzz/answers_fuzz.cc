// An answer of any bytes is read to its end or refused in one line of words, twice alike and
// whatever stands behind it in memory; what is accepted comes to what another reader finds in it.

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "baidu/money.h"
#include "baidu/order_page.h"
#include "baidu/renewal_page.h"
#include "baidu/response.h"
#include "baidu/sub_account_cash.h"
#include "baidu/summary_items.h"
#include "tests/fuzz/cloud_targets.h"
#include "tests/fuzz/known_answers.h"
#include "volcengine/budgets.h"
#include "volcengine/coupons.h"
#include "volcengine/money.h"
#include "volcengine/order_page.h"
#include "volcengine/packages.h"
#include "volcengine/renewals.h"
#include "volcengine/response.h"

namespace cloud_billing {
namespace {

using Answer = Result<std::string, Failure>;
using ReadAnswer = std::function<Answer(HttpResponse& response)>;

// 2026-11-23T04:00:00Z
constexpr UtcSeconds kNow{std::chrono::seconds(1795406400)};

// ---- what was read, as a text that differs if it does ----

void tell(std::string& out, std::string_view text) { (out += text) += '\n'; }
void tell(std::string& out, Amount amount) { tell(out, amount.to_decimal()); }
void tell(std::string& out, std::int64_t number) { tell(out, std::to_string(number)); }
void tell(std::string& out, std::size_t number) { tell(out, std::to_string(number)); }
void tell(std::string& out, bool is_so) { tell(out, std::string_view(is_so ? "yes" : "no")); }
void tell(std::string& out, UtcSeconds time) { tell(out, time.time_since_epoch().count()); }
template <typename T>
void tell(std::string& out, const std::optional<T>& value) {
  if (value) tell(out, *value);
  tell(out, value.has_value());
}
void tell(std::string& out, const volcengine::Expiry& expiry) {
  tell(out, expiry.at);
  tell(out, expiry.is_never);
}
template <typename... Values>
std::string told(const Values&... values) {
  std::string out;
  (tell(out, values), ...);
  return out;
}

std::string told_facts(const PageFacts& facts) {
  require(facts.rows >= 0, "no page has less than no rows");
  return told(facts.rows, facts.total, facts.page, facts.page_size, facts.ids.size());
}

std::string told_renewals(const Renewals& renewals) {
  std::string out;
  for (const auto& [key, group] : renewals.resources) {
    out += told(key.service_type, key.region_id, key.auto_renew, group.first_expiry.earliest(),
                group.first_expiry.undated());
    require(std::is_sorted(group.within.begin(), group.within.end()),
            "what ends within 7 days ends within 30");
    for (const std::size_t count : group.within) tell(out, count);
  }
  return out;
}

// ---- the readers ----

Answer read_credit(HttpResponse& response) {
  const auto credit = baidu::read_credit(response, "me");
  if (!credit) return credit.error();
  return *credit ? told((*credit)->quota, (*credit)->remaining) : "none";
}

Answer read_summary_items(HttpResponse& response) {
  const auto summary = baidu::read_summary_items(response, "postpay");
  if (!summary) return summary.error();
  std::string out = told(summary->account_id, summary->sub_account_id);
  for (const auto& item : summary->items) out += told(item.service_type, item.billed_cost);
  return out;
}

Answer read_sub_account_cash(HttpResponse& response) {
  const std::vector<std::string> ids{"5b1", "me"};
  const auto cash = baidu::read_sub_account_cash(response, ids);
  if (!cash) return cash.error();
  std::string out;
  for (const auto& [id, balance] : cash->balances) {
    require(id == "5b1" || id == "me", "only the cash of who was asked for is told");
    out += told(id, balance);
  }
  if (cash->failure) require_message(cash->failure->message);
  return out + (cash->failure ? cash->failure->message : "");
}

Answer read_baidu_renewals(HttpResponse& response) {
  Renewals renewals;
  const auto facts = baidu::read_renewals(response, "BCC", kNow, renewals);
  if (!facts) {
    require(renewals.resources.empty(), "a page that fails has added nothing");
    return facts.error();
  }
  if (renewals.failure) require_message(renewals.failure->message);
  return told_facts(*facts) + told_renewals(renewals);
}

Answer read_baidu_order_facts(HttpResponse& response) {
  Orders orders;
  const auto facts = baidu::read_orders(response, "CNY", orders);
  if (!facts) {
    require(orders.groups().empty(), "a page that fails has added nothing");
    return facts.error();
  }
  std::size_t count = 0;
  for (const auto& [key, group] : orders.groups()) count += group.count;
  require(static_cast<std::int64_t>(count) == facts->rows, "each order is counted");
  return told_facts(*facts) + told(orders.oldest_unpaid(), orders.undated_unpaid());
}

template <typename Entry, typename Tell>
Answer told_entries(const Result<volcengine::EntryPage<Entry>, Failure>& page, Tell tell_entry) {
  if (!page) return page.error();
  require(page->facts.rows == static_cast<std::int64_t>(page->entries.size()) &&
              page->facts.ids.size() == page->entries.size(),
          "every entry counts and has an id");
  std::string out = told(page->facts.next_token, page->total);
  for (const Entry& entry : page->entries) out += tell_entry(entry);
  return out;
}

Answer read_coupons(HttpResponse& response) {
  return told_entries(volcengine::read_coupon_page(response), [](const auto& entry) {
    return told(entry.is_effective, entry.remaining, entry.expiry);
  });
}

Answer read_packages(HttpResponse& response) {
  return told_entries(volcengine::read_package_page(response), [](const auto& entry) {
    return told(entry.is_effective, entry.key.service_type, entry.key.unit, entry.total,
                entry.available, entry.expiry);
  });
}

Answer read_budgets(HttpResponse& response) {
  return told_entries(volcengine::read_budget_page(response), [](const auto& entry) {
    return told(entry.is_of_cost, entry.name, entry.currency, entry.budget, entry.used, entry.end);
  });
}

Answer read_instances(HttpResponse& response) {
  return told_entries(volcengine::read_instance_page(response), [](const auto& entry) {
    return told(entry.key.service_type, entry.key.region_id, entry.key.auto_renew, entry.expiry);
  });
}

Answer read_volcengine_order_page(HttpResponse& response) {
  const auto page = volcengine::read_orders(response);
  if (!page) return page.error();
  std::string out = told(page->next_token);
  for (const auto& order : page->orders) {
    out += told(order.id, order.status, order.type, order.payable, order.created);
  }
  return out;
}

Answer read_balance(HttpResponse& response) {
  const auto balance = volcengine::read_balance(response, "CNY");
  if (!balance) return balance.error();
  require(balance->currency.size() == 3, "a currency has three letters");
  return told(balance->currency, balance->available, balance->cash, balance->credit_limit,
              balance->frozen, balance->arrears, balance->account_id);
}

Answer read_overview_costs(HttpResponse& response) {
  const auto page = volcengine::read_overview(response, {"USD", volcengine::kByteplusSite});
  if (!page) return page.error();
  std::string out = told(page->rows, page->total, page->costs.account_id);
  for (const auto& [key, cost] : page->costs.billed_costs) {
    out += told(key.currency, key.service_type, key.billing_mode, cost);
  }
  return out;
}

// ---- how they are tried ----

// The answer to the same bytes twice.
Answer read_twice(std::string_view bytes, int status, const ReadAnswer& read) {
  HttpResponse one{status, {}, std::string(bytes)};
  HttpResponse other{status, {}, with_bytes_behind(bytes)};
  Answer answer = read(one);
  const Answer again = read(other);
  require(answer.ok() == again.ok(), "the same bytes are accepted twice or never");
  if (answer) {
    require_equal(*answer, *again, "the same bytes are read alike");
    return answer;
  }
  require_message(answer.error().message);
  require_equal(answer.error().message, again.error().message, "the same bytes are refused alike");
  require(answer.error().reason == again.error().reason, "and for one reason");
  return answer;
}

FuzzTarget target_of(std::string name, ReadAnswer read, std::vector<std::string> seeds) {
  return {std::move(name),
          [read = std::move(read)](std::string_view bytes) {
            static_cast<void>(read_twice(bytes, 200, read));
          },
          std::move(seeds)};
}

FuzzTarget target_of(const KnownAnswer& known) {
  std::string name(known.name);
  std::replace(name.begin(), name.end(), ' ', '_');
  return {std::move(name),
          [known](std::string_view bytes) {
            const Answer answer = read_twice(bytes, 200, known.read);
            if (!answer) return;
            const auto json = ExactJson::parse(std::string(bytes));
            if (!json) return;
            const auto expected = known.expect(*json);
            // A summary may tell its items instead of their sum, which the other reader does not
            // add.
            if (!expected && known.name == "baidu summary") return;
            require(expected.has_value(), "what is accepted holds amounts: " + *answer);
            require_equal(*answer, *expected, "what is accepted is what another reader finds");
          },
          {known.text}};
}

// The first byte chooses the status.
FuzzTarget errors_of(std::string name, Failure (*classify)(HttpResponse& response),
                     std::vector<std::string> seeds) {
  return {std::move(name),
          [classify](std::string_view bytes) {
            constexpr std::array kStatuses{300, 302, 400, 401, 403, 404, 407, 409, 413, 429,
                                           499, 500, 502, 503, 504, 511, 599, 100, 0,   999};
            if (bytes.empty()) return;
            const auto first = static_cast<unsigned char>(bytes[0]);
            const Answer answer = read_twice(
                bytes.substr(1), kStatuses[first % kStatuses.size()],
                [classify](HttpResponse& response) { return Answer(classify(response)); });
            require(!answer.ok(), "an error is a failure");
          },
          std::move(seeds)};
}

std::string volcengine_result(std::string_view result) {
  return R"({"ResponseMetadata":{"RequestId":"r-1","Action":"A"},"Result":{)" +
         std::string(result) + "}}";
}

}  // namespace

std::vector<FuzzTarget> answer_targets() {
  std::vector<FuzzTarget> targets;
  for (const KnownAnswer& known : known_answers()) targets.push_back(target_of(known));
  const auto list_target = [&targets](std::string name, ReadAnswer read, std::string_view list,
                                      std::string_view entry) {
    const std::string entries =
        "\"" + std::string(list) + "\":[{" + std::string(entry) + "},{" + std::string(entry) + "}]";
    targets.push_back(target_of(
        std::move(name), std::move(read),
        {volcengine_result(entries + R"(,"Total":2)"),
         volcengine_result(entries + R"(,"NextToken":"t")"), volcengine_result(R"("Total":0)")}));
  };
  list_target("volcengine_coupons", read_coupons, "List",
              R"("CouponID":"c1","Status":"2","RemainingAmount":"12.5",)"
              R"("ExpiredTime":"2026-12-20T08:00:00+08:00")");
  list_target("volcengine_packages", read_packages, "List",
              R"("InstanceNo":"i-1","Status":"Effective","Product":"TOS","Unit":"GB",)"
              R"("TotalAmount":"100","AvailableAmount":75.5,"ExpiryTime":"9999-12-31T00:00:00Z")");
  list_target("volcengine_budgets", read_budgets, "BudgetList",
              R"("BudgetID":"1","BudgetName":"team","BudgetType":"cost_budget",)"
              R"("CurrencySettlement":"CNY","BudgetAmount":"1000","ActualAmount":"830.1",)"
              R"("BudgetEndTime":"2026-12-31T00:00:00Z")");
  list_target("volcengine_renewals", read_instances, "InstanceList",
              R"("InstanceID":"i-1","Product":"ECS","RenewType":"AutoRenewal",)"
              R"("ExpiredTime":"2026-12-01T00:00:00Z")");
  targets.push_back(target_of(
      "baidu_credit", read_credit,
      {R"({"result":[{"accountId":"me","quota":999999999999.0000,"remainQuota":-1}]})",
       R"({"result":[{"accountId":"me","quota":1,"remainQuota":1,"startTime":"2026-01-01"}]})"}));
  targets.push_back(target_of(
      "baidu_summary_items", read_summary_items,
      {R"({"accountId":"me","data":{"financePrice":3.5,"items":[{"serviceType":"BCC",)"
       R"("financePrice":1.5,"items":[]},{"serviceType":"CDS","items":[{"serviceType":"x",)"
       R"("financePrice":"2"}]}]}})"}));
  targets.push_back(target_of(
      "baidu_sub_account_cash", read_sub_account_cash,
      {R"({"result":[{"accountId":"5b1","cashBalance":1.50},{"accountId":"me","cashBalance":"/"}]})",
       R"({"result":[{"accountId":"5b1","cashBalance":1},{"accountId":"5b1","cashBalance":2}]})"}));
  targets.push_back(target_of(
      "baidu_renewals", read_baidu_renewals,
      {R"({"pageNo":1,"pageSize":100,"totalCount":1,"resources":[{"instanceId":"i-1","shortId":"s",)"
       R"("serviceType":"BCC","region":"bj","alreadyRenewSet":true,)"
       R"("expireTime":"2026-12-01T00:00:00Z"}]})"}));
  targets.push_back(target_of(
      "baidu_order_page", read_baidu_order_facts,
      {R"({"pageNo":1,"pageSize":100,"totalCount":1,"orders":[{"uuid":"o-1","type":"NEW",)"
       R"("serviceType":"BCC","price":1.10,"status":"CREATED",)"
       R"("createTime":"2026-11-20T01:02:03Z"}]})"}));
  targets.push_back(target_of(
      "volcengine_order_page", read_volcengine_order_page,
      {volcengine_result(R"("OrderInfos":[{"OrderID":"1","Status":"Paid","OrderType":"New",)"
                         R"("PayableAmount":"1.5","CreateTime":"2026-11-20T08:00:00+08:00"}],)"
                         R"("NextToken":"t")")}));
  targets.push_back(target_of(
      "volcengine_balance_fields", read_balance,
      {volcengine_result(R"("AccountID":7,"AvailableBalance":"77.01","CashBalance":"10.10",)"
                         R"("FreezeAmount":"0.00","ArrearsBalance":"0","CreditLimit":"1",)"
                         R"("Currency":"￥")")}));
  targets.push_back(target_of(
      "byteplus_overview", read_overview_costs,
      {volcengine_result(R"("List":[{"Product":"ECS","BillingMode":"按量计费","PayerID":"1",)"
                         R"("OwnerID":"1","PayableAmount":"1.5","Tax":"0.1","PosttaxAmount":"1.6",)"
                         R"("Currency":"USD"}],"Total":1)")}));
  targets.push_back(errors_of(
      "baidu_errors", baidu::classify_error,
      {R"(2{"code":"InternalError","message":"m","requestId":"r-1"})", "c<html>busy</html>",
       R"(3{"code":"SignatureDoesNotMatch","requestId":"\ud800"})"}));
  targets.push_back(errors_of(
      "volcengine_errors", volcengine::classify_error,
      {R"(2{"ResponseMetadata":{"RequestId":"r","Error":{"CodeN":100004,"Code":"AccessDenied",)"
       R"("Message":"m"}}})",
       "c<html>busy</html>", R"(9{"message":"flow limit"})"}));
  return targets;
}

}  // namespace cloud_billing
