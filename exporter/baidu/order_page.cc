#include "baidu/order_page.h"

#include <array>
#include <functional>
#include <string>
#include <utility>

#include "baidu/response.h"
#include "json/json_walk.h"
#include "providers/api_error.h"
#include "providers/iso_time.h"

namespace cloud_billing::baidu {
namespace {

constexpr std::array kStatuses{
    OrderWord{"NEED_PURCHASE", kUnpaidOrder},
    OrderWord{"NEED_CONFIRM", kUnpaidOrder},
    OrderWord{"CONFIRMED", "paid"},
    OrderWord{"DEFERRED_CREATE", "paid"},
    OrderWord{"READY_FOR_CREATE", "paid"},
    OrderWord{"CREATING", "paid"},
    OrderWord{"CREATED", "paid"},
    OrderWord{"CANCELLED", "cancelled"},
    OrderWord{"EXPIRED", "voided"},
    OrderWord{"REFUND_SUCC", "refunded"},
    OrderWord{"CREATE_FAILED", "failed"},
    OrderWord{"REFUND_FAILED", "failed"},
};

constexpr std::array kTypes{
    OrderWord{"NEW", "purchase"},
    OrderWord{"RENEW", "renewal"},
    OrderWord{"DILATATION", "upgrade"},
    OrderWord{"SHRINKAGE", "downgrade"},
    OrderWord{"RESIZE", "configuration_change"},
    OrderWord{"SHIFT_CHARGE", "configuration_change"},
    OrderWord{"TO_PREPAY", "configuration_change"},
    OrderWord{"TO_POSTPAY", "configuration_change"},
    OrderWord{"TIME_EXPAND", "configuration_change"},
    OrderWord{"COMPENSATE_TIME", "compensation"},
    OrderWord{"REFUND", "refund"},
    OrderWord{"TRANSFER_IN", "transfer"},
};

// Notes the list's bytes without reading the orders; null counts as none.
JsonProblem skim_orders(JsonValue value, PageFacts& facts, bool& has_rows) {
  if (is_of_type(value, JsonType::null)) return {};
  JsonArray rows;
  std::string_view text;
  if (value.get_array().get(rows) != simdjson::SUCCESS ||
      rows.raw_json().get(text) != simdjson::SUCCESS) {
    return "not a list";
  }
  facts.digest = std::hash<std::string_view>{}(text);
  has_rows = true;
  return {};
}

// "/" reads as empty.
JsonProblem read_word(JsonValue value, std::string_view& word) {
  const JsonProblem problem = read_text(value, word);
  if (word == "/") word = {};
  return problem;
}

// `field` is where a problem is.
JsonProblem add_order(JsonValue value, std::string_view currency, Orders& orders,
                      std::string& field) {
  std::string_view status;
  std::string_view type;
  std::string_view service_type;
  std::string_view created;
  OptionalAmount price;
  const auto read_field = [&](std::string_view name, JsonValue inner) {
    if (name == "status") return read_word(inner, status);
    if (name == "type") return read_word(inner, type);
    if (name == "serviceType") return read_word(inner, service_type);
    if (name == "createTime") return read_word(inner, created);
    if (name == "price") return read_amount(inner, price);
    return JsonProblem{};
  };
  const JsonProblem problem = visit_fields(value, [&](std::string_view name, JsonValue inner) {
    const JsonProblem field_problem = read_field(name, inner);
    if (!field_problem.empty()) field = ": " + std::string(name);
    return field_problem;
  });
  if (!problem.empty()) return problem;
  if (status.empty()) return "no status";

  const std::string status_word = order_word(kStatuses, status);
  const std::string type_word = order_word(kTypes, type);
  const Order order{
      status_word,           type_word, service_type, currency, price.value_or(Amount{}),
      read_iso_time(created)};
  if (order.status == kUnpaidOrder && !order.created) {
    field = ": createTime";
    return "not a time";
  }
  field = ": the sum of all prices";
  return orders.add(order) ? JsonProblem{} : describe(AmountError::kOverflow);
}

}  // namespace

Result<PageFacts, Failure> read_orders(HttpResponse& response, std::string_view currency,
                                       Orders& orders) {
  PageFacts facts;
  bool has_list = false;
  bool has_rows = false;
  auto opened = open_response(response, [&](std::string_view name, JsonValue value) {
    if (name == "pageNo") return read_count(value, facts.page);
    if (name == "pageSize") return read_count(value, facts.page_size);
    if (name == "totalCount") return read_count(value, facts.total);
    if (name != "orders") return JsonProblem{};
    has_list = true;
    return skim_orders(value, facts, has_rows);
  });
  if (!opened) return std::move(opened).error();
  // An error is no list, even beside an empty one: it would show a real zero.
  if (!opened->code.empty() || !has_list) return opened->explain_missing(response.status, "orders");
  if (!has_rows) return facts;

  Orders page;
  std::string field;
  JsonValue rows;
  JsonProblem problem = "not a list";
  if (opened->document.find_field("orders").get(rows) == simdjson::SUCCESS) {
    problem = visit_elements(rows, [&](JsonValue row) {
      ++facts.rows;
      field.clear();
      return add_order(row, currency, page, field);
    });
  }
  if (!problem.empty()) {
    return response_not_understood("order " + std::to_string(facts.rows) + field + ": " +
                                   std::string(problem));
  }
  if (!orders.merge(page)) return response_not_understood("the sum of all prices is too large");
  return facts;
}

}  // namespace cloud_billing::baidu
