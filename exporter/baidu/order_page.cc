#include "baidu/order_page.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "baidu/field_reader.h"
#include "baidu/response.h"
#include "json/row_reader.h"
#include "providers/api_error.h"
#include "providers/iso_time.h"
#include "providers/page_digest.h"

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

enum OrderText : std::size_t { kStatus, kType, kServiceType, kCreated, kOrderTexts };

constexpr RowReader<kOrderTexts, 1> kOrderReader(
    kFieldReader, "", {{{"status"}, {"type"}, {"serviceType"}, {"createTime", true}}}, {"price"});
using OrderFields = decltype(kOrderReader)::Fields;

Failure failure_of(std::size_t order, const RowProblem& problem) {
  return response_not_understood("order " + std::to_string(order) + ": " + problem.text());
}

std::optional<RowProblem> add_order(const OrderFields& fields, std::string_view currency,
                                    Orders& orders) {
  const auto& texts = fields.texts;
  if (texts[kStatus].empty()) return RowProblem{{}, "no status"};
  const std::string status = order_word(kStatuses, texts[kStatus]);
  const std::string type = order_word(kTypes, texts[kType]);
  const Order order{status,
                    type,
                    texts[kServiceType],
                    currency,
                    fields.amounts[0],
                    read_iso_time(texts[kCreated])};
  if (!orders.add(order)) {
    return RowProblem{"the sum of all prices", describe(AmountError::kOverflow)};
  }
  return std::nullopt;
}

}  // namespace

Result<PageFacts, Failure> read_orders(HttpResponse& response, std::string_view currency,
                                       Orders& orders) {
  PageFacts facts;
  decltype(kOrderReader)::List list;
  bool has_list = false;
  auto opened = open_response(response, [&](std::string_view name, JsonValue value) {
    if (name == "pageNo") return kFieldReader.read_count(value, facts.page);
    if (name == "pageSize") return kFieldReader.read_count(value, facts.page_size);
    if (name == "totalCount") return kFieldReader.read_count(value, facts.total);
    if (name != "orders") return JsonProblem{};
    has_list = true;
    return kOrderReader.read(value, list);
  });
  // An order that is no JSON hides what is behind it.
  if (!opened && !list.problem) return std::move(opened).error();
  if (!opened) return failure_of(list.rows.size() + 1, *list.problem);
  if (opened->is_error() || !has_list) return opened->explain_missing(response.status, "orders");

  Orders page;
  for (const OrderFields& fields : list.rows) {
    ++facts.rows;
    if (const auto problem = add_order(fields, currency, page)) {
      return failure_of(static_cast<std::size_t>(facts.rows), *problem);
    }
  }
  if (list.problem) return failure_of(list.rows.size() + 1, *list.problem);
  if (!orders.merge(page)) return response_not_understood("the sum of all prices is too large");
  if (!list.bytes.empty()) facts.digest = page_digest(list.bytes);
  return facts;
}

}  // namespace cloud_billing::baidu
