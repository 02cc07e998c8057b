#include "billing/orders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

#include "tests/literals.h"

namespace cloud_billing::orders_test {
namespace {

using testing::ElementsAre;
using testing::Pair;

constexpr UtcSeconds kEarly{std::chrono::seconds(1795000000)};
constexpr UtcSeconds kLate{std::chrono::seconds(1795400000)};

Order order(std::string_view status, std::string_view payable,
            std::optional<UtcSeconds> created = kLate) {
  return {status, "purchase", "BCC", "CNY", amount(payable), created};
}

const OrderKey kUnpaidPurchase{"unpaid", "purchase", "BCC"};
const OrderKey kPaidPurchase{"paid", "purchase", "BCC"};

TEST(Orders, AreCountedAndSummedExactlyByStatusTypeAndService) {
  Orders orders;
  ASSERT_TRUE(orders.add(order("paid", "0.1")));
  ASSERT_TRUE(orders.add(order("paid", "0.2")));
  ASSERT_TRUE(orders.add(order("unpaid", "7")));
  Order renewal = order("paid", "3");
  renewal.type = "renewal";
  ASSERT_TRUE(orders.add(renewal));
  Order other_service = order("paid", "4");
  other_service.service_type = "";
  ASSERT_TRUE(orders.add(other_service));

  ASSERT_EQ(orders.groups().size(), 4U);
  EXPECT_EQ(orders.groups().at(kPaidPurchase).count, 2U);
  EXPECT_THAT(orders.groups().at(kPaidPurchase).payable, ElementsAre(Pair("CNY", amount("0.3"))));
  EXPECT_EQ(orders.groups().at(kUnpaidPurchase).count, 1U);
  EXPECT_EQ(orders.groups().at({"paid", "renewal", "BCC"}).count, 1U);
  EXPECT_EQ(orders.groups().at({"paid", "purchase", ""}).count, 1U);
}

TEST(Orders, AreNeverAddedAcrossCurrencies) {
  Orders orders;
  Order dollars = order("paid", "2");
  dollars.currency = "USD";
  ASSERT_TRUE(orders.add(order("paid", "1")));
  ASSERT_TRUE(orders.add(dollars));
  EXPECT_EQ(orders.groups().at(kPaidPurchase).count, 2U);
  EXPECT_THAT(orders.groups().at(kPaidPurchase).payable,
              ElementsAre(Pair("CNY", amount("1")), Pair("USD", amount("2"))));
}

TEST(Orders, TellWhenTheOldestUnpaidOneWasCreated) {
  Orders orders;
  ASSERT_TRUE(orders.add(order("paid", "1", kEarly)));
  EXPECT_EQ(orders.oldest_unpaid(), std::nullopt);
  ASSERT_TRUE(orders.add(order("unpaid", "1", kLate)));
  EXPECT_EQ(orders.oldest_unpaid(), kLate);
  ASSERT_TRUE(orders.add(order("unpaid", "1", kEarly)));
  ASSERT_TRUE(orders.add(order("unpaid", "1", kLate)));
  EXPECT_EQ(orders.oldest_unpaid(), kEarly);
}

TEST(Orders, WithoutATimeAreCountedAndDoNotHideTheOldestOfTheOthers) {
  Orders orders;
  ASSERT_TRUE(orders.add(order("paid", "1", std::nullopt)));
  EXPECT_EQ(orders.undated_unpaid(), 0U);
  ASSERT_TRUE(orders.add(order("unpaid", "1", std::nullopt)));
  EXPECT_EQ(orders.oldest_unpaid(), std::nullopt);
  Orders more;
  ASSERT_TRUE(more.add(order("unpaid", "1", kLate)));
  ASSERT_TRUE(more.add(order("unpaid", "1", std::nullopt)));
  ASSERT_TRUE(orders.merge(more));
  EXPECT_EQ(orders.oldest_unpaid(), kLate);
  EXPECT_EQ(orders.undated_unpaid(), 2U);
  EXPECT_EQ(orders.groups().at(kUnpaidPurchase).count, 3U);
}

TEST(Orders, OfSeveralListingsAddUp) {
  Orders first;
  ASSERT_TRUE(first.add(order("paid", "0.1")));
  ASSERT_TRUE(first.add(order("unpaid", "1", kLate)));
  Orders second;
  ASSERT_TRUE(second.add(order("paid", "0.2")));
  ASSERT_TRUE(second.add(order("unpaid", "1", kEarly)));
  ASSERT_TRUE(first.merge(second));
  ASSERT_TRUE(first.merge(Orders{}));
  EXPECT_EQ(first.groups().at(kPaidPurchase).count, 2U);
  EXPECT_THAT(first.groups().at(kPaidPurchase).payable, ElementsAre(Pair("CNY", amount("0.3"))));
  EXPECT_EQ(first.oldest_unpaid(), kEarly);
}

TEST(Orders, WithoutAnAmountAreCountedAndTheSumOfTheirsIsNotKnown) {
  Order unpriced = order("paid", "0");
  unpriced.payable.reset();
  Orders orders;
  ASSERT_TRUE(orders.add(order("paid", "1")));
  ASSERT_TRUE(orders.add(unpriced));
  ASSERT_TRUE(orders.add(order("paid", "2")));
  ASSERT_TRUE(orders.add(order("unpaid", "7")));
  EXPECT_EQ(orders.groups().at(kPaidPurchase).count, 3U);
  EXPECT_THAT(orders.groups().at(kPaidPurchase).payable, ElementsAre(Pair("CNY", std::nullopt)));
  EXPECT_THAT(orders.groups().at(kUnpaidPurchase).payable, ElementsAre(Pair("CNY", amount("7"))));
  EXPECT_EQ(orders.unpriced(), 1U);

  Orders others;
  ASSERT_TRUE(others.add(order("paid", "4")));
  Orders first = others;
  ASSERT_TRUE(first.merge(orders));
  ASSERT_TRUE(orders.merge(others));
  for (const Orders& all : {first, orders}) {
    EXPECT_EQ(all.groups().at(kPaidPurchase).count, 4U);
    EXPECT_THAT(all.groups().at(kPaidPurchase).payable, ElementsAre(Pair("CNY", std::nullopt)));
    EXPECT_EQ(all.unpriced(), 1U);
  }
}

TEST(Orders, SayWhenASumIsTooLarge) {
  constexpr std::string_view kLargest = "170000000000000000000";
  Orders orders;
  ASSERT_TRUE(orders.add(order("paid", kLargest)));
  EXPECT_FALSE(orders.add(order("paid", kLargest)));
  Orders other;
  ASSERT_TRUE(other.add(order("unpaid", kLargest)));
  Orders more;
  ASSERT_TRUE(more.add(order("unpaid", kLargest)));
  EXPECT_FALSE(other.merge(more));
}

}  // namespace
}  // namespace cloud_billing::orders_test
