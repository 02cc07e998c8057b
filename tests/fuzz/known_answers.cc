#include "tests/fuzz/known_answers.h"

#include <cstddef>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "baidu/bill_page.h"
#include "baidu/money.h"
#include "baidu/order_page.h"
#include "volcengine/bill_page.h"
#include "volcengine/money.h"
#include "volcengine/order_page.h"

namespace cloud_billing {
namespace {

using Json = ExactJson::Json;
using Expect = std::function<std::optional<std::string>(const Json& answer)>;

std::string of_rows(const std::string& sum, std::size_t rows) {
  return sum + " / " + std::to_string(rows);
}

// ---- the program's readers ----

template <typename Page>
Result<std::string, Failure> read_baidu_bill(HttpResponse& response) {
  const auto page = Page::open(response);
  if (!page) return page.error();
  Amount sum;
  const auto rows = page->read_rows(
      {"postpaid", "me", "owner", "CNY", ";,\n"},
      [&sum](const BillRow& row) { return sum.add(row.amounts[index_of(Measure::kBilledCost)]); });
  if (!rows) return rows.error();
  return of_rows(sum.to_decimal(), static_cast<std::size_t>(*rows));
}

template <typename Page>
Result<std::string, Failure> read_volcengine_bill(HttpResponse& response) {
  const auto page = Page::open(response);
  if (!page) return page.error();
  Amount sum;
  volcengine::Regions regions;
  const auto rows = page->read_rows(
      {"CNY", volcengine::kVolcengineSite}, regions, [&sum](const volcengine::Row& row) {
        if (row.bill.currency.size() != 3) std::abort();
        return sum.add(row.bill.amounts[index_of(Measure::kBilledCost)]);
      });
  if (!rows) return rows.error();
  return of_rows(sum.to_decimal(), static_cast<std::size_t>(*rows));
}

Result<std::string, Failure> sum_of(const Orders& orders) {
  Amount sum;
  std::size_t count = 0;
  for (const auto& [key, group] : orders.groups()) {
    count += group.count;
    for (const auto& [currency, amount] : group.payable) {
      if (!amount) return Failure::decode("without an amount");
      if (!sum.add(*amount)) return Failure::decode("too large");
    }
  }
  return of_rows(sum.to_decimal(), count);
}

Result<std::string, Failure> read_baidu_orders(HttpResponse& response) {
  Orders orders;
  const auto facts = baidu::read_orders(response, "CNY", orders);
  return facts ? sum_of(orders) : facts.error();
}

Result<std::string, Failure> read_volcengine_orders(HttpResponse& response) {
  const auto page = volcengine::read_orders(response);
  if (!page) return page.error();
  Amount sum;
  for (const volcengine::ListedOrder& order : page->orders) {
    if (!order.payable) return Failure::decode("without an amount");
    if (!sum.add(*order.payable)) return Failure::decode("too large");
  }
  return of_rows(sum.to_decimal(), page->orders.size());
}

Result<std::string, Failure> read_overview(HttpResponse& response) {
  const auto page = volcengine::read_overview(response, {"CNY", volcengine::kVolcengineSite});
  if (!page) return page.error();
  Amount sum;
  for (const auto& [key, amount] : page->costs.billed_costs) {
    if (!sum.add(amount)) return Failure::decode("too large");
  }
  return of_rows(sum.to_decimal(), static_cast<std::size_t>(page->rows));
}

Result<std::string, Failure> read_volcengine_balance(HttpResponse& response) {
  const auto balance = volcengine::read_balance(response, "CNY");
  if (!balance) return balance.error();
  return balance->available->to_decimal() + " " + balance->cash.to_decimal();
}

Result<std::string, Failure> in_decimal(const Result<Amount, Failure>& amount) {
  if (!amount) return amount.error();
  return amount->to_decimal();
}

// ---- the independent reader ----

const Json& member(const Json& object, const char* name) {
  static const Json none;
  const auto found = object.is_object() ? object.find(name) : object.end();
  return object.is_object() && found != object.end() ? *found : none;
}

// The first member of the two that is there.
std::optional<std::string> sum_of_rows(const Json& rows, const char* field, std::string_view mark,
                                       bool is_required) {
  LongSum sum;
  if (rows.is_null()) return of_rows(sum.text(), 0);
  if (!rows.is_array()) return std::nullopt;
  for (const Json& row : rows) {
    if (!row.is_object()) return std::nullopt;
    const Json& amount = member(row, field);
    const bool has_none =
        amount.is_null() || (amount.is_string() && (amount.get_ref<const std::string&>().empty() ||
                                                    amount.get_ref<const std::string&>() == mark));
    if (has_none && !is_required) continue;
    if (!amount.is_string() || !sum.add(amount.get_ref<const std::string&>())) return std::nullopt;
  }
  return of_rows(sum.text(), rows.size());
}

Expect rows_of(const char* list, const char* field, bool is_required) {
  return [=](const Json& answer) {
    return sum_of_rows(member(answer, list), field, "/", is_required);
  };
}

Expect result_rows_of(const char* list, const char* field, bool is_required) {
  return [=](const Json& answer) {
    return sum_of_rows(member(member(answer, "Result"), list), field, "-", is_required);
  };
}

std::optional<std::string> one_amount(const Json& amount) {
  LongSum sum;
  if (!amount.is_string() || !sum.add(amount.get_ref<const std::string&>())) return std::nullopt;
  return sum.text();
}

// ---- good answers ----

}  // namespace

std::vector<KnownAnswer> known_answers() {
  std::string baidu_rows;
  std::string volcengine_rows;
  std::string baidu_orders;
  std::string volcengine_orders;
  std::string overview_rows;
  for (int i = 1; i <= 6; ++i) {
    const std::string n = std::to_string(i);
    const std::string comma = i == 1 ? "" : ",";
    baidu_rows += comma +
                  R"({"accountId":"me","serviceType":"BCC","serviceTypeName":"云服务器","tag":)"
                  R"("env:prod;team:infra","region":"bj","originPrice":)" +
                  n + R"(.50,"financePrice":)" + n + R"(.0007000000000000001,"cash":)" + n +
                  R"(,"debt":0,"discountPrice":"/","sharePrice":1,"shareFinancePrice":)" + n +
                  R"(.0300000000000000002})";
    volcengine_rows +=
        comma + R"({"BillDetailId":"Detail)" + n +
        R"(","Product":"ECS","ProductZh":"云服务器","BillingMode":"按量计费",)"
        R"("OwnerID":"7","PayerID":7,"RegionCode":"R000305","ZoneCode":"cn-beijing-b",)"
        R"("Tag":"{\"team\":[\"web\"],\"env\":[\"a\",\"b\"]}","Currency":"CNY",)"
        R"("ExpenseEndTime":"2026-11-02 03:00:00","OriginalBillAmount":"9.000000",)"
        R"("DiscountBillAmount":"8.00","CouponAmount":"-","PayableAmount":")" +
        n + R"(.25","Region":"华北2（北京）","NowAmortizedPayableAmount":")" + n + R"(.05"})";
    baidu_orders += comma + R"({"uuid":"o-)" + n +
                    R"(","type":"NEW","serviceType":"BCC","price":)" + n +
                    R"(.10,"status":"CREATED","createTime":"2026-11-20T01:02:03Z"})";
    volcengine_orders += comma + R"({"OrderID":"Order)" + n +
                         R"(","Status":"Paid","OrderType":"Purchase","PayableAmount":")" + n +
                         R"(.10","CreateTime":"2026-11-20T08:00:00+08:00"})";
    overview_rows +=
        comma + R"({"Product":"ECS","PayableAmount":")" + n + R"(.30","Currency":"CNY"})";
  }
  const std::string volcengine =
      R"({"ResponseMetadata":{"RequestId":"r-1","Action":"A"},"Result":{)";
  const std::string page = R"("pageNo":1,"pageSize":100,"totalCount":6,)";
  const std::string echo = R"({"code":"Refused)" + kEchoedKey.secret_access_key +
                           R"(","message":"of )" + kEchoedKey.access_key_id + " with " +
                           kEchoedKey.session_token + R"(","requestId":"r-1"})";
  const std::string baidu_bill =
      R"({"accountId":"me","subAccountId":"/",)" + page + R"("bills":[)" + baidu_rows + "]}";
  const std::string volcengine_bill =
      volcengine + R"("List":[)" + volcengine_rows + R"(],"Total":6,"Limit":300,"Offset":0}})";
  return {
      {"baidu bill", baidu_bill, read_baidu_bill<baidu::BillPage>,
       rows_of("bills", "financePrice", true)},
      {"baidu amortised bill", baidu_bill, read_baidu_bill<baidu::SharePage>,
       rows_of("bills", "shareFinancePrice", true)},
      {"baidu orders", "{" + page + R"("orders":[)" + baidu_orders + "]}", read_baidu_orders,
       rows_of("orders", "price", true)},
      {"baidu cash", R"({"cashBalance":850.0000,"code":0})",
       [](HttpResponse& response) { return in_decimal(baidu::read_cash(response)); },
       [](const Json& answer) { return one_amount(member(answer, "cashBalance")); }},
      {"baidu summary", R"({"accountId":"me","data":{"financePrice":119.68,"cash":1}})",
       [](HttpResponse& response) { return in_decimal(baidu::read_summary(response)); },
       [](const Json& answer) {
         return one_amount(member(member(answer, "data"), "financePrice"));
       }},
      {"baidu error", echo, read_baidu_bill<baidu::BillPage>,
       rows_of("bills", "financePrice", true)},
      {"volcengine bill", volcengine_bill, read_volcengine_bill<volcengine::BillPage>,
       result_rows_of("List", "PayableAmount", true)},
      {"volcengine amortised bill", volcengine_bill,
       read_volcengine_bill<volcengine::AmortizedPage>,
       result_rows_of("List", "NowAmortizedPayableAmount", true)},
      {"volcengine orders",
       volcengine + R"("OrderInfos":[)" + volcengine_orders + R"(],"NextToken":""}})",
       read_volcengine_orders, result_rows_of("OrderInfos", "PayableAmount", true)},
      {"volcengine overview", volcengine + R"("List":[)" + overview_rows + R"(],"Total":6}})",
       read_overview, result_rows_of("List", "PayableAmount", true)},
      {"volcengine balance",
       volcengine + R"("AccountID":7,"AvailableBalance":"77.01","CashBalance":"10.10",)"
                    R"("FreezeAmount":"0.00","Currency":"CNY"}})",
       read_volcengine_balance,
       [](const Json& answer) -> std::optional<std::string> {
         const auto available = one_amount(member(member(answer, "Result"), "AvailableBalance"));
         const auto cash = one_amount(member(member(answer, "Result"), "CashBalance"));
         return available && cash ? std::optional(*available + " " + *cash) : std::nullopt;
       }},
      {"volcengine error",
       R"({"ResponseMetadata":{"Error":{"CodeN":1,"Code":"No)" + kEchoedKey.secret_access_key +
           R"(","Message":")" + kEchoedKey.session_token + R"("}}})",
       read_volcengine_bill<volcengine::BillPage>, result_rows_of("List", "PayableAmount", true)},
  };
}

}  // namespace cloud_billing
