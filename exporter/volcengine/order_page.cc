#include "volcengine/order_page.h"

#include <array>
#include <utility>

#include "providers/iso_time.h"
#include "volcengine/response.h"

namespace cloud_billing::volcengine {
namespace {

// Another one is shown in lower case.
constexpr std::array kStatuses{OrderWord{"UnPaid", kUnpaidOrder}, OrderWord{"Paying", kUnpaidOrder},
                               OrderWord{"Paid", "paid"}, OrderWord{"Closed", "cancelled"},
                               OrderWord{"Refunded", "refunded"}};
constexpr std::array kTypes{OrderWord{"Purchase", "purchase"}, OrderWord{"Renew", "renewal"},
                            OrderWord{"Modify", "configuration_change"},
                            OrderWord{"Unsubscribed", "refund"}};

JsonProblem read_time(JsonValue& value, std::optional<UtcSeconds>& time) {
  std::string_view text;
  if (const JsonProblem problem = read_optional_text(value, text); !problem.empty()) {
    return problem;
  }
  time = read_iso_time(text);
  return text.empty() || time ? JsonProblem{} : JsonProblem("CreateTime: not a time");
}

JsonProblem read_order(JsonValue value, ListedOrder& order) {
  std::string_view id;
  std::string_view status;
  std::string_view type;
  OptionalAmount payable;
  const JsonProblem problem = visit_fields(value, [&](std::string_view name, JsonValue inner) {
    if (name == "OrderID") return read_optional_text(inner, id);
    if (name == "Status") return read_optional_text(inner, status);
    if (name == "OrderType") return read_optional_text(inner, type);
    if (name == "CreateTime") return read_time(inner, order.created);
    if (name != "PayableAmount") return JsonProblem{};
    const JsonProblem in_amount = read_optional_amount(inner, payable);
    return in_amount.empty() ? in_amount : JsonProblem("PayableAmount: not an amount");
  });
  order.id = id;
  order.status = order_word(kStatuses, status);
  order.type = order_word(kTypes, type);
  order.payable = payable.value_or(Amount{});
  if (!problem.empty()) return problem;
  if (status.empty()) return "no Status";
  const bool needs_time = order.status == kUnpaidOrder && !order.created;
  return needs_time ? JsonProblem("CreateTime: not a time") : JsonProblem{};
}

}  // namespace

Result<OrderPage, Failure> read_orders(HttpResponse& response) {
  OrderPage page;
  bool has_list = false;
  const auto add_order = [&page](JsonValue value) {
    return read_order(value, page.orders.emplace_back());
  };
  const auto opened = open_response(response, [&](std::string_view name, JsonValue value) {
    if (name == "NextToken") {
      std::string_view token;
      const JsonProblem problem = read_text(value, token);
      page.next_token = token;
      return problem;
    }
    if (name != "OrderInfos") return JsonProblem{};
    has_list = true;
    return visit_list(value, add_order);
  });
  if (!opened) return opened.error();
  if (!has_list && !page.next_token.empty()) return response_not_understood("no OrderInfos");
  return page;
}

}  // namespace cloud_billing::volcengine
