#include "baidu/bill_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace cloud_billing::baidu {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const RowContext kContext{"postpaid", "own", "owner", "CNY", ";,\n"};

std::string read_seed() {
  std::ifstream in(TEST_DATA_DIR "/baidu/resource-month-bill.json");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// Rows as text: service, name, region, mode, account, its name, tags and the six measures.
std::string text_of(const BillRow& row) {
  std::string text;
  for (const std::string_view part :
       {row.service_type, row.service_name, row.region_id, row.billing_mode, row.sub_account_id,
        row.sub_account_name, row.currency}) {
    text += std::string(part) + "|";
  }
  for (const Tag& tag : row.tags) text += std::string(tag.key) + "=" + std::string(tag.value) + ",";
  for (const Measure measure : kAllMeasures) {
    text += "|" + row.amounts[index_of(measure)].to_decimal();
  }
  return text;
}

struct Page {
  std::optional<Failure> failure;
  BillEnvelope envelope;
  std::int64_t count = 0;
  std::vector<std::string> rows;
};

template <typename Bill = BillPage>
Page read_page(std::string body) {
  HttpResponse response{200, {}, std::move(body)};
  auto opened = Bill::open(response);
  Page page;
  if (!opened) {
    page.failure = opened.error();
    return page;
  }
  page.envelope = opened->envelope();
  const auto count = opened->read_rows(kContext, [&page](const BillRow& row) {
    page.rows.push_back(text_of(row));
    return true;
  });
  if (count) {
    page.count = *count;
  } else {
    page.failure = count.error();
  }
  return page;
}

// A page with one row of the given fields.
Page read_row(std::string_view fields) {
  return read_page(R"({"pageNo":1,"bills":[{)" + std::string(fields) + "}]}");
}

// A row with the two amounts it needs, and further fields.
Page read_row_with(std::string_view fields) {
  return read_row(R"("originPrice":2,"financePrice":1,)" + std::string(fields));
}

std::string failure_of(const Page& page) {
  return page.failure
             ? std::string(reason_name(page.failure->reason)) + ": " + page.failure->message
             : "read";
}

// ---- the documents' example ----

TEST(BillPage, OfTheDocumentsIsReadExactly) {
  const Page page = read_page(read_seed());
  ASSERT_FALSE(page.failure) << failure_of(page);
  EXPECT_EQ(page.envelope.account_id, "xxx");
  EXPECT_FALSE(page.envelope.shows_member());
  EXPECT_EQ(page.envelope.facts.page, 1);
  EXPECT_EQ(page.envelope.facts.page_size, 20);
  EXPECT_EQ(page.envelope.facts.total, 1);
  EXPECT_THAT(page.rows, ElementsAre("SCS|Simple cache service|bj|postpaid|own|owner|CNY|tag=value,"
                                     "|119.68|119.68|119.68|0|0|0"));
}

TEST(BillPage, CutShortAnywhereIsRefused) {
  const std::string whole = read_seed();
  const std::size_t end = whole.rfind('}');
  for (std::size_t size = 0; size <= end; ++size) {
    const Page page = read_page(whole.substr(0, size));
    ASSERT_TRUE(page.failure) << "read although cut after " << size << " bytes";
    ASSERT_EQ(page.failure->reason, Reason::kDecode);
  }
}

TEST(BillPage, FollowedByFurtherBytesIsRefused) {
  for (const std::string_view more : {"}", "x", "{}", "]", "null", ", 1", "\"\""}) {
    EXPECT_TRUE(read_page(read_seed() + std::string(more)).failure) << more;
  }
  EXPECT_FALSE(read_page(read_seed() + " \n\r\t ").failure);
}

// ---- amounts ----

TEST(BillRowAmounts, AreTheMeasuresOfTheirParts) {
  const Page page = read_row_with(
      R"("discountPrice":0.5,"debt":0.25,"couponPrice":1,"discountCouponPrice":2,)"
      R"("cashEquivalentCouponPrice":4,"cash":10,"rebate":20,"creditCost":40,"creditRefund":-5)");
  // billed, list, paid, unpaid, coupon, discount
  EXPECT_THAT(page.rows, ElementsAre("||global|postpaid|own|owner|CNY||1|2|65|0.25|7|0.5"));
}

TEST(BillRowAmounts, UnderstandTheOlderSpellingOfCoupons) {
  EXPECT_THAT(read_row_with(R"("voucherPrice":1,"discountvoucherPrice":2)").rows,
              ElementsAre("||global|postpaid|own|owner|CNY||1|2|0|0|3|0"));
  // Both spellings of one part count once; the newer wins, unless it has no value.
  EXPECT_THAT(read_row_with(R"("voucherPrice":1,"couponPrice":5)").rows,
              ElementsAre("||global|postpaid|own|owner|CNY||1|2|0|0|5|0"));
  EXPECT_THAT(read_row_with(R"("couponPrice":"/","voucherPrice":1)").rows,
              ElementsAre("||global|postpaid|own|owner|CNY||1|2|0|0|1|0"));
}

TEST(BillRowAmounts, MayBeNumbersOrTextsInAnyForm) {
  const Page page =
      read_row(R"("originPrice":"1E-4","financePrice":0E-8,"cash":-119.680,"debt":"/","rebate":"",)"
               R"("creditCost":null,"creditRefund":123456789012.123456789012345678)");
  EXPECT_THAT(page.rows, ElementsAre("||global|postpaid|own|owner|CNY||0|0.0001|"
                                     "123456788892.443456789012345678|0|0|0"));
}

TEST(BillRowAmounts, ThatCannotBeReadNameRowAndFieldButNotTheText) {
  const std::string good = R"({"originPrice":2,"financePrice":1})";
  const Page page =
      read_page(R"({"bills":[)" + good + R"(,{"originPrice":2,"financePrice":"12,50"}]})");
  EXPECT_EQ(failure_of(page),
            "decode: the answer is not understood: row 2: financePrice: not a decimal number");
  EXPECT_FALSE(page.failure->retryable);
  for (const std::string_view value :
       {R"("n/a")", "true", "[]", "{}", R"("1 ")", "1.0e", R"("//")"}) {
    EXPECT_THAT(failure_of(read_row_with(R"("cash":)" + std::string(value))),
                HasSubstr("row 1: cash: not a"))
        << value;
  }
  EXPECT_THAT(failure_of(read_row_with(R"("debt":1e99)")), HasSubstr("row 1: debt: too large"));
}

// As doubles are printed.
TEST(BillRowAmounts, WithMoreThan18DecimalsAreRoundedAndLoseNoMonth) {
  EXPECT_THAT(read_row_with(R"("debt":0.0007000000000000001)").rows,
              ElementsAre("||global|postpaid|own|owner|CNY||1|2|0|0.0007|0|0"));
}

TEST(BillRowAmounts, WithAnotherCloudsMarkOfNoValueCannotBeRead) {
  EXPECT_EQ(failure_of(read_row_with(R"("cash":"-")")),
            "decode: the answer is not understood: row 1: cash: not a decimal number");
}

TEST(BillRowAmounts, BilledAndListMustBeThere) {
  EXPECT_THAT(failure_of(read_row(R"("originPrice":1)")),
              HasSubstr("row 1: financePrice: missing"));
  EXPECT_THAT(failure_of(read_row(R"("financePrice":1)")),
              HasSubstr("row 1: originPrice: missing"));
  EXPECT_THAT(failure_of(read_row(R"("financePrice":"/","originPrice":1)")),
              HasSubstr("row 1: financePrice: missing"));
  EXPECT_THAT(failure_of(read_row("")), HasSubstr("missing"));
}

TEST(BillRowAmounts, WhoseSumIsBeyondTheRangeAreRefused) {
  EXPECT_THAT(failure_of(read_row_with(R"("cash":1.7e20,"rebate":1.7e20)")),
              HasSubstr("row 1: the sum of its amounts: too large"));
}

TEST(BillRows, WhoseSumOverflowsEndTheReading) {
  HttpResponse response{200, {}, read_seed()};
  auto opened = BillPage::open(response);
  ASSERT_TRUE(opened);
  const auto count = opened->read_rows(kContext, [](const BillRow&) { return false; });
  ASSERT_FALSE(count);
  EXPECT_EQ(count.error().reason, Reason::kDecode);
}

// ---- texts ----

TEST(BillRowTexts, ThatArePlaceholdersAreMissing) {
  EXPECT_THAT(
      read_row_with(R"("serviceType":"/","region":"/","tag":"/","serviceTypeName":null)").rows,
      ElementsAre("||global|postpaid|own|owner|CNY||1|2|0|0|0|0"));
}

TEST(BillRowTexts, AreTakenAsDelivered) {
  EXPECT_THAT(
      read_row_with(R"("serviceType":"BCC__CDS","region":"fwh","serviceTypeName":"云\n服务器")")
          .rows,
      ElementsAre("BCC__CDS|云\n服务器|fwh|postpaid|own|owner|CNY||1|2|0|0|0|0"));
}

TEST(BillRowTexts, NameTheBillingModeOfTheRowItself) {
  EXPECT_THAT(read_row_with(R"("productType":"prepay")").rows,
              ElementsAre("||global|prepaid|own|owner|CNY||1|2|0|0|0|0"));
  EXPECT_THAT(read_row_with(R"("productType":"/")").rows,
              ElementsAre("||global|postpaid|own|owner|CNY||1|2|0|0|0|0"));
}

TEST(BillRowTexts, ThatAreNoTextsNameRowAndField) {
  EXPECT_THAT(failure_of(read_row_with(R"("serviceType":{"a":"b"})")),
              HasSubstr("row 1: serviceType: not a text"));
  EXPECT_THAT(failure_of(read_row_with(R"("region":"a\u0000b")")),
              HasSubstr("row 1: region: a text that cannot be read"));
}

// ---- shape ----

TEST(BillPage, SkipsFieldsItDoesNotKnowInAnyDepth) {
  const std::string deep =
      R"({"a":[{"b":{"c":[1,"}]",{"financePrice":"x","bills":[{}]}]}}],"d":null})";
  const Page page = read_page(R"({"extra":)" + deep + R"(,"bills":[{"new":)" + deep +
                              R"(,"originPrice":2,"more":[[]],"financePrice":1,"last":)" + deep +
                              R"(}],"after":)" + deep + "}");
  EXPECT_EQ(failure_of(page), "read");
  EXPECT_THAT(page.rows, ElementsAre("||global|postpaid|own|owner|CNY||1|2|0|0|0|0"));
}

TEST(BillPage, MayHaveItsFieldsInAnyOrder) {
  const Page page = read_page(
      R"({"bills":[{"financePrice":1,"originPrice":2}],"totalCount":"201","pageSize":"100",)"
      R"("pageNo":"3","subAccountId":"/","accountId":"me"})");
  EXPECT_EQ(page.count, 1);
  EXPECT_EQ(page.envelope.facts.page, 3);
  EXPECT_EQ(page.envelope.facts.page_size, 100);
  EXPECT_EQ(page.envelope.facts.total, 201);
  EXPECT_EQ(page.envelope.account_id, "me");
}

TEST(BillPage, WithoutRowsIsGood) {
  for (const std::string_view bills : {"[]", "null", "[ ]"}) {
    const Page page = read_page(R"({"totalCount":0,"bills":)" + std::string(bills) + "}");
    EXPECT_EQ(failure_of(page), "read") << bills;
    EXPECT_EQ(page.count, 0);
  }
}

TEST(BillPage, OfTheSameRowsHasTheSameDigestWhateverItsEnvelope) {
  const auto digest = [](std::string_view page, std::string_view cost) {
    return read_page(R"({"pageNo":)" + std::string(page) +
                     R"(,"bills":[{"originPrice":1,"financePrice":)" + std::string(cost) + "}]}")
        .envelope.facts.digest;
  };
  EXPECT_EQ(digest("1", "5"), digest("2", "5"));
  EXPECT_NE(digest("1", "5"), digest("1", "6"));
}

TEST(BillPage, OfAFinancialCircleMemberSaysSo) {
  const Page page = read_page(R"({"accountId":"master","subAccountId":"member","bills":[]})");
  EXPECT_TRUE(page.envelope.shows_member());
  EXPECT_EQ(page.envelope.own_id(), "member");
  for (const std::string_view none : {R"("/")", R"("")", "null"}) {
    const Page own =
        read_page(R"({"accountId":"me","subAccountId":)" + std::string(none) + R"(,"bills":[]})");
    EXPECT_FALSE(own.envelope.shows_member()) << none;
    EXPECT_EQ(own.envelope.own_id(), "me");
  }
}

TEST(BillPage, NamesTheAccountThatWasAskedFor) {
  const auto name_of = [](std::string_view ids) {
    const Page page = read_page(R"({"accountId":"master","loginName":"ops",)" + std::string(ids) +
                                R"("bills":[]})");
    EXPECT_FALSE(page.failure);
    return page.envelope.own_name();
  };
  EXPECT_EQ(name_of(R"("subAccountId":"/","subLoginName":"/",)"), "ops");
  EXPECT_EQ(name_of(R"("subAccountId":"member","subLoginName":"研发",)"), "研发");
  EXPECT_EQ(name_of(R"("subAccountId":"member","subLoginName":"/",)"), "");
  EXPECT_EQ(name_of(R"("subAccountId":"member","subLoginName":{"a":1},)"), "");
}

TEST(BillPage, ThatIsNoneIsRefused) {
  EXPECT_EQ(failure_of(read_page("{}")), "decode: the answer is not understood: no bills");
  EXPECT_EQ(failure_of(read_page(R"({"bills":{}})")),
            "decode: the answer is not understood: bills: not a list");
  EXPECT_EQ(failure_of(read_page(R"({"bills":5})")),
            "decode: the answer is not understood: bills: not a list");
  EXPECT_THAT(failure_of(read_page(R"({"bills":[1]})")),
              HasSubstr("row 1: bills: not a JSON object"));
  EXPECT_THAT(failure_of(read_page(R"({"bills":[{"originPrice":1,"financePrice":1}{}]})")),
              HasSubstr("decode"));
  EXPECT_EQ(failure_of(read_page(R"({"totalCount":"many","bills":[]})")),
            "decode: the answer is not understood: totalCount: not a count");
  EXPECT_EQ(failure_of(read_page("")), "decode: the answer is not understood: not JSON");
  EXPECT_EQ(failure_of(read_page("not json")),
            "decode: the answer is not understood: not a JSON object");
}

TEST(BillPage, ThatIsAWebPageIsAPortals) {
  const Page page = read_page("<!DOCTYPE html><title>Maintenance</title>");
  ASSERT_TRUE(page.failure);
  EXPECT_EQ(page.failure->reason, Reason::kTransport);
  EXPECT_TRUE(page.failure->retryable);
}

TEST(BillPage, ThatIsAnErrorWithStatus200IsThatError) {
  const Page page = read_page(R"({"code":"InternalError","message":"x","requestId":"r-1"})");
  ASSERT_TRUE(page.failure);
  EXPECT_EQ(page.failure->reason, Reason::kServer);
  EXPECT_TRUE(page.failure->retryable);
  EXPECT_THAT(page.failure->message, HasSubstr("request r-1"));
  // Not even with an empty list beside it: that would be a zero.
  EXPECT_EQ(read_page(R"({"bills":[],"totalCount":0,"code":"AccessDenied"})").failure->reason,
            Reason::kPermission);
  EXPECT_EQ(failure_of(read_page(R"({"bills":[],"code":null,"message":null})")), "read");
}

// What the answer says of itself may stand behind its rows, and counts more than one of them.
TEST(BillPage, SaysWhatItIsBehindARowThatCannotBeRead) {
  const std::string rows =
      R"({"bills":[{"financePrice":1,"originPrice":1},{"deep":[{"x":{}}],"financePrice":[{"y":1}],)"
      R"("originPrice":1},{"financePrice":2,"originPrice":2}])";
  EXPECT_THAT(failure_of(read_page(rows + R"(,"code":"AccessDenied"})")),
              testing::HasSubstr("AccessDenied"));
  const Page page = read_page(rows + R"(,"totalCount":3,"accountId":"a1"})");
  EXPECT_THAT(failure_of(page), testing::HasSubstr("row 2: financePrice"));
  EXPECT_EQ(page.envelope.facts.total, 3);
  EXPECT_EQ(page.envelope.account_id, "a1");
  EXPECT_EQ(page.rows.size(), 1U);
}

TEST(BaiduBill, IsReadBehindAByteOrderMark) {
  EXPECT_EQ(read_page("\xEF\xBB\xBF" + read_seed()).count, 1);
}

TEST(BaiduBill, LosesNoAmountToADisplayNameThatCannotBeRead) {
  const Page page =
      read_page(R"({"totalCount":1,"bills":[{"serviceType":"SCS","serviceTypeName":"a\u0000b",)"
                R"("financePrice":1.5,"originPrice":2}]})");
  ASSERT_FALSE(page.failure);
  ASSERT_EQ(page.rows.size(), 1U);
  EXPECT_THAT(page.rows.front(), testing::StartsWith("SCS||"));
}

TEST(BaiduBill, LosesNeitherAmountNorOtherTagsToATagThatCannotBeRead) {
  const auto read = [](std::string_view tag) {
    HttpResponse response{200,
                          {},
                          R"({"totalCount":1,"bills":[{"financePrice":1.5,"originPrice":2,"tag":)" +
                              std::string(tag) + "}]}"};
    const auto opened = BillPage::open(response);
    EXPECT_TRUE(opened) << tag;
    std::string found;
    EXPECT_TRUE(opened->read_rows(kContext, [&found](const BillRow& row) {
      found = row.amounts[index_of(Measure::kBilledCost)].to_decimal() + " " +
              std::to_string(row.unread_tags);
      for (const Tag& one : row.tags) {
        found += " " + std::string(one.key) + "=" + std::string(one.value);
      }
      return true;
    })) << tag;
    return found;
  };
  EXPECT_EQ(read(R"("env:prod;team:infra")"), "1.5 0 env=prod team=infra");
  EXPECT_EQ(read(R"("env:pr\u0000d;team:infra")"), "1.5 1 team=infra");
  EXPECT_EQ(read(R"({"env":"prod"})"), "1.5 1");
  EXPECT_EQ(read(R"(["env:prod"])"), "1.5 1");
  EXPECT_EQ(read(R"("env:\ud800")"), "1.5 1");
  EXPECT_EQ(read("null"), "1.5 0");
}

TEST(BaiduBill, SaysWhichMeasuresItsRowsDoNotCarry) {
  const auto lacked = [](std::string_view fields) {
    HttpResponse response{200,
                          {},
                          R"({"totalCount":1,"bills":[{"financePrice":1,"originPrice":1)" +
                              std::string(fields) + "}]}"};
    const auto opened = BillPage::open(response);
    std::string names;
    EXPECT_TRUE(opened->read_rows(kContext, [&names](const BillRow& row) {
      for (const Measure measure : kAllMeasures) {
        if (row.lacked[index_of(measure)]) names += std::string(measure_name(measure)) + " ";
      }
      return true;
    }));
    return names;
  };
  EXPECT_EQ(lacked(""), "paid_amount unpaid_amount ");
  EXPECT_EQ(lacked(R"(,"creditRefund":0,"debt":"/")"), "");
  EXPECT_EQ(lacked(R"(,"cash":1)"), "unpaid_amount ");
}

// ---- the amortised bill ----

// A row of the fields that the documents name, made up: a year of a server, a month of it.
constexpr std::string_view kShareRow =
    R"({"billMonth":"2026-01","productType":"prepay","serviceType":"BCC",)"
    R"("serviceTypeName":"云服务器BCC","region":"bj","regionName":"华北-北京","tag":"team:infra",)"
    R"("orderId":"0f1e2d3c","price":3650.00,"financePrice":3285.00,"catalogPrice":3650.00,)"
    R"("couponPrice":0,"discountPrice":365.00,"sharePrice":310.00,"shareFinancePrice":279.00,)"
    R"("shareCatalogPrice":310.00,"shareDiscountPrice":31.00,"shareDays":31,)"
    R"("deductShareFinancePrice":1.5,"controversialItem":0})";

std::string share_page(std::string_view rows) {
  return R"({"billMonth":"2026-01","accountId":"a1b2c3","subAccountId":"/","pageNo":1,)"
         R"("pageSize":100,"totalCount":1,"bills":[)" +
         std::string(rows) + "]}";
}

TEST(SharePage, CountsTheMonthsShareAndNotTheWholePurchase) {
  const Page page = read_page<SharePage>(share_page(kShareRow));
  ASSERT_FALSE(page.failure) << failure_of(page);
  EXPECT_EQ(page.envelope.own_id(), "a1b2c3");
  EXPECT_EQ(page.envelope.facts.total, 1);
  EXPECT_THAT(page.rows,
              ElementsAre("BCC|云服务器BCC|bj|prepaid|own|owner|CNY|team=infra,|279|310|0|0|0|0"));
}

TEST(SharePage, WithoutAShareIsUnreadableAndNeverZero) {
  for (const std::string_view share :
       {"", R"(,"shareFinancePrice":null)", R"(,"shareFinancePrice":"/")",
        R"(,"shareFinancePrice":"")"}) {
    EXPECT_EQ(failure_of(read_page<SharePage>(share_page(
                  R"({"financePrice":3285,"sharePrice":310)" + std::string(share) + "}"))),
              "decode: the answer is not understood: row 1: shareFinancePrice: missing")
        << share;
  }
  EXPECT_THAT(failure_of(read_page<SharePage>(share_page(R"({"shareFinancePrice":"abc"})"))),
              HasSubstr("shareFinancePrice: not"));
}

TEST(SharePage, MayLackWhatItWouldCostUndiscounted) {
  const Page page = read_page<SharePage>(share_page(R"({"shareFinancePrice":"1.0E-8"})"));
  EXPECT_THAT(page.rows, ElementsAre("||global|postpaid|own|owner|CNY||0.00000001|0|0|0|0|0"));
}

TEST(SharePage, OfAMemberSaysSo) {
  const Page page =
      read_page<SharePage>(R"({"accountId":"master","subAccountId":"member","bills":[]})");
  EXPECT_TRUE(page.envelope.shows_member());
}

}  // namespace
}  // namespace cloud_billing::baidu
