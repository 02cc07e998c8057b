// POST /v1/order/list.

#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>

#include "billed_account.h"
#include "field_writer.h"
#include "order_book.h"

namespace simulator {
namespace {

constexpr std::size_t kPageLimit = 1000;
constexpr std::array<std::string_view, 5> kTexts{"startTime", "endTime", "queryAccountId", "status",
                                                 "orderType"};
constexpr std::array<std::string_view, 2> kNumbers{"pageNo", "pageSize"};

std::variant<Parameters, Refusal> read_body(const std::string& body) {
  const nlohmann::json read = nlohmann::json::parse(body, nullptr, false);
  if (!read.is_object()) {
    return Refusal{400, "MalformedJSON", "The JSON you provided was not well-formed."};
  }
  Parameters values;
  for (const auto& [name, value] : read.items()) {
    const bool is_text = std::find(kTexts.begin(), kTexts.end(), name) != kTexts.end();
    const bool is_number = std::find(kNumbers.begin(), kNumbers.end(), name) != kNumbers.end();
    if (is_text && value.is_string()) {
      values[name] = value.get<std::string>();
    } else if (is_number && value.is_number_unsigned() && value > 0 && value < 1'000'000'000) {
      values[name] = value.dump();
    } else {
      return refuse_parameter(name + " is unknown or has the wrong type.");
    }
  }
  return values;
}

struct OrderPage {
  const Account* account = nullptr;
  std::vector<Order> orders;
  std::size_t number = 1;
  std::size_t size = 100;

  [[nodiscard]] std::size_t first(std::size_t page) const {
    return std::min((page - 1) * size, orders.size());
  }
  [[nodiscard]] std::size_t rows(std::size_t page) const {
    return std::min(size, orders.size() - first(page));
  }
};

void append_order(std::string& out, const Order& order, const Account& account,
                  bool is_unreadable) {
  const std::string uuid = "0" + std::to_string(order.hash);
  const std::string created = write_utc(order.created) + "Z";
  out += '{';
  FieldWriter fields(out);
  fields.text("uuid", uuid);
  fields.text("type", order.type.raw);
  fields.text("accountId", account.id);
  fields.text("serviceType", order.service_type);
  fields.text("productType", "prepay");
  fields.text("subProductType", "");
  fields.raw("orderItems", R"([{"serviceType":"","key":"1","price":999,"status":"NEW"}])");
  fields.raw("orderFee", R"({"price":)" + write_decimal(order.list_price) + R"(,"coupon":)" +
                             write_decimal(order.coupon) + "}");
  if (is_unreadable) {
    fields.text("price", "abc");
  } else {
    AmountWriter(out, order.hash).required("price", order.payable);
  }
  fields.text("status", order.status.raw);
  fields.text("createTime", created);
  fields.text("purchaseTime", order.status.normalised == "paid" ? created : "");
  fields.text("updateTime", created);
  fields.raw("activeTime", "null");
  fields.raw("resourceIds", "[\"" + uuid + "\"]");
  fields.raw("shortIds", "[]");
  fields.text("payChannel", "BCE");
  fields.raw("isAutoPayed", "false");
  fields.raw("autoRenewOrder", order.type.raw == "RENEW" ? "true" : "false");
  out.back() = '}';
}

std::string write_orders(const OrderPage& page, const Fault* fault) {
  std::size_t number = page.number;
  std::size_t content = page.number;
  std::size_t total = page.orders.size();
  std::size_t missing = 0;
  const auto is = [&](FaultKind kind) { return fault != nullptr && fault->kind == kind; };
  if (is(FaultKind::kChangingTotal)) {
    total += fault->spoiled;
  } else if (is(FaultKind::kShrinkingTotal)) {
    total -= std::min<std::size_t>(total, fault->spoiled);
  } else if (is(FaultKind::kWrongPage)) {
    content = ++number;
  } else if (is(FaultKind::kRepeatedPage)) {
    content = 1;
  } else if (is(FaultKind::kShortPage)) {
    missing = 1;
  }
  std::string out = "{";
  FieldWriter fields(out);
  fields.raw("pageNo", std::to_string(number));
  fields.raw("pageSize", std::to_string(page.size));
  fields.raw("totalCount", std::to_string(total));
  out += R"("orders":[)";
  const std::size_t first = page.first(content);
  const std::size_t rows = page.rows(content);
  for (std::size_t i = first; i + missing < first + rows; ++i) {
    out += i == first ? "" : ",";
    append_order(out, page.orders[i], *page.account,
                 i == first && is(FaultKind::kUnreadableAmount));
  }
  return out + "]}";
}

}  // namespace

OperationResult prepare_order_list(const OperationRequest& request) {
  const auto body = read_body(request.wire.body);
  if (const auto* refusal = std::get_if<Refusal>(&body)) {
    return *refusal;
  }
  const auto& parameters = std::get<Parameters>(body);
  const auto billed = find_billed_account(request, parameters);
  if (!billed) {
    return refuse_access();
  }
  const std::string start_text = parameter(parameters, "startTime");
  const std::string end_text = parameter(parameters, "endTime");
  const auto start =
      start_text.empty() ? request.billing_time - std::chrono::days{7} : parse_utc(start_text);
  const auto end = end_text.empty() ? request.billing_time : parse_utc(end_text);
  if (!start || !end || *start > *end) {
    return refuse_parameter("startTime and endTime must be yyyy-MM-ddTHH:mm:ssZ, in order.");
  }
  const auto count = [&](const char* name, std::size_t fallback) {
    const std::string text = parameter(parameters, name);
    return text.empty() ? fallback : static_cast<std::size_t>(std::stoull(text));
  };
  auto page = std::make_shared<OrderPage>();
  page->account = billed->account;
  page->orders = list_orders(*billed->account, *start, *end);
  std::erase_if(page->orders, [&](const Order& order) {
    const std::string status = parameter(parameters, "status");
    const std::string type = parameter(parameters, "orderType");
    return (!status.empty() && status != order.status.raw) ||
           (!type.empty() && type != order.type.raw);
  });
  page->number = count("pageNo", 1);
  page->size = std::min(count("pageSize", 100), kPageLimit);
  PageFacts facts;
  facts.is_page = true;
  facts.has_total = true;
  facts.page_number = page->number;
  facts.page_rows = page->rows(page->number);
  return Prepared{facts, [page](const Fault* fault) { return write_orders(*page, fault); }};
}

}  // namespace simulator
