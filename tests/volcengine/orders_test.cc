#include "volcengine/orders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/providers/answer.h"
#include "volcengine/operations.h"
#include "volcengine/order_page.h"
#include "volcengine/provider.h"

namespace cloud_billing::volcengine::orders_test {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr UtcSeconds kNow{std::chrono::seconds(1795406400)};  // 2026-11-23T04:00:00Z

std::string respond_with(const json& result) {
  return json{{"ResponseMetadata", json::object()}, {"Result", result}}.dump();
}

json order(int number, const json& more = {}) {
  json order{{"OrderID", "Order" + std::to_string(number)},
             {"Status", "Paid"},
             {"OrderType", "Purchase"},
             {"PayableAmount", std::to_string(number) + ".10"},
             {"CreateTime", "2026-11-20T08:00:00+08:00"},
             {"PayerID", 3001315456}};
  if (!more.is_null()) order.update(more);
  return order;
}

// A small cloud that holds a hundred orders on a page and names the next one.
struct Cloud {
  std::map<std::string, std::vector<json>> orders;  // by the window's start
  std::vector<json> asked;

  std::string response(const ApiRequest& request) {
    EXPECT_EQ(request.operation, &kListOrders);
    const json body = json::parse(request.body);
    asked.push_back(body);
    const std::vector<json>& all = orders[body.at("CreateTimeStart")];
    const std::size_t begin = std::stoul(body.value("NextToken", "0"));
    const std::size_t end = std::min(all.size(), begin + body.at("MaxResults").get<std::size_t>());
    json list = json::array();
    for (std::size_t i = begin; i < end; ++i) list.push_back(all[i]);
    return respond_with(
        {{"OrderInfos", list}, {"NextToken", end < all.size() ? std::to_string(end) : ""}});
  }
};

std::string told(const OptionalAmount& amount) {
  return amount ? amount->to_decimal() : "not known";
}

// "status type: count, amount", or the failure.
std::vector<std::string> read(Cloud& cloud, std::chrono::seconds window,
                              std::optional<UtcSeconds>* oldest = nullptr) {
  AccountConfig account;
  account.currency = "CNY";
  const auto talk = provider().ask_orders(account, {kNow, window});
  while (const auto pending = talk->next()) {
    static_cast<void>(answer(*pending->reply, {200, {}, cloud.response(pending->request)}));
  }
  EXPECT_TRUE(talk->finished());
  if (const auto& failure = talk->failure()) {
    return {std::string(reason_name(failure->reason)) + ": " + failure->message};
  }
  std::vector<std::string> lines;
  const Orders orders = talk->take_result();
  if (oldest != nullptr) *oldest = orders.oldest_unpaid();
  for (const auto& [key, sums] : orders.groups()) {
    EXPECT_EQ(key.service_type, "") << "the list does not say";
    lines.push_back(key.status + " " + key.type + ": " + std::to_string(sums.count) + ", " +
                    told(sums.payable.at("CNY")));
  }
  return lines;
}

constexpr std::chrono::seconds kMonth = std::chrono::days(30);
const std::string kMonthStart = "2026-10-24T04:00:00Z";

TEST(VolcengineOrders, OfTheDefaultWindowAreOneSpanAcrossMonths) {
  Cloud cloud;
  cloud.orders[kMonthStart] = {order(1), order(2)};
  EXPECT_THAT(read(cloud, kMonth), ElementsAre("paid purchase: 2, 3.2"));
  EXPECT_THAT(cloud.asked, ElementsAre(json{{"CreateTimeStart", "2026-10-24T04:00:00Z"},
                                            {"CreateTimeEnd", "2026-11-23T04:00:00Z"},
                                            {"MaxResults", 100}}));
}

TEST(VolcengineOrders, AreReadPageByPage) {
  Cloud cloud;
  for (int i = 0; i < 2500; ++i) cloud.orders[kMonthStart].push_back(order(i));
  EXPECT_THAT(read(cloud, kMonth), ElementsAre("paid purchase: 2500, 3124000"));
  EXPECT_THAT(cloud.asked, SizeIs(25));
}

TEST(VolcengineOrders, OfALongWindowAreReadInSpansOfAtMost31Days) {
  Cloud cloud;
  cloud.orders["2026-09-14T04:00:00Z"] = {order(1), order(2)};
  cloud.orders["2026-10-15T04:00:00Z"] = {order(2), order(3)};  // one at the second between them
  cloud.orders["2026-11-15T04:00:00Z"] = {order(4)};
  EXPECT_THAT(read(cloud, std::chrono::days(70)), ElementsAre("paid purchase: 4, 10.4"));
  ASSERT_THAT(cloud.asked, SizeIs(3));
  EXPECT_EQ(cloud.asked[0].at("CreateTimeEnd"), "2026-10-15T04:00:00Z");
  EXPECT_EQ(cloud.asked[1].at("CreateTimeEnd"), "2026-11-15T04:00:00Z");
  EXPECT_EQ(cloud.asked[2].at("CreateTimeEnd"), "2026-11-23T04:00:00Z");
}

TEST(VolcengineOrders, HaveTheWordsOfEveryStatusAndType) {
  const std::map<std::string, std::string> statuses{
      {"UnPaid", "unpaid"},    {"Paying", "unpaid"},     {"Paid", "paid"},
      {"Closed", "cancelled"}, {"Refunded", "refunded"}, {"SomethingNew", "somethingnew"}};
  for (const auto& [wire, word] : statuses) {
    Cloud cloud;
    cloud.orders[kMonthStart] = {order(1, {{"Status", wire}})};
    EXPECT_THAT(read(cloud, kMonth), ElementsAre(word + " purchase: 1, 1.1"));
  }
  const std::map<std::string, std::string> types{{"Purchase", "purchase"},
                                                 {"Renew", "renewal"},
                                                 {"Modify", "configuration_change"},
                                                 {"Unsubscribed", "refund"},
                                                 {"SomethingNew", "somethingnew"}};
  for (const auto& [wire, word] : types) {
    Cloud cloud;
    cloud.orders[kMonthStart] = {order(1, {{"OrderType", wire}})};
    EXPECT_THAT(read(cloud, kMonth), ElementsAre("paid " + word + ": 1, 1.1"));
  }
}

TEST(VolcengineOrders, TellWhenTheOldestUnpaidOneWasCreated) {
  Cloud cloud;
  cloud.orders[kMonthStart] = {
      order(1, {{"CreateTime", "2026-11-01T00:00:00Z"}}),
      order(2, {{"Status", "Paying"}, {"CreateTime", "2026-11-03T08:00:00+08:00"}}),
      order(3, {{"Status", "UnPaid"}, {"CreateTime", "2026-11-02T23:00:00.5Z"}})};
  std::optional<UtcSeconds> oldest;
  read(cloud, kMonth, &oldest);
  ASSERT_TRUE(oldest);
  EXPECT_EQ(utc_text(*oldest), "2026-11-02T23:00:00Z");
}

TEST(VolcengineOrders, WithAnOddTimeAreCountedAndLoseNothingButTheTime) {
  for (const json& time : {json("yesterday"), json("-"), json(""), json(nullptr), json(7),
                           json::object(), json("0001-01-01T00:00:00Z"),
                           json("0001-01-01T08:00:00+08:00"), json("1970-01-01T00:00:00Z")}) {
    Cloud cloud;
    cloud.orders[kMonthStart] = {
        order(1, {{"CreateTime", time}}), order(2, {{"Status", "UnPaid"}, {"CreateTime", time}}),
        order(3, {{"Status", "UnPaid"}, {"CreateTime", "2026-11-03T08:00:00+0800"}})};
    std::optional<UtcSeconds> oldest;
    EXPECT_THAT(read(cloud, kMonth, &oldest),
                ElementsAre("paid purchase: 1, 1.1", "unpaid purchase: 2, 5.2"))
        << time;
    ASSERT_TRUE(oldest) << time;
    EXPECT_EQ(utc_text(*oldest), "2026-11-03T00:00:00Z") << time;
  }
}

TEST(VolcengineOrders, WithoutAnAmountAreCountedAndMakeNoSumOfTheOthers) {
  for (const json& none : {json("-"), json(""), json(nullptr)}) {
    Cloud cloud;
    cloud.orders[kMonthStart] = {order(1), order(2, {{"PayableAmount", none}}), order(3),
                                 order(4, {{"OrderType", "Renew"}})};
    EXPECT_THAT(read(cloud, kMonth),
                ElementsAre("paid purchase: 3, not known", "paid renewal: 1, 4.1"))
        << none;
  }
  Cloud absent;
  absent.orders[kMonthStart] = {order(1), order(2)};
  absent.orders[kMonthStart].back().erase("PayableAmount");
  EXPECT_THAT(read(absent, kMonth), ElementsAre("paid purchase: 2, not known"));
  Cloud free;
  free.orders[kMonthStart] = {order(1), order(2, {{"PayableAmount", "0.00"}})};
  EXPECT_THAT(read(free, kMonth), ElementsAre("paid purchase: 2, 1.1"));
}

TEST(VolcengineOrders, ThatCannotBeReadFailThePoll) {
  Cloud amount;
  amount.orders[kMonthStart] = {order(1), order(2, {{"PayableAmount", "twelve"}})};
  EXPECT_THAT(read(amount, kMonth),
              ElementsAre("decode: the answer is not understood: OrderInfos: PayableAmount: not a "
                          "decimal number"));
  Cloud large;
  large.orders[kMonthStart] = {order(1, {{"PayableAmount", "1e30"}})};
  EXPECT_THAT(read(large, kMonth),
              ElementsAre("decode: the answer is not understood: OrderInfos: PayableAmount: too "
                          "large"));
  Cloud stateless;
  stateless.orders[kMonthStart] = {order(1, {{"Status", ""}})};
  EXPECT_THAT(read(stateless, kMonth), ElementsAre(HasSubstr("no Status")));
}

TEST(VolcengineOrders, WhoseTokensRepeatAreReadOnceMoreThenInconsistent) {
  AccountConfig account;
  const auto talk = provider().ask_orders(account, {kNow, kMonth});
  std::vector<long> pauses;
  while (const auto pending = talk->next()) {
    ASSERT_LT(pauses.size(), 10U);
    pauses.push_back(pending->pause.count());
    static_cast<void>(
        answer(*pending->reply,
               {200, {}, respond_with({{"OrderInfos", nullptr}, {"NextToken", "again"}})}));
  }
  EXPECT_THAT(pauses, ElementsAre(0, 0, 1000, 0));
  ASSERT_TRUE(talk->failure());
  EXPECT_EQ(talk->failure()->reason, Reason::kInconsistent);
}

TEST(VolcengineOrders, ThatMoveToAnotherPageMeanwhileAreReadOnceMore) {
  Cloud cloud;
  for (int i = 0; i < 101; ++i) cloud.orders[kMonthStart].push_back(order(i));
  cloud.orders[kMonthStart].back() = order(0);
  EXPECT_THAT(read(cloud, kMonth), ElementsAre("inconsistent: the pages do not add up: page 2 "
                                               "repeats rows of another page"));
  EXPECT_THAT(cloud.asked, SizeIs(4));

  cloud.asked.clear();
  AccountConfig account;
  account.currency = "CNY";
  const auto talk = provider().ask_orders(account, {kNow, kMonth});
  while (const auto pending = talk->next()) {
    const bool failed =
        answer(*pending->reply, {200, {}, cloud.response(pending->request)}).has_value();
    if (failed) cloud.orders[kMonthStart].back() = order(100);
  }
  ASSERT_FALSE(talk->failure());
  EXPECT_EQ(talk->take_result().groups().begin()->second.count, 101U);
}

TEST(VolcengineOrders, OfAnAccountWithoutAnyAreNone) {
  Cloud cloud;
  EXPECT_THAT(read(cloud, kMonth), testing::IsEmpty());
}

}  // namespace
}  // namespace cloud_billing::volcengine::orders_test
