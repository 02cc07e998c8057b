#include "baidu/orders.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "baidu/bill_listings.h"
#include "baidu/order_page.h"
#include "providers/api_error.h"
#include "providers/listing_set.h"

namespace cloud_billing::baidu {
namespace {

// The documents allow 1,000 to a page, the SDK's comment 100.
constexpr std::int64_t kPageSize = 100;

ApiRequest order_request(const OrdersQuery& query, const std::string& billed, std::int64_t page) {
  // By creation time, in UTC; without a window the list is that of all times.
  nlohmann::json body{{"startTime", utc_text(query.now - query.window)},
                      {"endTime", utc_text(query.now)},
                      {"pageNo", page},
                      {"pageSize", kPageSize}};
  if (!billed.empty()) body["queryAccountId"] = billed;
  ApiRequest request;
  request.operation = OperationId::kBaiduOrderList;
  request.body = body.dump();
  request.subject = "page " + std::to_string(page) + " of the orders";
  if (!billed.empty()) request.subject += " of sub-account " + billed;
  return request;
}

class BaiduOrders final : public OrdersConversation {
 public:
  BaiduOrders(const AccountConfig& account, const OrdersQuery& query) {
    for (const std::string& billed : billed_accounts(account)) {
      PagedListing<Orders>::Pages pages;
      pages.page_size = kPageSize;
      pages.request = [query, billed](std::int64_t page) {
        return order_request(query, billed, page);
      };
      pages.read = [&account](HttpResponse& response, Orders& orders) {
        return read_orders(response, account.currency, orders);
      };
      listings_.add(std::move(pages), Orders{});
    }
  }

  std::optional<PendingRequest> next() override { return listings_.next(); }

  std::optional<Failure> accept(std::uint64_t token, HttpResponse& response) override {
    auto failure = listings_.accept(token, response);
    if (!failure && !orders_ && listings_.complete()) combine_listings();
    return failure;
  }

  void fail(std::uint64_t token, const Failure& failure) override {
    listings_.fail(token, failure);
    if (!failure_) failure_ = listings_.failure();
  }

  bool finished() const override { return failure_.has_value() || orders_.has_value(); }
  const std::optional<Failure>& failure() const override { return failure_; }
  Orders take_orders() override { return *std::move(orders_); }

 private:
  void combine_listings() {
    orders_ = listings_.merge(Orders{});
    if (!orders_) failure_ = response_not_understood("the sum of all orders is too large");
  }

  ListingSet<Orders> listings_;
  std::optional<Orders> orders_;
  std::optional<Failure> failure_;
};

}  // namespace

std::unique_ptr<OrdersConversation> ask_orders(const AccountConfig& account,
                                               const OrdersQuery& query) {
  return std::make_unique<BaiduOrders>(account, query);
}

}  // namespace cloud_billing::baidu
