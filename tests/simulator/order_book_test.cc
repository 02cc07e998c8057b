#include "order_book.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace simulator {
namespace {

Account make_account(Cloud cloud, std::size_t orders) {
  GeneratedSize size;
  size.orders = orders;
  return (cloud == Cloud::kBaidu ? generate_accounts(size, 3)
                                 : generate_volcengine_accounts(size, 3))
      .front();
}

Moment day(int number) {
  return start_in_china(std::chrono::year{2026} / std::chrono::October / 1) +
         std::chrono::days{number};
}

TEST(OrderBook, AnyThirtyDaysHaveTheOrdersAskedFor) {
  const Account account = make_account(Cloud::kBaidu, 2500);
  for (const int start : {0, 7, 40}) {
    const std::size_t count = list_orders(account, day(start), day(start + 30)).size();
    EXPECT_GE(count, 2500U);
    EXPECT_LE(count, 2503U);
  }
  EXPECT_TRUE(list_orders(make_account(Cloud::kBaidu, 0), day(0), day(30)).empty());
}

TEST(OrderBook, SpansThatMeetHoldEveryOrderOnceNewestFirst) {
  const Account account = make_account(Cloud::kVolcengine, 700);
  const auto whole = list_orders(account, day(0), day(30));
  auto parts = list_orders(account, day(11), day(30));
  for (const Order& order : list_orders(account, day(0), day(11))) {
    parts.push_back(order);
  }
  ASSERT_EQ(parts.size(), whole.size());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    EXPECT_EQ(parts[i].hash, whole[i].hash);
    EXPECT_TRUE(i == 0 || whole[i].created <= whole[i - 1].created);
  }
}

// The words of the documents, besides one that is in none.
TEST(OrderBook, EveryStatusAndTypeOccurs) {
  const auto count = [](Cloud cloud) {
    std::set<std::string_view> statuses;
    std::set<std::string_view> types;
    for (const Order& order : list_orders(make_account(cloud, 2500), day(0), day(30))) {
      statuses.insert(order.status.raw);
      types.insert(order.type.raw);
    }
    return std::pair(statuses.size(), types.size());
  };
  EXPECT_EQ(count(Cloud::kBaidu), std::pair(std::size_t{12 + 1}, std::size_t{12 + 1}));
  EXPECT_EQ(count(Cloud::kVolcengine), std::pair(std::size_t{5 + 1}, std::size_t{4 + 1}));
}

TEST(OrderTotals, AddWhatIsPayableAndRememberTheOldestUnpaid) {
  Order order;
  order.status = {"NEED_PURCHASE", "unpaid"};
  order.type = {"NEW", "purchase"};
  order.service_type = "BCC";
  order.created = day(5);
  order.payable = parse_money("1.25");
  OrderTotals totals;
  totals.add(order);
  order.created = day(4);
  totals.add(order);
  order.created = day(1);
  order.status = {"CREATED", "paid"};
  totals.add(order);
  EXPECT_EQ(totals.oldest_unpaid, day(4));
  const auto& [number, amount] = totals.groups.at({"unpaid", "purchase", "BCC"});
  EXPECT_EQ(number, 2U);
  EXPECT_EQ(write_decimal(amount), "2.5");
}

}  // namespace
}  // namespace simulator
