#include "volcengine/order_page.h"

#include <array>
#include <cstddef>
#include <string_view>

#include "json/row_reader.h"
#include "providers/iso_time.h"
#include "volcengine/field_reader.h"
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

enum OrderText : std::size_t { kId, kStatus, kType, kCreated, kOrderTexts };

constexpr RowReader<kOrderTexts, 1> kOrderReader(
    kFieldReader, "", {{{"OrderID"}, {"Status"}, {"OrderType"}, {"CreateTime", true}}},
    {"PayableAmount"});
using OrderFields = decltype(kOrderReader)::Fields;

Failure failure_of(const RowProblem& problem) {
  return response_not_understood("OrderInfos: " + problem.text());
}

std::optional<RowProblem> fill_order(const OrderFields& fields, ListedOrder& order) {
  const auto& texts = fields.texts;
  order.id = texts[kId];
  order.status = order_word(kStatuses, texts[kStatus]);
  order.type = order_word(kTypes, texts[kType]);
  order.payable = fields.amounts[0];
  order.created = read_iso_time(texts[kCreated]);
  if (texts[kStatus].empty()) return RowProblem{{}, "no Status"};
  return std::nullopt;
}

}  // namespace

Result<OrderPage, Failure> read_orders(HttpResponse& response) {
  OrderPage page;
  decltype(kOrderReader)::List list;
  bool has_list = false;
  const auto opened = open_response(response, [&](std::string_view name, JsonValue value) {
    if (name == "NextToken") {
      std::string_view token;
      const JsonProblem problem = read_text(value, token);
      page.next_token = token;
      return problem;
    }
    if (name != "OrderInfos") return JsonProblem{};
    has_list = true;
    return kOrderReader.read(value, list);
  });
  // An order that is no JSON hides what is behind it, but not the error of the metadata before it.
  if (!opened && list.problem && opened.error().reason == Reason::kDecode) {
    return failure_of(*list.problem);
  }
  if (!opened) return opened.error();
  for (const OrderFields& fields : list.rows) {
    if (const auto problem = fill_order(fields, page.orders.emplace_back())) {
      return failure_of(*problem);
    }
  }
  if (list.problem) return failure_of(*list.problem);
  if (!has_list && !page.next_token.empty()) return response_not_understood("no OrderInfos");
  return page;
}

}  // namespace cloud_billing::volcengine
