#include "volcengine/coupons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "tests/volcengine/list_cloud.h"
#include "volcengine/operations.h"
#include "volcengine/provider.h"

namespace cloud_billing::volcengine::coupons_test {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr UtcSeconds kNow{std::chrono::seconds(1795406400)};       // 2026-11-23T04:00:00Z
constexpr UtcSeconds kDecember{std::chrono::seconds(1796054399)};  // 2026-11-30T15:59:59Z

json coupon(int number, const json& more = {}) {
  json coupon{{"CouponID", "DT" + std::to_string(number)},
              {"Status", 2},
              {"TotalAmount", 100},
              {"RemainingAmount", json::parse(std::to_string(number) + ".10")},
              {"BeginTime", "2026-10-17T11:14:53+08:00"},
              {"ExpiredTime", "2026-12-31T23:59:59+08:00"}};
  if (!more.is_null()) coupon.update(more);
  return coupon;
}

// "count: balance", and when the first ends; or the failure.
struct Told {
  std::string text;
  std::optional<UtcSeconds> first;
};

Told tell(const std::function<std::string(const ApiRequest&)>& respond) {
  AccountConfig account;
  account.currency = "CNY";
  const auto talk = provider().ask_coupons(account, kNow);
  if (const auto failure = hold<Coupons>(*talk, respond)) return {*failure, {}};
  const Coupons coupons = talk->take_result();
  EXPECT_THAT(coupons.balances, SizeIs(1));
  return {std::to_string(coupons.count) + ": " + coupons.balances.at("CNY").to_decimal(),
          coupons.first_expiry.at()};
}

Told tell(ListCloud& cloud) {
  return tell([&](const ApiRequest& request) { return cloud.response(request); });
}

Told tell(const json& result) {
  return tell([&](const ApiRequest&) { return respond_with(result); });
}

ListCloud cloud_of(std::vector<json> coupons) { return {kListCoupons, "List", std::move(coupons)}; }

TEST(VolcengineCoupons, AreAddedUpExactlyInTheAccountsCurrency) {
  ListCloud cloud = cloud_of({coupon(1), coupon(2, {{"RemainingAmount", "0.2"}}),
                              coupon(3, {{"ExpiredTime", "2026-11-30T23:59:59+08:00"}})});
  const Told told = tell(cloud);
  EXPECT_EQ(told.text, "3: 4.4");
  EXPECT_EQ(told.first, kDecember);
  EXPECT_THAT(cloud.asked, ElementsAre(json{{"Limit", 100}, {"Offset", 0}, {"Status", "2"}}));
}

TEST(VolcengineCoupons, ThatAreThereAreNoneAsTheListSays) {
  ListCloud cloud = cloud_of({});
  EXPECT_EQ(tell(cloud).text, "0: 0");
  EXPECT_EQ(tell(json{{"List", nullptr}, {"Total", 0}}).text, "0: 0");
  EXPECT_EQ(tell(json{{"Total", 0}}).text, "0: 0");
  EXPECT_FALSE(tell(cloud).first);
}

TEST(VolcengineCoupons, CountOnlyIfTheyAreEffectiveAndHaveSomethingLeft) {
  const json soon{{"ExpiredTime", "2026-11-24T00:00:00+08:00"}};
  std::vector<json> coupons{coupon(1)};
  int number = 10;
  for (const int status : {1, 3, 4, 5}) {  // pending, expired, used, void
    coupons.push_back(coupon(++number, soon));
    coupons.back()["Status"] = status;
  }
  coupons.push_back(coupon(20, soon));
  coupons.back()["RemainingAmount"] = 0;
  coupons.push_back(coupon(21, {{"ExpiredTime", "2026-11-23T04:00:00Z"}}));  // just now
  ListCloud cloud = cloud_of(coupons);
  const Told told = tell(cloud);
  EXPECT_EQ(told.text, "1: 1.1");
  EXPECT_EQ(told.first, UtcSeconds(std::chrono::seconds(1798732799)));
}

TEST(VolcengineCoupons, AreReadPageByPage) {
  std::vector<json> coupons;
  for (int i = 0; i < 2500; ++i) coupons.push_back(coupon(i));
  for (const std::size_t on_page : {100U, 1U, 30U}) {
    ListCloud cloud = cloud_of(coupons);
    if (on_page == 1) cloud.entries.resize(40);
    cloud.most_on_page = on_page;
    EXPECT_EQ(tell(cloud).text, on_page == 1 ? "40: 784" : "2500: 3124000") << on_page;
    EXPECT_THAT(cloud.asked, SizeIs((cloud.entries.size() + on_page - 1) / on_page));
  }
}

TEST(VolcengineCoupons, AreReadToTheEndWithoutATotal) {
  ListCloud cloud = cloud_of({});
  for (int i = 0; i < 250; ++i) cloud.entries.push_back(coupon(i));
  cloud.tells_total = false;
  EXPECT_EQ(tell(cloud).text, "250: 31150");
  EXPECT_THAT(cloud.asked, SizeIs(4));
}

TEST(VolcengineCoupons, OfPagesThatRepeatAreNoSum) {
  const json page{{"List", {coupon(1), coupon(2)}}, {"Total", 4}};
  EXPECT_THAT(tell(page).text, HasSubstr("page 2 repeats rows of another page"));
  const json endless{{"List", {coupon(1), coupon(2)}}};
  EXPECT_THAT(tell(endless).text, HasSubstr("inconsistent"));
}

TEST(VolcengineCoupons, ThatAreFewerThanTheTotalAreNoSum) {
  EXPECT_EQ(tell([](const ApiRequest& request) {
              const bool is_first = json::parse(request.body).at("Offset") == 0;
              return respond_with(
                  {{"List", is_first ? json::array({coupon(1)}) : json::array()}, {"Total", 2}});
            }).text,
            "inconsistent: the pages do not add up: 1 entries instead of 2");
  EXPECT_EQ(tell(json{{"List", {coupon(1), coupon(2)}}, {"Total", 1}}).text,
            "inconsistent: the pages do not add up: 2 entries instead of 1");
}

TEST(VolcengineCoupons, WithoutATimeThatCanBeReadTellNoFirstOne) {
  for (const json& time : {json(""), json("soon"), json(nullptr), json("0001-01-01T00:00:00Z")}) {
    ListCloud cloud = cloud_of({coupon(1), coupon(2, {{"ExpiredTime", time}})});
    const Told told = tell(cloud);
    EXPECT_EQ(told.text, "2: 3.2") << "what is left does not depend on it";
    EXPECT_FALSE(told.first) << time;
  }
  ListCloud cloud =
      cloud_of({coupon(1), coupon(2, {{"ExpiredTime", "9999-12-31T23:59:59+08:00"}})});
  EXPECT_TRUE(tell(cloud).first) << "one never ends";
}

TEST(VolcengineCoupons, ThatCannotBeReadAreNoSum) {
  const std::map<std::string, json> spoiled{
      {"RemainingAmount: ", {{"RemainingAmount", "abc"}}},
      {"no RemainingAmount", {{"RemainingAmount", nullptr}}},
      {"Status: not one of 1 to 5", {{"Status", 6}}},
      {"List: Status: not one of 1 to 5", {{"Status", nullptr}}},
      {"no id", {{"CouponID", ""}}},
  };
  for (const auto& [problem, more] : spoiled) {
    ListCloud cloud = cloud_of({coupon(1), coupon(2, more)});
    const std::string text = tell(cloud).text;
    EXPECT_THAT(text, HasSubstr("decode: ")) << problem;
    EXPECT_THAT(text, HasSubstr(problem));
  }
  EXPECT_THAT(tell(json::object()).text, HasSubstr("no List"));
  EXPECT_THAT(tell(json{{"Total", 3}}).text, HasSubstr("no List"));
  EXPECT_THAT(tell(json{{"List", "none"}, {"Total", 0}}).text, HasSubstr("not a list"));
  ListCloud cloud = cloud_of({coupon(1, {{"RemainingAmount", "160000000000000000000"}}),
                              coupon(2, {{"RemainingAmount", "160000000000000000000"}})});
  EXPECT_THAT(tell(cloud).text, HasSubstr("the sum of all coupons is too large"));
}

}  // namespace
}  // namespace cloud_billing::volcengine::coupons_test
