// ListOrders.

#include <algorithm>
#include <memory>

#include "deterministic.h"
#include "field_writer.h"
#include "order_book.h"
#include "volcengine_actions.h"

namespace simulator {
namespace {

constexpr std::chrono::days kLongestSpan{31};
constexpr std::chrono::hours kDefaultSpan{1};

// Opaque to clients: which order comes next, in the span that it was given for.
std::string write_token(std::size_t next, Moment start, Moment end) {
  const std::uint64_t span = mix(static_cast<std::uint64_t>(start.time_since_epoch().count()),
                                 static_cast<std::uint64_t>(end.time_since_epoch().count()));
  return "nt-" + std::to_string(span % 1'000'000'007) + "-" + std::to_string(next);
}

std::string china_time(Moment moment) {
  return write_utc(moment + std::chrono::hours{8}) + "+08:00";
}

struct Span {
  Moment start;
  Moment end;
};

std::variant<Span, Refusal> read_span(const ActionParameters& parameters, Moment billing_time) {
  const std::string start_text = parameters.text("CreateTimeStart");
  const std::string end_text = parameters.text("CreateTimeEnd");
  if (start_text.empty() && end_text.empty()) {
    return Span{billing_time - kDefaultSpan, billing_time};
  }
  const auto start = parse_moment(start_text);
  const auto end = parse_moment(end_text);
  if (!start || !end || *start > *end || *end - *start > kLongestSpan) {
    return refuse_volcengine_parameter(
        "CreateTimeStart and CreateTimeEnd must be times with an offset, at most 31 days apart");
  }
  return Span{*start, *end};
}

struct OrderPage {
  const Account* account = nullptr;
  Span span;
  std::vector<Order> orders;
  std::size_t first = 0;
  std::size_t count = 0;
  std::string asked_token;
};

void append_order(std::string& out, const Order& order, const Account& account,
                  bool is_unreadable) {
  out += '{';
  FieldWriter fields(out);
  fields.text("OrderID", "Order" + std::to_string(order.hash));
  fields.text("OrderType", order.type.raw);
  fields.text("Status", order.status.raw);
  fields.text("CreateTime", china_time(order.created));
  fields.text("PayTime", order.status.raw == "Paid" ? china_time(order.created) : "");
  fields.text("OriginalAmount", write_padded(order.list_price, 2));
  fields.text("DiscountAmount", write_padded(order.list_price, 2));
  fields.text("CouponAmount", write_padded(order.coupon, 2));
  fields.text("PayableAmount", is_unreadable ? "abc" : write_padded(order.payable, 2));
  fields.text("PaidAmount",
              write_padded(order.status.normalised == "paid" ? order.payable : Money{}, 2));
  fields.raw("PayerID", account.id);
  fields.raw("BuyerID", account.id);
  out.back() = '}';
}

std::string write_orders(const OrderPage& page, const Fault* fault) {
  const auto is = [&](FaultKind kind) { return fault != nullptr && fault->kind == kind; };
  const std::size_t first = is(FaultKind::kRepeatedPage) ? 0 : page.first;
  const std::size_t count = page.count - (is(FaultKind::kShortPage) ? 1 : 0);
  std::string out = R"({"OrderInfos":)";
  out += count == 0 ? "null" : "[";
  for (std::size_t i = 0; i < count; ++i) {
    append_order(out, page.orders[first + i], *page.account,
                 i == 0 && is(FaultKind::kUnreadableAmount));
    out += i + 1 < count ? "," : "]";
  }
  const std::size_t next = page.first + page.count;
  const std::string token =
      next < page.orders.size() ? write_token(next, page.span.start, page.span.end) : "";
  out += R"(,"NextToken":)";
  const bool is_stuck = is(FaultKind::kRepeatedToken) && !page.asked_token.empty();
  append_json_string(out, is_stuck ? page.asked_token : token);
  return out + "}";
}

}  // namespace

OperationResult prepare_list_orders(const OperationRequest& request,
                                    const ActionParameters& parameters) {
  const auto span = read_span(parameters, request.billing_time);
  if (const auto* refusal = std::get_if<Refusal>(&span)) {
    return *refusal;
  }
  const std::int64_t limit = parameters.number("MaxResults", 10);
  if (limit < 1 || limit > 100) {
    return refuse_volcengine_parameter("MaxResults must be 1 to 100");
  }
  auto page = std::make_shared<OrderPage>();
  page->account = &request.account;
  page->span = std::get<Span>(span);
  page->orders = list_orders(request.account, page->span.start, page->span.end);
  std::erase_if(page->orders, [&](const Order& order) {
    const std::string status = parameters.text("Status");
    const std::string type = parameters.text("OrderType");
    return (!status.empty() && status != order.status.raw) ||
           (!type.empty() && type != order.type.raw);
  });
  page->asked_token = parameters.text("NextToken");
  while (page->first < page->orders.size() && !page->asked_token.empty() &&
         write_token(page->first, page->span.start, page->span.end) != page->asked_token) {
    ++page->first;
  }
  if (!page->asked_token.empty() && page->first == page->orders.size()) {
    return refuse_volcengine_parameter("NextToken is unknown");
  }
  page->count = std::min(static_cast<std::size_t>(limit), page->orders.size() - page->first);
  PageFacts facts;
  facts.is_page = true;
  facts.page_number = page->asked_token.empty() ? 1 : 2;
  facts.page_rows = page->count;
  facts.has_token = !page->asked_token.empty();
  return Prepared{facts, [page](const Fault* fault) { return write_orders(*page, fault); }};
}

}  // namespace simulator
