#include "volcengine/orders.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "core/text_hash.h"
#include "providers/api_error.h"
#include "providers/id_set.h"
#include "volcengine/order_page.h"

namespace cloud_billing::volcengine {
namespace {

// ListOrders (docs/6269): without a window it shows the last hour; a window spans 31 days at most.
constexpr std::chrono::days kLongestSpan{31};

// The API holds so many on a page at most; the default is 10.
constexpr int kPageSize = 100;

// A million orders in a month: more is a server that never ends.
constexpr std::size_t kMaxPages = 10000;

// A part of the window, read page by page: each page names the next one.
struct Span {
  UtcSeconds start{};
  UtcSeconds end{};
  std::string next_token;
  std::set<std::string> tokens;  // met so far
  bool is_asked = false;
  bool is_read = false;
};

std::vector<Span> spans_of(const OrdersQuery& query) {
  std::vector<Span> spans;
  for (UtcSeconds start = query.now - query.window; start < query.now; start += kLongestSpan) {
    Span span;
    span.start = start;
    span.end = std::min<UtcSeconds>(start + kLongestSpan, query.now);
    spans.push_back(std::move(span));
  }
  return spans;
}

class VolcengineOrders final : public OrdersConversation {
 public:
  VolcengineOrders(const AccountConfig& account, const OrdersQuery& query)
      : account_(account), spans_(spans_of(query)) {}

  std::optional<PendingRequest> next() override {
    if (finished()) return std::nullopt;
    const auto ready = std::find_if(spans_.begin(), spans_.end(), [](const Span& span) {
      return !span.is_asked && !span.is_read;
    });
    if (ready == spans_.end()) return std::nullopt;
    ready->is_asked = true;
    PendingRequest pending;
    pending.token = static_cast<std::uint64_t>(ready - spans_.begin());
    pending.request = page_request(*ready);
    return pending;
  }

  std::optional<Failure> accept(std::uint64_t token, HttpResponse& response) override {
    auto page = read_orders(response);
    if (!page) return std::move(page).error();
    for (const ListedOrder& order : page->orders) {
      // Spans share the second between them, and pages shift while orders are created.
      if (!order.id.empty() && !ids_.insert(TextHash{}(order.id))) continue;
      if (!orders_.add(
              {order.status, order.type, {}, account_.currency, order.payable, order.created})) {
        return response_not_understood("the sum of all orders is too large");
      }
    }
    Span& span = spans_[token];
    span.is_asked = false;
    span.is_read = page->next_token.empty();
    const bool is_new = span.is_read || span.tokens.insert(page->next_token).second;
    if (!is_new || span.tokens.size() > kMaxPages) {
      Failure failure;
      failure.reason = Reason::kInconsistent;
      failure.message = "the pages do not add up: they have no end";
      return failure;
    }
    span.next_token = std::move(page->next_token);
    return std::nullopt;
  }

  void fail(std::uint64_t /*token*/, const Failure& failure) override {
    if (!failure_) failure_ = failure;
  }

  bool finished() const override {
    return failure_.has_value() ||
           std::all_of(spans_.begin(), spans_.end(), [](const Span& span) { return span.is_read; });
  }
  const std::optional<Failure>& failure() const override { return failure_; }
  Orders take_orders() override { return std::move(orders_); }

 private:
  [[nodiscard]] static ApiRequest page_request(const Span& span) {
    nlohmann::json body{{"CreateTimeStart", utc_text(span.start)},
                        {"CreateTimeEnd", utc_text(span.end)},
                        {"MaxResults", kPageSize}};
    if (!span.next_token.empty()) body["NextToken"] = span.next_token;
    ApiRequest request;
    request.operation = OperationId::kVolcengineListOrders;
    request.body = body.dump();
    request.subject = "page " + std::to_string(span.tokens.size() + 1) + " of the orders from " +
                      utc_text(span.start) + " to " + utc_text(span.end);
    return request;
  }

  const AccountConfig& account_;
  std::vector<Span> spans_;
  IdSet ids_;
  Orders orders_;
  std::optional<Failure> failure_;
};

}  // namespace

std::unique_ptr<OrdersConversation> ask_orders(const AccountConfig& account,
                                               const OrdersQuery& query) {
  return std::make_unique<VolcengineOrders>(account, query);
}

}  // namespace cloud_billing::volcengine
