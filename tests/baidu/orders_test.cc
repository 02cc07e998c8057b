#include "baidu/orders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "baidu/operations.h"
#include "baidu/provider.h"
#include "tests/providers/answer.h"

namespace cloud_billing::baidu::orders_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

// 2026-11-23T04:00:00Z
constexpr UtcSeconds kNow{std::chrono::seconds(1795406400)};

Amount amount(std::string_view text) { return Amount::parse(text).value(); }

// An order as the documents show it; `number` tells orders apart.
std::string order(std::string_view status, std::string_view type, std::string_view price,
                  std::string_view created = "2026-11-20T01:02:03Z", int number = 1) {
  return R"({"uuid":"o-)" + std::to_string(number) + R"(","type":")" + std::string(type) +
         R"(","accountId":"me","serviceType":"BCC","productType":"prepay","orderItems":[{"status":)"
         R"("OTHER","serviceType":"CDS","price":5}],"price":)" +
         std::string(price) + R"(,"status":")" + std::string(status) + R"(","createTime":")" +
         std::string(created) + R"("})";
}

std::string list(int page, int total, const std::vector<std::string>& orders) {
  std::string body = R"({"pageNo":)" + std::to_string(page) + R"(,"pageSize":100,"totalCount":)" +
                     std::to_string(total) + R"(,"orders":[)";
  for (std::size_t i = 0; i < orders.size(); ++i) body += (i == 0 ? "" : ",") + orders[i];
  return body + "]}";
}

class Talk {
 public:
  explicit Talk(std::vector<std::string> sub_accounts = {},
                std::chrono::seconds window = std::chrono::hours(24 * 30)) {
    account_.currency = "CNY";
    account_.settings.set("sub_accounts", std::move(sub_accounts));
    conversation_ = provider().ask_orders(account_, {kNow, window}).release();
  }

  // Everything that can be asked for now: "1", "2 sub-1".
  std::vector<std::string> ask_all() {
    std::vector<std::string> asked;
    while (const auto pending = conversation_->next()) {
      EXPECT_EQ(pending->request.operation, &kOrderList);
      EXPECT_THAT(pending->request.query, IsEmpty());
      bodies.push_back(nlohmann::json::parse(pending->request.body));
      EXPECT_EQ(bodies.back().at("pageSize"), 100);
      std::string words = std::to_string(bodies.back().at("pageNo").get<int>());
      if (bodies.back().contains("queryAccountId")) {
        words += " " + bodies.back().at("queryAccountId").get<std::string>();
      }
      subjects.push_back(pending->request.subject);
      replies_[words] = pending->reply;
      asked.push_back(std::move(words));
    }
    return asked;
  }
  std::optional<Failure> response(const std::string& words, std::string body) {
    return answer(*replies_.at(words), {200, {}, std::move(body)});
  }
  void fail(const std::string& words, int status, std::string_view code) {
    HttpResponse response{status, {}, R"({"code":")" + std::string(code) + R"("})"};
    replies_.at(words)->fail(provider().classify_error(response));
  }
  Conversation<Orders>* operator->() { return conversation_.get(); }

  std::vector<nlohmann::json> bodies;
  std::vector<std::string> subjects;

 private:
  AccountConfig account_;
  std::unique_ptr<Conversation<Orders>> conversation_;
  std::map<std::string, std::shared_ptr<Reply>> replies_;
};

// The orders of one page.
Orders read_one(const std::string& json) {
  Talk talk;
  talk.ask_all();
  EXPECT_FALSE(talk.response("1", list(1, 1, {json})));
  EXPECT_TRUE(talk->finished());
  return talk->take_result();
}

std::optional<Failure> fail_one(const std::string& json) {
  Talk talk;
  talk.ask_all();
  auto failure = talk.response("1", list(1, 1, {json}));
  EXPECT_TRUE(talk->failure()) << json;
  return failure;
}

TEST(BaiduOrders, AreAskedForByCreationTimeAcrossMonths) {
  Talk talk;
  EXPECT_THAT(talk.ask_all(), ElementsAre("1"));
  EXPECT_EQ(talk.bodies[0], nlohmann::json::parse(R"({"startTime":"2026-10-24T04:00:00Z",
                "endTime":"2026-11-23T04:00:00Z","pageNo":1,"pageSize":100})"));
  Talk hour({}, std::chrono::hours(1));
  hour.ask_all();
  EXPECT_EQ(hour.bodies[0].at("startTime"), "2026-11-23T03:00:00Z");
}

TEST(BaiduOrders, HaveOurWordForEveryStatus) {
  const std::map<std::string, std::string> words{{"NEED_PURCHASE", "unpaid"},
                                                 {"NEED_CONFIRM", "unpaid"},
                                                 {"CONFIRMED", "paid"},
                                                 {"DEFERRED_CREATE", "paid"},
                                                 {"READY_FOR_CREATE", "paid"},
                                                 {"CREATING", "paid"},
                                                 {"CREATED", "paid"},
                                                 {"CANCELLED", "cancelled"},
                                                 {"EXPIRED", "voided"},
                                                 {"REFUND_SUCC", "refunded"},
                                                 {"CREATE_FAILED", "failed"},
                                                 {"REFUND_FAILED", "failed"},
                                                 {"Some_New_STATUS", "some_new_status"}};
  for (const auto& [delivered, word] : words) {
    const Orders orders = read_one(order(delivered, "NEW", "1"));
    EXPECT_EQ(orders.groups().count({word, "purchase", "BCC"}), 1U) << delivered;
  }
}

TEST(BaiduOrders, HaveOurWordForEveryType) {
  const std::map<std::string, std::string> words{{"NEW", "purchase"},
                                                 {"RENEW", "renewal"},
                                                 {"DILATATION", "upgrade"},
                                                 {"SHRINKAGE", "downgrade"},
                                                 {"RESIZE", "configuration_change"},
                                                 {"SHIFT_CHARGE", "configuration_change"},
                                                 {"TO_PREPAY", "configuration_change"},
                                                 {"TO_POSTPAY", "configuration_change"},
                                                 {"TIME_EXPAND", "configuration_change"},
                                                 {"COMPENSATE_TIME", "compensation"},
                                                 {"REFUND", "refund"},
                                                 {"TRANSFER_IN", "transfer"},
                                                 {"GIFT", "gift"}};
  for (const auto& [delivered, word] : words) {
    const Orders orders = read_one(order("CREATED", delivered, "1"));
    EXPECT_EQ(orders.groups().count({"paid", word, "BCC"}), 1U) << delivered;
  }
}

TEST(BaiduOrders, ArePayableByTheirPriceAsNumberOrText) {
  const OrderKey key{"paid", "purchase", "BCC"};
  const std::map<std::string, std::string> prices{
      {"119.68", "119.68"}, {R"("0.10")", "0.1"}, {"0", "0"}, {"-3", "-3"}};
  for (const auto& [delivered, expected] : prices) {
    const Orders orders = read_one(order("CREATED", "NEW", delivered));
    EXPECT_EQ(orders.groups().at(key).payable.at("CNY"), amount(expected)) << delivered;
    EXPECT_EQ(orders.groups().at(key).count, 1U) << delivered;
  }
}

TEST(BaiduOrders, WithoutAPriceAreCountedAndMakeNoSumOfTheOthers) {
  const std::string no_price = R"({"status":"CREATED","type":"NEW","serviceType":"BCC"})";
  for (const std::string& unpriced :
       {order("CREATED", "NEW", R"("/")"), order("CREATED", "NEW", R"("")"),
        order("CREATED", "NEW", "null"), no_price}) {
    Talk talk;
    talk.ask_all();
    ASSERT_FALSE(
        talk.response("1", list(1, 4,
                                {order("CREATED", "NEW", "5"), unpriced,
                                 order("CREATED", "NEW", "7"), order("CREATED", "RENEW", "9")})))
        << unpriced;
    const Orders orders = talk->take_result();
    const OrderSums& purchases = orders.groups().at({"paid", "purchase", "BCC"});
    EXPECT_EQ(purchases.count, 3U) << unpriced;
    EXPECT_EQ(purchases.payable.at("CNY"), OptionalAmount()) << unpriced;
    EXPECT_EQ(orders.groups().at({"paid", "renewal", "BCC"}).payable.at("CNY"), amount("9"));
  }
}

TEST(BaiduOrders, TellWhenTheOldestUnpaidOneWasCreated) {
  Talk talk;
  talk.ask_all();
  EXPECT_FALSE(
      talk.response("1", list(1, 3,
                              {order("CREATED", "NEW", "1", "2026-11-01T00:00:00Z", 1),
                               order("NEED_PURCHASE", "NEW", "1", "2026-11-23T00:00:00Z", 2),
                               order("NEED_CONFIRM", "NEW", "1", "2026-11-22T04:00:00Z", 3)})));
  EXPECT_EQ(talk->take_result().oldest_unpaid(), kNow - std::chrono::hours(24));
}

TEST(BaiduOrders, NoneIsAGoodAnswer) {
  for (const char* orders : {"[]", "null"}) {
    Talk talk;
    talk.ask_all();
    EXPECT_FALSE(talk.response(
        "1", R"({"pageNo":1,"pageSize":100,"totalCount":0,"orders":)" + std::string(orders) + "}"));
    ASSERT_TRUE(talk->finished());
    EXPECT_THAT(talk->take_result().groups(), IsEmpty());
  }
}

std::vector<std::string> page_of(int page) {
  std::vector<std::string> orders;
  for (int i = 0; i < 100; ++i) {
    orders.push_back(order("CREATED", "NEW", "0.01", "2026-11-20T01:02:03Z", page * 100 + i));
  }
  return orders;
}

TEST(BaiduOrders, OfManyPagesAreAllCountedInWhateverOrderTheyCome) {
  Talk talk;
  talk.ask_all();
  EXPECT_FALSE(talk.response("1", list(1, 2500, page_of(1))));
  EXPECT_THAT(talk.ask_all(), SizeIs(24U));
  for (int page = 25; page >= 2; --page) {
    EXPECT_FALSE(talk->finished());
    EXPECT_FALSE(talk.response(std::to_string(page), list(page, 2500, page_of(page))));
  }
  ASSERT_TRUE(talk->finished());
  const Orders orders = talk->take_result();
  const OrderSums& sums = orders.groups().at({"paid", "purchase", "BCC"});
  EXPECT_EQ(sums.count, 2500U);
  EXPECT_EQ(sums.payable.at("CNY"), amount("25"));
}

TEST(BaiduOrders, WhosePagesDoNotAddUpAreReadOnceMoreThenFail) {
  Talk talk;
  talk.ask_all();
  EXPECT_FALSE(talk.response("1", list(1, 200, page_of(1))));
  talk.ask_all();
  EXPECT_EQ(talk.response("2", list(2, 200, page_of(1)))->reason, Reason::kInconsistent);
  EXPECT_FALSE(talk->finished());
  EXPECT_THAT(talk.ask_all(), ElementsAre("1"));
  EXPECT_FALSE(talk.response("1", list(1, 200, page_of(1))));
  talk.ask_all();
  EXPECT_FALSE(talk.response("2", list(2, 200, page_of(2))));
  ASSERT_TRUE(talk->finished());
  ASSERT_FALSE(talk->failure());
  EXPECT_EQ(talk->take_result().groups().begin()->second.count, 200U);

  Talk twice;
  for (int reading = 0; reading < 2; ++reading) {
    twice.ask_all();
    EXPECT_TRUE(twice.response("1", list(1, 2, {order("CREATED", "NEW", "1")})));
  }
  ASSERT_TRUE(twice->failure());
  EXPECT_EQ(twice->failure()->reason, Reason::kInconsistent);
}

TEST(BaiduOrders, AreThoseOfTheSubAccountsToo) {
  Talk talk({"sub-1"});
  EXPECT_THAT(talk.ask_all(), ElementsAre("1", "1 sub-1"));
  EXPECT_EQ(talk.subjects[1], "page 1 of the orders of sub-account sub-1");
  EXPECT_FALSE(talk.response("1", list(1, 1, {order("CREATED", "NEW", "1")})));
  EXPECT_FALSE(talk->finished());
  EXPECT_FALSE(talk.response("1 sub-1", list(1, 1, {order("CREATED", "NEW", "2")})));
  ASSERT_TRUE(talk->finished());
  EXPECT_EQ(talk->take_result().groups().begin()->second.payable.at("CNY"), amount("3"));

  Talk refused({"sub-1"});
  refused.ask_all();
  refused.fail("1 sub-1", 403, "AccessDenied");
  ASSERT_TRUE(refused->failure());
  EXPECT_EQ(refused->failure()->reason, Reason::kPermission);
}

TEST(BaiduOrders, MayTellMillisecondsOrAnOffset) {
  for (const char* time :
       {"2026-11-23T04:05:06.000Z", "2026-11-23T12:05:06+08:00", "2026-11-23T12:05:06.000+0800"}) {
    Talk talk;
    talk.ask_all();
    EXPECT_FALSE(talk.response("1", list(1, 1, {order("NEED_PURCHASE", "NEW", "1", time)})))
        << time;
    EXPECT_EQ(utc_text(talk->take_result().oldest_unpaid().value()), "2026-11-23T04:05:06Z");
  }
}

TEST(BaiduOrders, WithAnOddTimeAreCountedAndLoseNothingButTheTime) {
  for (const char* time :
       {"yesterday", "/", "", "0001-01-01T00:00:00Z", "1970-01-01T08:00:00+08:00"}) {
    Talk talk;
    talk.ask_all();
    EXPECT_FALSE(talk.response(
        "1", list(1, 3,
                  {order("CREATED", "NEW", "1", time), order("NEED_PURCHASE", "NEW", "2", time),
                   order("NEED_PURCHASE", "NEW", "4", "2026-11-20T01:02:03Z")})))
        << time;
    const Orders orders = talk->take_result();
    EXPECT_EQ(orders.groups().at({"unpaid", "purchase", "BCC"}).count, 2U) << time;
    EXPECT_EQ(orders.groups().at({"paid", "purchase", "BCC"}).count, 1U) << time;
    EXPECT_EQ(utc_text(orders.oldest_unpaid().value()), "2026-11-20T01:02:03Z") << time;
  }
}

TEST(BaiduOrders, ThatCannotBeReadFailAndSayWhichFieldOfWhich) {
  const auto price = fail_one(order("CREATED", "NEW", "\"12,5\""));
  EXPECT_EQ(price->reason, Reason::kDecode);
  EXPECT_THAT(price->message, HasSubstr("order 1: price: "));
  EXPECT_THAT(price->message, Not(HasSubstr("12,5")));
  EXPECT_THAT(fail_one(order("", "NEW", "1"))->message, HasSubstr("order 1: no status"));
  EXPECT_EQ(fail_one("7")->reason, Reason::kDecode);
}

TEST(BaiduOrders, AnErrorWithStatus200IsNoEmptyList) {
  for (const char* rest : {"", R"(,"totalCount":0,"orders":[])"}) {
    Talk talk;
    talk.ask_all();
    const auto failure = talk.response(
        "1", R"({"code":"InternalError","requestId":"r-1")" + std::string(rest) + "}");
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->reason, Reason::kServer);
  }
  Talk talk;
  talk.ask_all();
  EXPECT_EQ(talk.response("1", R"({"totalCount":0})")->reason, Reason::kDecode);
}

}  // namespace
}  // namespace cloud_billing::baidu::orders_test
