#include "volcengine/orders.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/text_hash.h"
#include "providers/api_error.h"
#include "providers/id_set.h"
#include "providers/listing.h"
#include "providers/mapped_conversation.h"
#include "volcengine/operations.h"
#include "volcengine/order_page.h"

namespace cloud_billing::volcengine {
namespace {

// The API holds so many on a page at most; the default is 10.
constexpr int kPageSize = 100;

// A million orders in a month: more is a server that never ends.
constexpr std::int64_t kMostOrderPages = 10000;

// Each is a chain of pages of its own.
std::vector<OrderSpan> spans_of(const OrdersQuery& query) {
  std::vector<OrderSpan> spans;
  for (UtcSeconds start = query.now - query.window; start < query.now; start += kLongestOrderSpan) {
    spans.push_back({start, std::min<UtcSeconds>(start + kLongestOrderSpan, query.now)});
  }
  return spans;
}

struct SpannedOrders {
  Orders orders;
  IdSet ids;  // of all spans, which share the second between them
};

using OrderListing = Listing<SpannedOrders, TokenPages>;

Result<TokenPageFacts, Failure> read_page(std::string_view currency, const TokenPages::Page& page,
                                          HttpResponse& response, SpannedOrders& all) {
  auto listed = read_orders(response);
  if (!listed) return std::move(listed).error();
  TokenPageFacts facts;
  facts.rows = static_cast<std::int64_t>(listed->orders.size());
  facts.next_token = std::move(listed->next_token);
  for (const ListedOrder& order : listed->orders) {
    const std::uint64_t id = TextHash{}(order.id);
    // Within a span an order twice is one that moved to another page.
    if (!order.id.empty()) facts.ids.push_back(id ^ TextHash{}(std::to_string(page.chain)));
    if (!order.id.empty() && !all.ids.insert(id)) continue;
    if (!all.orders.add({order.status, order.type, {}, currency, order.payable, order.created})) {
      return response_not_understood("the sum of all orders is too large");
    }
  }
  return facts;
}

}  // namespace

ApiRequest order_request(const OrderSpan& span, const TokenPages::Page& page, int page_size) {
  nlohmann::json body{{"CreateTimeStart", utc_text(span.start)},
                      {"CreateTimeEnd", utc_text(span.end)},
                      {"MaxResults", page_size}};
  if (!page.token.empty()) body["NextToken"] = page.token;
  ApiRequest request;
  request.operation = &kListOrders;
  request.body = body.dump();
  request.subject = "page " + std::to_string(page.number) + " of the orders from " +
                    utc_text(span.start) + " to " + utc_text(span.end);
  return request;
}

std::unique_ptr<Conversation<Orders>> ask_orders(const AccountConfig& account,
                                                 const OrdersQuery& query) {
  std::vector<OrderSpan> spans = spans_of(query);
  const TokenPages plan(spans.size(), kMostOrderPages);
  OrderListing::Pages pages;
  pages.request = [spans = std::move(spans)](const TokenPages::Page& page) {
    return order_request(spans[page.chain], page, kPageSize);
  };
  pages.read = [&account](const TokenPages::Page& page, HttpResponse& response,
                          SpannedOrders& all) {
    return read_page(account.currency, page, response, all);
  };
  return map_result<Orders, SpannedOrders>(
      std::make_unique<OrderListing>(plan, std::move(pages), SpannedOrders{}),
      [](SpannedOrders all) { return std::move(all.orders); });
}

}  // namespace cloud_billing::volcengine
