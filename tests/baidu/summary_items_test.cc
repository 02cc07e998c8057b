#include "baidu/summary_items.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace cloud_billing::baidu {
namespace {

// "BCC 1.5, BOS 2", or why there are none.
std::string items_of(std::string_view body, std::string_view product_type = "postpay") {
  HttpResponse response{200, {}, std::string(body)};
  const auto summary = read_summary_items(response, product_type);
  if (!summary) {
    return std::string(reason_name(summary.error().reason)) + ": " + summary.error().message;
  }
  std::string text;
  for (const SummaryItem& item : summary->items) {
    text += (text.empty() ? "" : ", ") + item.service_type + " " + item.billed_cost.to_decimal();
  }
  return text;
}

std::string data_of(std::string_view data, std::string_view product_type = "postpay") {
  return items_of(R"({"accountId":"me","subAccountId":"/","data":)" + std::string(data) + "}",
                  product_type);
}

TEST(SummaryItems, AreThePayableCostOfEachProduct) {
  EXPECT_EQ(data_of(R"({"serviceType":"/","productType":"/","financePrice":3.5,"originPrice":9,)"
                    R"("items":[{"serviceType":"BCC","serviceTypeName":"BCC","originPrice":7,)"
                    R"("productType":"postpay","financePrice":1.5},)"
                    R"({"serviceType":"BOS","financePrice":"2"}]})"),
            "BCC 1.5, BOS 2");
  EXPECT_EQ(data_of(R"({"financePrice":-1,"items":[{"serviceType":"BCC","financePrice":-3},)"
                    R"({"serviceType":"CDN","financePrice":0},)"
                    R"({"serviceType":"BOS","financePrice":2}]})"),
            "BCC -3, CDN 0, BOS 2");
}

// Never both: what holds items is their total.
TEST(SummaryItems, AreThoseThatHoldNoOthersHoweverDeepTheyNest) {
  EXPECT_EQ(data_of(R"({"financePrice":7,"items":[{"serviceType":"BCC","financePrice":3,)"
                    R"("items":[{"financePrice":1},{"serviceType":"CDS","financePrice":2}]},)"
                    R"({"items":[{"financePrice":4}],"serviceType":"BOS"}]})"),
            "BCC 1, CDS 2, BOS 4");
  EXPECT_EQ(data_of(R"([{"serviceType":"BCC","financePrice":1}])"), "BCC 1");
}

TEST(SummaryItems, WithoutAnyAreTheTotalUnlessThatIsZero) {
  EXPECT_EQ(data_of(R"({"financePrice":5,"items":[]})"), " 5");
  EXPECT_EQ(data_of(R"({"serviceType":"BCC","financePrice":5,"items":null})"), "BCC 5");
  EXPECT_EQ(data_of(R"({"financePrice":0,"items":[]})"), "");
  EXPECT_EQ(data_of(R"({"financePrice":0})"), "");
}

TEST(SummaryItems, ThatMissTheirTotalAreAListCutShort) {
  EXPECT_EQ(data_of(R"({"financePrice":5,"items":[{"serviceType":"BCC","financePrice":1}]})"),
            "inconsistent: the items miss their total of 5 by 4");
  EXPECT_EQ(data_of(R"({"items":[{"financePrice":2,"items":[{"financePrice":5}]}]})"),
            "inconsistent: the items miss their total of 2 by -3");
  // Rounded each by themselves, or a sum of doubles.
  EXPECT_EQ(data_of(R"({"financePrice":1.02,"items":[{"serviceType":"A","financePrice":0.5},)"
                    R"({"serviceType":"B","financePrice":0.5}]})"),
            "A 0.5, B 0.5");
  EXPECT_EQ(data_of(R"({"financePrice":0.30000000000000004,)"
                    R"("items":[{"serviceType":"A","financePrice":0.1},)"
                    R"({"serviceType":"B","financePrice":0.2}]})"),
            "A 0.1, B 0.2");
}

TEST(SummaryItems, OfAnotherProductTypeThanAskedForAreRefused) {
  constexpr std::string_view kPrepay =
      R"({"financePrice":1,"items":[{"productType":"prepay","financePrice":1}]})";
  EXPECT_EQ(data_of(kPrepay, "prepay"), " 1");
  EXPECT_EQ(data_of(kPrepay, "postpay"),
            "decode: the answer is not understood: data: an item of another productType than was "
            "asked for");
}

TEST(SummaryItems, WithoutAnAmountOrWithAnUnreadableOneAreRefused) {
  constexpr std::string_view kNoTotal = "decode: the answer is not understood: no financePrice";
  EXPECT_EQ(data_of("{}"), kNoTotal);
  EXPECT_EQ(data_of("null"), kNoTotal);
  EXPECT_EQ(items_of("{}"), kNoTotal);
  EXPECT_EQ(data_of(R"({"items":[{"serviceType":"BCC"}]})"),
            "decode: the answer is not understood: data: an item without financePrice");
  EXPECT_EQ(data_of(R"({"items":[{"serviceType":"BCC","financePrice":"x"}]})"),
            "decode: the answer is not understood: data: not a decimal number");
  EXPECT_EQ(data_of(R"({"items":[{"financePrice":1.7e20},{"financePrice":1.7e20}]})"),
            "decode: the answer is not understood: data: too large");
  std::string deep = R"({"financePrice":1})";
  for (int i = 0; i < 100; ++i) deep.insert(0, R"({"items":[)").append("]}");
  EXPECT_EQ(data_of(deep), "decode: the answer is not understood: data: nested too deep");
  EXPECT_TRUE(items_of(R"({"code":"AccessDenied"})").starts_with("permission: "));
  EXPECT_TRUE(
      items_of(R"({"data":{"financePrice":0},"code":"InternalError"})").starts_with("server: "));
  EXPECT_TRUE(items_of(R"({"data":{"financePrice":0,"items":[)").starts_with("decode: "));
}

TEST(SummaryItems, TellWhetherAMemberIsShown) {
  HttpResponse own{200, {}, R"({"subAccountId":"/","data":{"financePrice":0}})"};
  EXPECT_FALSE(read_summary_items(own, "prepay").value().shows_member());
  HttpResponse member{200, {}, R"({"subAccountId":"m1","data":{"financePrice":0}})"};
  EXPECT_TRUE(read_summary_items(member, "prepay").value().shows_member());
}

}  // namespace
}  // namespace cloud_billing::baidu
