#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

#include "baidu/bill_page.h"

namespace cloud_billing::baidu::charge_page_test {
namespace {

std::string describe_time(const std::optional<UtcSeconds>& time) {
  return time ? utc_text(*time) : "none";
}

// The details of a page's only row.
template <typename Reader = ChargePageReader>
std::string details_of(std::string_view fields) {
  HttpResponse response{200, {}, R"({"pageNo":1,"bills":[{)" + std::string(fields) + "}]}"};
  const auto opened = Reader::open(response);
  if (!opened) return opened.error().message;
  std::string text;
  const auto count = opened->read_rows(
      {"postpaid", "own", "owner", "CNY", ";"}, [&text](const typename Reader::Row& row) {
        const ChargeDetails& details = row.details;
        for (const std::string_view part :
             {details.region_name, details.resource_id, details.resource_short_id,
              details.resource_name, details.resource_type, details.sku_id, details.quantity,
              details.unit, details.unit_price}) {
          text += std::string(part) + "|";
        }
        text += describe_time(details.start) + "|" + describe_time(details.end) + "|";
        text += details.contracted_cost ? details.contracted_cost->to_decimal() : "none";
        if (!details.has_list_cost) text += "|no list";
        return true;
      });
  return count ? text : count.error().message;
}

// The fields of the documents' postpaid sample.
TEST(BaiduCharges, OfThePostpaidBillAreRead) {
  EXPECT_EQ(details_of(R"("serviceType":"BCC","instanceId":"i-1","shortId":"s-1",)"
                       R"("instanceName":"/","region":"bj","chargeItem":"RunningTimeMinutes",)"
                       R"("amount":"35909","amountUnit":"分钟","unitPrice":"0.003333元/分钟",)"
                       R"("startTime":"2019-01-31T16:00:00.000Z",)"
                       R"("endTime":"2019-02-28T15:59:59.000Z",)"
                       R"("originPrice":119.68,"financePrice":100,"couponPrice":9.68,)"
                       R"("discountCouponPrice":5,"cashEquivalentCouponPrice":0.5)"),
            "|i-1|s-1||BCC|RunningTimeMinutes|35909|分钟|0.003333|2019-01-31T16:00:00Z|"
            "2019-02-28T15:59:59Z|115.18");
}

TEST(BaiduCharges, MayHaveTheOlderNamesOfCoupons) {
  EXPECT_EQ(details_of(R"("originPrice":1,"financePrice":1,"voucherPrice":2,)"
                       R"("discountvoucherPrice":3)"),
            "|||||||||none|none|6");
}

TEST(BaiduCharges, MayTellNothingMore) {
  EXPECT_EQ(details_of(R"("originPrice":1,"financePrice":1,"instanceId":"/","chargeItem":"/",)"
                       R"("amount":"/","amountUnit":"/","unitPrice":"/","startTime":"/")"),
            "|||||||||none|none|1");
}

TEST(BaiduCharges, OfTheAmortisedBillCostTheMonthsShare) {
  EXPECT_EQ(details_of<ShareChargePageReader>(
                R"("serviceType":"BCC","instanceId":"i-1","regionName":"华北-北京",)"
                R"("price":3650,"financePrice":3285,"couponPrice":100,"sharePrice":310,)"
                R"("shareFinancePrice":279,"shareCouponPrice":10,"shareDiscountCouponPrice":1,)"
                R"("shareCashEquivalentCouponPrice":0.5)"),
            "华北-北京|i-1|||BCC|||||none|none|290.5");
  EXPECT_EQ(details_of<ShareChargePageReader>(R"("shareFinancePrice":279)"),
            "|||||||||none|none|279|no list");
}

}  // namespace
}  // namespace cloud_billing::baidu::charge_page_test
