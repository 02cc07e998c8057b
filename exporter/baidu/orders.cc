#include "baidu/orders.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "baidu/bill_listings.h"
#include "baidu/operations.h"
#include "baidu/order_page.h"
#include "providers/conversation_set.h"
#include "providers/listing.h"
#include "providers/numbered_pages.h"

namespace cloud_billing::baidu {
namespace {

using OrderListing = Listing<Orders, NumberedPages>;

// The documents allow 1,000 to a page, the SDK's comment 100.
constexpr std::int64_t kPageSize = 100;

}  // namespace

ApiRequest order_request(const OrdersQuery& query, const std::string& billed, std::int64_t page,
                         std::int64_t page_size) {
  // By creation time, in UTC; without a window the list is that of all times.
  nlohmann::json body{{"startTime", utc_text(query.now - query.window)},
                      {"endTime", utc_text(query.now)},
                      {"pageNo", page},
                      {"pageSize", page_size}};
  if (!billed.empty()) body["queryAccountId"] = billed;
  ApiRequest request;
  request.operation = &kOrderList;
  request.body = body.dump();
  request.subject = "page " + std::to_string(page) + " of the orders";
  if (!billed.empty()) request.subject += " of sub-account " + billed;
  return request;
}

std::unique_ptr<Conversation<Orders>> ask_orders(const AccountConfig& account,
                                                 const OrdersQuery& query) {
  std::vector<std::unique_ptr<Conversation<Orders>>> listings;
  for (const std::string& billed : billed_accounts(account)) {
    OrderListing::Pages pages;
    pages.request = [query, billed](const NumberedPages::Page& page) {
      return order_request(query, billed, page.number, kPageSize);
    };
    pages.read = [&account](const NumberedPages::Page& /*page*/, HttpResponse& response,
                            Orders& orders) {
      return read_orders(response, account.currency, orders);
    };
    listings.push_back(
        std::make_unique<OrderListing>(NumberedPages(kPageSize), std::move(pages), Orders{}));
  }
  return std::make_unique<ConversationSet<Orders>>(std::move(listings), Orders{});
}

}  // namespace cloud_billing::baidu
