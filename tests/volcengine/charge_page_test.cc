#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "volcengine/bill_page.h"

namespace cloud_billing::volcengine::charge_page_test {
namespace {

std::string describe_time(const std::optional<UtcSeconds>& time) {
  return time ? utc_text(*time) : "none";
}

// Each row's details, one behind the other.
template <typename Reader = ChargePageReader>
std::vector<std::string> read_details(std::string body, const Site& site = kVolcengineSite) {
  HttpResponse response{200, {}, std::move(body)};
  const auto opened = Reader::open(response);
  if (!opened) return {opened.error().message};
  std::vector<std::string> rows;
  Regions regions;
  const auto count =
      opened->read_rows({"CNY", site}, regions, [&rows](const typename Reader::Row& row) {
        const ChargeDetails& details = row.bill.details;
        std::string text;
        for (const std::string_view part :
             {details.row_id, details.payer_id, details.region_name, details.availability_zone,
              details.resource_id, details.resource_name, details.resource_type, details.sku_id,
              details.quantity, details.unit, details.unit_price}) {
          text += std::string(part) + "|";
        }
        text += describe_time(details.start) + "|" + describe_time(details.end) + "|";
        text += details.contracted_cost ? details.contracted_cost->to_decimal() : "none";
        if (!details.has_list_cost) text += "|no list";
        if (details.corrects_earlier_month) text += "|correction";
        for (const Tag& tag : row.bill.tags) {
          text += "|" + std::string(tag.key) + "=" + std::string(tag.value);
        }
        rows.push_back(text);
        return true;
      });
  if (!count) return {count.error().message};
  return rows;
}

std::string page_of(std::string_view fields) {
  return R"({"ResponseMetadata":{},"Result":{"List":[{"PayableAmount":"1","OriginalBillAmount":"2",)" +
         std::string(fields) + R"(}],"Total":1}})";
}

std::string details_of(std::string_view fields) { return read_details(page_of(fields)).front(); }

TEST(VolcengineCharges, OfTheDocumentsSampleAreRead) {
  std::ifstream in(TEST_DATA_DIR "/volcengine/list-bill-detail.json");
  std::ostringstream text;
  text << in.rdbuf();
  const auto rows = read_details(text.str());
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_TRUE(
      rows[0].starts_with("Detail7341060462454968613|2100052604|华北2（北京）|cn-beijing-b|"
                          "vol-50mgf1r2g7l6hswihmfg|"))
      << rows[0];
  EXPECT_TRUE(
      rows[0].ends_with("|BE001551|40||0.001050|2024-02-29T15:00:00Z|"
                        "2024-02-29T16:00:00Z|0.01"))
      << rows[0];
}

TEST(VolcengineCharges, MayTellNothingMore) {
  EXPECT_EQ(details_of(R"("Product":"ECS","ExpenseBeginTime":"-","ZoneCode":"Zone1")"),
            "|||||||||||none|none|1");
}

TEST(VolcengineCharges, BeginAtThePlainDateAndEndBehindIt) {
  EXPECT_EQ(details_of(R"("ExpenseBeginTime":"2026-11-01","ExpenseEndTime":"2026-11-30")"),
            "|||||||||||2026-10-31T16:00:00Z|2026-11-30T16:00:00Z|1");
}

TEST(VolcengineCharges, HaveNoTimeThatWasNeverSet) {
  for (const std::string_view times :
       {R"("ExpenseBeginTime":"0001-01-01 00:00:00","ExpenseEndTime":"9999-12-31")",
        R"("ExpenseBeginTime":"0000-01-01","ExpenseEndTime":"9999-12-31 23:59:59")"}) {
    EXPECT_EQ(details_of(times), "|||||||||||none|none|1");
  }
}

TEST(VolcengineCharges, CostBeforeCouponsWhatIsPayableAndTheCoupon) {
  EXPECT_EQ(details_of(R"("CouponAmount":"0.5")"), "|||||||||||none|none|1.5");
  EXPECT_EQ(details_of(R"("CouponAmount":"0.5","DiscountBillAmount":"1.7")"),
            "|||||||||||none|none|1.7");
}

TEST(VolcengineCharges, JoinTheValuesOfATagBySemicolons) {
  EXPECT_EQ(details_of(R"("Tag":"{\"team\":[\"a\",\"b\"]}")"), "|||||||||||none|none|1|team=a;b");
}

TEST(VolcengineCharges, AreCorrectionsIfTheyRefundOrAdjustAnEarlierMonth) {
  const auto row = [](std::string_view category, std::string_view business) {
    return details_of(R"("BillPeriod":"2026-11","BillCategory":")" + std::string(category) +
                      R"(","BusiPeriod":")" + std::string(business) + R"(")");
  };
  for (const std::string_view category :
       {"退款-退订", "调账-人工", "refund-terminate", "transfer-manual", "Refund", "Adjustment"}) {
    EXPECT_TRUE(row(category, "2026-10").ends_with("|correction")) << category;
    EXPECT_FALSE(row(category, "2026-11").ends_with("|correction")) << category;
    EXPECT_FALSE(row(category, "").ends_with("|correction")) << category;
  }
  EXPECT_FALSE(row("消费-使用", "2026-10").ends_with("|correction"));
}

TEST(VolcengineCharges, OfTheAmortisedBillCostTheMonthsShare) {
  const auto share = [](std::string_view fields) {
    return read_details<ShareChargePageReader>(
               page_of(R"("NowAmortizedPayableAmount":"10",)" + std::string(fields)))
        .front();
  };
  EXPECT_EQ(share(R"("NowAmortizedDiscountBillAmount":"12","NowAmortizedOriginalBillAmount":"20")"),
            "|||||||||||none|none|12");
  EXPECT_EQ(share(R"("Product":"ECS")"), "|||||||||||none|none|none|no list");
}

// What the only row is billed at.
template <typename Reader>
std::string billed_of(std::string_view fields, const Site& site) {
  HttpResponse response{200, {}, page_of(fields)};
  const auto opened = Reader::open(response);
  if (!opened) return opened.error().message;
  std::string billed;
  Regions regions;
  const auto count =
      opened->read_rows({"CNY", site}, regions, [&billed](const typename Reader::Row& row) {
        billed = row.bill.amounts[index_of(Measure::kBilledCost)].to_decimal();
        return true;
      });
  return count ? billed : count.error().message;
}

TEST(ByteplusCharges, AreBilledWithTaxAndBeginInUtc) {
  const std::string_view taxed = R"("Tax":"0.2","PosttaxAmount":"1.25")";
  EXPECT_EQ(billed_of<TaxedChargePageReader>(taxed, kByteplusSite), "1.25");
  EXPECT_EQ(billed_of<TaxedChargePageReader>(R"("Tax":"0.2")", kByteplusSite), "1.2");
  EXPECT_EQ(billed_of<ChargePageReader>(taxed, kVolcengineSite), "1") << "payable holds its tax";
  const std::string_view share =
      R"("NowAmortizedPayableAmount":"10","NowAmortizedTaxAmount":"0.6","NowAmortizedDiscountBillAmount":"11")";
  EXPECT_EQ(billed_of<TaxedShareChargePageReader>(share, kByteplusSite), "10.6");
  EXPECT_EQ(billed_of<ShareChargePageReader>(share, kVolcengineSite), "10");
  EXPECT_EQ(read_details<TaxedShareChargePageReader>(page_of(share), kByteplusSite).front(),
            "|||||||||||none|none|11|no list");
  EXPECT_EQ(read_details<TaxedChargePageReader>(page_of(R"("ExpenseBeginTime":"2026-11-01")"),
                                                kByteplusSite)
                .front(),
            "|||||||||||2026-11-01T00:00:00Z|none|1");
}

}  // namespace
}  // namespace cloud_billing::volcengine::charge_page_test
