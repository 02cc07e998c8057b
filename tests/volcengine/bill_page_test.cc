#include "volcengine/bill_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace cloud_billing::volcengine {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

// A row as text: id, service, name, region, mode, owner, its name, project, currency, tags and the
// measures billed, list, paid, unpaid, coupon, discount.
std::string text_of(const Row& row) {
  std::string text;
  for (const std::string_view part :
       {row.id, row.bill.service_type, row.bill.service_name, row.bill.region_id,
        row.bill.billing_mode, row.bill.sub_account_id, row.bill.sub_account_name, row.bill.project,
        row.bill.currency}) {
    text += std::string(part) + "|";
  }
  for (const Tag& tag : row.bill.tags) {
    text += std::string(tag.key) + "=" + std::string(tag.value) + ";";
  }
  for (const Measure measure : kAllMeasures) {
    text += "|" + row.bill.amounts[index_of(measure)].to_decimal();
  }
  return text;
}

struct Page {
  std::string failure;  // reason and message
  BillEnvelope envelope;
  std::uint64_t digest = 0;
  std::int64_t count = 0;
  std::vector<std::string> rows;
  std::vector<std::string> ends;
  std::size_t unread_tags = 0;
  std::string lacked;  // by each row, its measures
};

template <typename Bill = BillPage>
Page read_page(std::string body) {
  HttpResponse response{200, {}, std::move(body)};
  Page page;
  const auto fail = [&page](const Failure& failure) {
    page.failure = std::string(reason_name(failure.reason)) + ": " + failure.message;
    return page;
  };
  auto opened = Bill::open(response);
  if (!opened) return fail(opened.error());
  page.envelope = opened->envelope();
  Regions regions;
  const auto count = opened->read_rows({"EUR", kVolcengineSite}, regions, [&page](const Row& row) {
    page.rows.push_back(text_of(row));
    page.unread_tags += row.bill.unread_tags;
    for (const Measure measure : kAllMeasures) {
      if (row.bill.lacked[index_of(measure)])
        page.lacked += std::string(measure_name(measure)) + ",";
    }
    page.lacked += ";";
    page.ends.push_back(row.expense_end ? utc_text(*row.expense_end) : "none");
    return true;
  });
  if (!count) return fail(count.error());
  page.count = *count;
  page.digest = opened->digest();
  return page;
}

std::string page_of(std::string_view rows, std::string_view rest = R"("Total":1)") {
  return R"({"ResponseMetadata":{"RequestId":"r1"},"Result":{"List":[)" + std::string(rows) + "]," +
         std::string(rest) + "}}";
}

constexpr std::string_view kAmounts = R"("PayableAmount":"1.00","OriginalBillAmount":"2.000000")";

// The only row of a page, from its fields besides the amounts.
std::string row_with(std::string_view fields) {
  const Page page =
      read_page(page_of("{" + std::string(kAmounts) + "," + std::string(fields) + "}"));
  return page.rows.empty() ? page.failure : page.rows.front();
}

std::string read_file(const char* name) {
  std::ifstream in(std::string(TEST_DATA_DIR "/volcengine/") + name);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// ---- what the documents show ----

TEST(VolcengineBill, OfTheDocumentsSampleIsRead) {
  const Page page = read_page(read_file("list-bill-detail.json"));
  EXPECT_EQ(page.failure, "");
  EXPECT_EQ(page.envelope.total, 7721);
  EXPECT_EQ(page.envelope.limit, 1);
  EXPECT_EQ(page.envelope.offset, 0);
  EXPECT_EQ(page.count, 1);
  EXPECT_THAT(page.rows,
              ElementsAre("Detail7341060462454968613|volume|弹性块存储|cn-beijing|postpaid|"
                          "2100052605||default|CNY||0.01|0.042|0|0|0|0.032"));
  EXPECT_THAT(page.ends, ElementsAre("2024-02-29T16:00:00Z"));
}

TEST(VolcengineBill, OfTheRetiredDocumentsSuccessExampleIsRead) {
  const Page page = read_page(read_file("list-bill-success.json"));
  EXPECT_EQ(page.failure, "");
  EXPECT_EQ(page.envelope.total, 70);
  EXPECT_THAT(
      page.rows,
      ElementsAre("|auto_test_product|自动化测试用产品|global|prepaid|2100052604|lmh_test12||"
                  "CNY||100|100|100|0|0|0"));
}

TEST(VolcengineBill, OfTheRetiredDocumentsFailureExampleFailsAsAuth) {
  EXPECT_EQ(read_page(read_file("list-bill-failure.json")).failure,
            "auth: the authorization is refused: check access_key_id and secret_access_key "
            "(HTTP 200, InvalidAuthorization, request 20220812112024010133031077101D7CBB)");
}

// ---- the page ----

TEST(VolcengineBill, WithoutRowsIsGood) {
  for (const std::string_view list : {R"("List":null,)", R"("List":[],)", ""}) {
    const Page page = read_page(R"({"ResponseMetadata":{},"Result":{)" + std::string(list) +
                                R"("Total":0,"Limit":300,"Offset":0}})");
    EXPECT_EQ(page.failure, "") << list;
    EXPECT_EQ(page.count, 0) << list;
    EXPECT_EQ(page.envelope.total, 0) << list;
  }
}

TEST(VolcengineBill, WithoutAListIsNotUnderstoodUnlessItSaysThatItHasNoRows) {
  for (const std::string_view said :
       {"", R"("Limit":300,"Offset":0)", R"("Total":7,"Limit":300)", R"("Total":-1)"}) {
    EXPECT_EQ(read_page(R"({"ResponseMetadata":{},"Result":{)" + std::string(said) + "}}").failure,
              "decode: the answer is not understood: no List")
        << said;
  }
}

TEST(VolcengineBill, WithATotalOfMinusOneDoesNotTellIt) {
  EXPECT_EQ(read_page(page_of("", R"("Total":-1)")).envelope.total, std::nullopt);
  EXPECT_EQ(read_page(page_of("", R"("Limit":300)")).envelope.total, std::nullopt);
  EXPECT_EQ(read_page(page_of("", R"("Total":"12")")).envelope.total, 12);
}

TEST(VolcengineBill, IsReadWhateverTheOrderOfItsParts) {
  const Page page = read_page(R"({"Result":{"Total":1,"Warning":"w","List":[{"Product":"ECS",)" +
                              std::string(kAmounts) + R"(}]},"ResponseMetadata":{}})");
  EXPECT_EQ(page.failure, "");
  EXPECT_EQ(page.count, 1);
}

TEST(VolcengineBill, ThatIsNotUnderstoodSaysWhere) {
  EXPECT_EQ(read_page(page_of("", R"("Total":"many")")).failure,
            "decode: the answer is not understood: Total: not a count");
  EXPECT_EQ(read_page(R"({"Result":{"List":7}})").failure,
            "decode: the answer is not understood: List: not a list");
  EXPECT_EQ(read_page(page_of("7")).failure,
            "decode: the answer is not understood: row 1: List: not a JSON object");
}

TEST(VolcengineBill, ThatIsAnErrorIsThatErrorWhateverItsRows) {
  for (const std::string_view row : {R"({"PaidAmount":"many"})", R"({"PaidAmount":1 2})"}) {
    EXPECT_THAT(read_page(R"({"ResponseMetadata":{"Error":{"Code":"AccessDenied"}},"Result":{)"
                          R"("List":[)" +
                          std::string(row) + "]}}")
                    .failure,
                HasSubstr("permission: "))
        << row;
  }
}

TEST(VolcengineBill, OfTwoPagesIsToldApartByItsBytes) {
  const auto digest = [](std::string_view rows) { return read_page(page_of(rows)).digest; };
  EXPECT_EQ(digest(R"({"PayableAmount":"1","OriginalBillAmount":"1"})"),
            digest(R"({"PayableAmount":"1","OriginalBillAmount":"1"})"));
  EXPECT_NE(digest(R"({"PayableAmount":"1","OriginalBillAmount":"1"})"),
            digest(R"({"PayableAmount":"1","OriginalBillAmount":"2"})"));
}

// ---- amounts ----

TEST(VolcengineAmounts, AreTextsOrNumbersAndKeepTheirSign) {
  const Page page = read_page(page_of(R"({"OriginalBillAmount":-10.5,"PayableAmount":"-7.25",)"
                                      R"("DiscountBillAmount":"-8.00","CouponAmount":0.75,)"
                                      R"("PaidAmount":"-7.00","UnpaidAmount":"-0.25"})"));
  EXPECT_EQ(page.failure, "");
  EXPECT_THAT(page.rows, ElementsAre(EndsWith("||-7.25|-10.5|-7|-0.25|0.75|-2.5")));
}

TEST(VolcengineAmounts, WithAnotherCloudsMarkOfNoValueCannotBeRead) {
  EXPECT_EQ(row_with(R"("PaidAmount":"/")"),
            "decode: the answer is not understood: row 1: PaidAmount: not a decimal number");
  EXPECT_EQ(read_page(page_of("", R"("Total":"/")")).failure,
            "decode: the answer is not understood: Total: not a count");
}

TEST(VolcengineAmounts, ThatARowLacksCountZeroButThePayableAndTheOriginalOne) {
  const auto with = [](std::string text, std::string_view value) {
    for (std::size_t at = text.find('?'); at != std::string::npos; at = text.find('?', at)) {
      text.replace(at, 1, value);
    }
    return text;
  };
  const auto failure_of = [](const std::string& row) { return read_page(page_of(row)).failure; };
  for (const std::string_view none : {R"("")", R"("-")", "null"}) {
    EXPECT_THAT(row_with(with(R"("PaidAmount":?,"UnpaidAmount":?,"CouponAmount":?,)"
                              R"("DiscountBillAmount":?)",
                              none)),
                EndsWith("||1|2|0|0|0|0"))
        << none;
    EXPECT_EQ(failure_of(with(R"({"OriginalBillAmount":"1","PayableAmount":?})", none)),
              "decode: the answer is not understood: row 1: PayableAmount: missing");
    EXPECT_EQ(failure_of(with(R"({"PayableAmount":"1","OriginalBillAmount":?})", none)),
              "decode: the answer is not understood: row 1: OriginalBillAmount: missing");
  }
  EXPECT_THAT(failure_of(R"({"PayableAmount":"1"})"), HasSubstr("OriginalBillAmount: missing"));
}

TEST(VolcengineAmounts, ThatCannotBeReadFailThePageAndAreNamed) {
  const Page page = read_page(page_of("{" + std::string(kAmounts) + "},{" + std::string(kAmounts) +
                                      R"(,"PaidAmount":"twelve"})"));
  EXPECT_THAT(page.failure, HasSubstr("decode: the answer is not understood: row 2: PaidAmount: "));
  EXPECT_EQ(page.failure.find("twelve"), std::string::npos) << "quotes the answer";
}

// ---- texts ----

TEST(VolcengineRow, SaysItsBillingModeInChineseOrInDigits) {
  const auto mode = [](std::string_view text) {
    std::string storage;
    return std::string(billing_mode(text, storage));
  };
  EXPECT_EQ(mode("包年包月"), "prepaid");
  EXPECT_EQ(mode("1"), "prepaid");
  EXPECT_EQ(mode("按量计费"), "postpaid");
  EXPECT_EQ(mode("2"), "postpaid");
  EXPECT_EQ(mode("合同计费"), "contract");
  EXPECT_EQ(mode("3"), "contract");
  EXPECT_EQ(mode("履约计费"), "fulfillment");
  EXPECT_EQ(mode("4"), "fulfillment");
  EXPECT_EQ(mode("Spot-X"), "spot-x");
  EXPECT_THAT(row_with(R"("BillingMode":2)"), HasSubstr("|postpaid|"));
}

TEST(VolcengineRow, NamesItsOwnerAsNumberOrText) {
  EXPECT_THAT(row_with(R"("OwnerID":3001315456)"), HasSubstr("|3001315456|"));
  EXPECT_THAT(row_with(R"("OwnerID":"3001315456")"), HasSubstr("|3001315456|"));
}

TEST(VolcengineRow, NamesItsOwnerByUserOrByCompany) {
  const std::string id = R"("OwnerID":"7",)";
  EXPECT_THAT(row_with(id + R"("OwnerUserName":"ops","OwnerCustomerName":"示例公司")"),
              HasSubstr("|7|ops|"));
  EXPECT_THAT(row_with(id + R"("OwnerUserName":"-","OwnerCustomerName":"示例公司")"),
              HasSubstr("|7|示例公司|"));
  EXPECT_THAT(row_with(id + R"("OwnerUserName":["ops"])"), HasSubstr("|7||"));
}

TEST(VolcengineRow, IsInItsCurrencyHoweverThatIsWritten) {
  for (const char* text : {"CNY", "cny", " CNY", "RMB", "￥", "¥", "元", "人民币"}) {
    EXPECT_THAT(row_with(R"("Currency":")" + std::string(text) + R"(")"), HasSubstr("|CNY|"))
        << text;
  }
  EXPECT_THAT(row_with(R"("Currency":"US$")"), HasSubstr("|USD|"));
  for (const char* text : {"$", "yuan", "156", "C Y"}) {
    EXPECT_EQ(row_with(R"("Currency":")" + std::string(text) + R"(")"),
              "decode: the answer is not understood: row 1: Currency: not a currency code")
        << text;
  }
}

TEST(VolcengineRow, TakesTheAccountsCurrencyWhereItNamesNone) {
  EXPECT_THAT(row_with(R"("Currency":"USD")"), HasSubstr("|USD|"));
  EXPECT_THAT(row_with(R"("Currency":"")"), HasSubstr("|EUR|"));
  EXPECT_THAT(row_with(R"("Currency":"-")"), HasSubstr("|EUR|"));
  EXPECT_THAT(row_with(R"("Product":"ECS")"), HasSubstr("|EUR|"));
}

TEST(VolcengineRow, HasNoProjectWhereADashStands) {
  EXPECT_THAT(row_with(R"("Project":"-","OwnerID":"7")"), HasSubstr("|7|||EUR"));
  EXPECT_THAT(row_with(R"("Project":"web","OwnerID":"7")"), HasSubstr("|7||web|EUR"));
}

TEST(VolcengineRow, EndsInBeijingTime) {
  const auto end = [](std::string_view text) {
    const auto time = read_expense_end(text, kChinaTime);
    return time ? utc_text(*time) : "none";
  };
  EXPECT_EQ(end("2026-11-23 04:05:06"), "2026-11-22T20:05:06Z");
  EXPECT_EQ(end("2026-12-01 00:00:00"), "2026-11-30T16:00:00Z");
  EXPECT_EQ(end("2026-11-23"), "2026-11-23T16:00:00Z") << "a plain date means its end";
  for (const std::string_view none :
       {"", "-", "soon", "2026-13-01", "2026-02-30", "2026-11-23 99:00:00", "2026-11-23T04:05:06",
        "2026/11/23", "+026-11-23"}) {
    EXPECT_EQ(end(none), "none") << none;
  }
}

TEST(VolcengineRow, SaysWhatItDoesNotCarry) {
  const auto lacked = [](std::string_view fields) {
    return read_page(page_of("{" + std::string(kAmounts) + std::string(fields) + "}")).lacked;
  };
  const std::string discounted = R"(,"DiscountBillAmount":"1.5")";
  EXPECT_EQ(lacked(discounted), "paid_amount,unpaid_amount,;");
  EXPECT_EQ(lacked(discounted + R"(,"PaidAmount":"1")"), "unpaid_amount,;");
  EXPECT_EQ(lacked(discounted + R"(,"PaidAmount":"-","UnpaidAmount":null)"), ";")
      << "with no value: 0";
}

// 2 before discounts: without what is left of it the discount is not 2.
TEST(VolcengineRow, TellsNoDiscountWithoutWhatIsLeftAfterIt) {
  constexpr std::string_view kPaidParts = R"(,"PaidAmount":"1","UnpaidAmount":"0")";
  const auto read = [&](std::string_view fields) {
    const Page page = read_page(
        page_of("{" + std::string(kAmounts) + std::string(kPaidParts) + std::string(fields) + "}"));
    return page.rows.front().substr(page.rows.front().rfind('|') + 1) + " " + page.lacked;
  };
  EXPECT_EQ(read(R"(,"DiscountBillAmount":"1.5")"), "0.5 ;");
  EXPECT_EQ(read(R"(,"DiscountBillAmount":"2")"), "0 ;");
  EXPECT_EQ(read(R"(,"DiscountBillAmount":"0")"), "2 ;");
  for (const std::string_view none :
       {"", R"(,"DiscountBillAmount":"")", R"(,"DiscountBillAmount":"-")",
        R"(,"DiscountBillAmount":null)"}) {
    EXPECT_EQ(read(none), "0 discount_amount,;") << none;
  }
}

// ---- tags ----

TEST(VolcengineRow, HasTheTagsOfItsJsonText) {
  EXPECT_THAT(row_with(R"("Tag":"{\"team\":[\"web\"],\"volc:vke:cluster-id\":[\"cc1\"],)"
                       R"(\"部门\":[\"研发\"]}")"),
              HasSubstr("|team=web;volc:vke:cluster-id=cc1;部门=研发;|"));
  EXPECT_THAT(row_with(R"("Tag":"{\"team\":[\"a\",\"b\",\"c\"],\"env\":[\"x\",\"y\"]}")"),
              HasSubstr("|team=a,b,c;env=x,y;|"));
  EXPECT_THAT(row_with(R"("Tag":"{\"empty\":[],\"null\":null,\"plain\":\"text\"}")"),
              HasSubstr("|empty=;null=;plain=text;|"));
  EXPECT_THAT(row_with(R"("Tag":"{\"team\":[\"first\"],\"team\":[\"second\"]}")"),
              HasSubstr("|team=first;|"));
}

TEST(VolcengineRow, HasNoTagsWhereNoneStand) {
  for (const std::string_view none : {R"("")", R"("-")", R"("{}")", "null"}) {
    EXPECT_THAT(row_with(R"("Tag":)" + std::string(none)), HasSubstr("EUR||1|")) << none;
  }
}

TEST(VolcengineRow, KeepsItsAmountsWhereItsTagsCannotBeRead) {
  for (const std::string_view tags :
       {R"("team:web")", R"("{\"a\":")", R"("[1]")", R"("{\"a\":{\"b\":1}}")", "{}",
        R"("{\"a\":[\"x\u0000y\"]}")"}) {
    EXPECT_THAT(row_with(R"("Tag":)" + std::string(tags)), EndsWith("EUR||1|2|0|0|0|0")) << tags;
  }
}

TEST(VolcengineRow, LosesOnlyTheTagValuesThatCannotBeRead) {
  const auto tags = [](std::string_view values) {
    Page page = read_page(page_of("{" + std::string(kAmounts) + R"(,"Tag":"{\"team\":[\"web\"],)" +
                                  std::string(values) + R"(,\"env\":[\"prod\"]}"})"));
    EXPECT_EQ(page.failure, "") << values;
    const std::string& row = page.rows.at(0);
    const std::size_t begin = row.find("|EUR|") + 5;
    return row.substr(begin, row.find('|', begin) - begin) + " " + std::to_string(page.unread_tags);
  };
  EXPECT_EQ(tags(R"(\"a\":[\"b\"])"), "team=web;a=b;env=prod; 0");
  EXPECT_EQ(tags(R"(\"a\":{\"b\":1})"), "team=web;env=prod; 1");
  EXPECT_EQ(tags(R"(\"a\":[[\"b\"]])"), "team=web;env=prod; 1");
  EXPECT_EQ(tags(R"(\"a\":[\"b\",{},\"c\"])"), "team=web;a=b,c;env=prod; 1");
  EXPECT_EQ(tags(R"(\"a\":[{},[]])"), "team=web;env=prod; 2");
  EXPECT_EQ(tags(R"(\"a\":[\"x\u0000y\"])"), "team=web;env=prod; 1") << "a NUL";
  EXPECT_EQ(tags(R"(\"a\":[\"x\\u0000y\"])"), "team=web;env=prod; 1") << "written out";
  EXPECT_EQ(tags(R"(\"a\":\"\\ud800\")"), "team=web;env=prod; 1") << "half a character";
  EXPECT_EQ(tags(R"(\"k\u0000\":[\"v\"])"), "team=web;env=prod; 1") << "in the key";
  EXPECT_EQ(tags(R"(\"a\":7,\"b\":true)"), "team=web;a=7;b=true;env=prod; 0");
}

TEST(VolcengineRow, CountsTagsThatCannotBeReadAtAll) {
  const auto unread = [](std::string_view tag) {
    return read_page(page_of("{" + std::string(kAmounts) + R"(,"Tag":)" + std::string(tag) + "}"))
        .unread_tags;
  };
  EXPECT_EQ(unread(R"("")"), 0U);
  EXPECT_EQ(unread(R"("{}")"), 0U);
  EXPECT_EQ(unread(R"("team:web")"), 1U);
  EXPECT_EQ(unread(R"({"team":["web"]})"), 1U);
  EXPECT_EQ(unread("[1]"), 1U);
}

TEST(VolcengineRows, KeepTheirTagsApart) {
  const auto row = [](std::string_view tag) {
    return "{" + std::string(kAmounts) + R"(,"Tag":"{\"t\":[)" + std::string(tag) + R"(]}"})";
  };
  const Page page = read_page(
      page_of(row(R"(\"a\",\"b\")") + "," + row(R"(\"c\")") + ",{" + std::string(kAmounts) + "}"));
  EXPECT_THAT(page.rows,
              ElementsAre(HasSubstr("|t=a,b;|"), HasSubstr("|t=c;|"), HasSubstr("EUR||1")));
}

// ---- the amortised bill ----

// A row of the fields that the documents name, made up: a year of a server, a month of it.
std::string share_row(std::string_view now, std::string_view region = "华北2（北京）") {
  return R"({"AmortizedMonth":"2026-09","BillPeriod":"2026-03","BillID":"Order74",)"
         R"("BillCategory":"消费-新购","BillingMode":"包年包月","AmortizedType":"新购分摊",)"
         R"("AmortizedBeginTime":"2026-03-01 00:00:00","AmortizedEndTime":"2027-03-01 00:00:00",)"
         R"("AmortizedDayNum":"30","Product":"ECS","ProductZh":"云服务器","InstanceNo":"i-abc",)"
         R"("Region":")" +
         std::string(region) +
         R"(","Project":"default","Tag":"{\"team\":[\"infra\"]}","Currency":"CNY",)"
         R"("OriginalBillAmount":"4015.000000","PayableAmount":"3650.00",)"
         R"("BeforeAmortizedPayableAmount":"1840.00",)" +
         std::string(now) +
         R"("UnamortizedPayableAmount":"1510.00","NowAmortizedOriginalBillAmount":"330.000000",)"
         R"("OwnerID":"2100000001","PayerID":"2100000001"})";
}
constexpr std::string_view kNow = R"("NowAmortizedPayableAmount":"300.00",)";

TEST(AmortizedPage, CountsTheMonthsShareAndNotTheWholeOrder) {
  const Page page = read_page<AmortizedPage>(
      page_of(share_row(kNow), R"("Total":1,"Limit":300,"Offset":0,"Warning":"")"));
  EXPECT_EQ(page.failure, "");
  EXPECT_EQ(page.envelope.total, 1);
  EXPECT_THAT(page.rows, ElementsAre("|ECS|云服务器|华北2（北京）|prepaid|2100000001||default|CNY|"
                                     "team=infra;|300|330|0|0|0|0"));
  EXPECT_THAT(page.ends, ElementsAre("none"));
}

TEST(AmortizedPage, WithoutAShareIsUnreadableAndNeverZero) {
  for (const std::string_view now :
       {"", R"("NowAmortizedPayableAmount":"-",)", R"("NowAmortizedPayableAmount":"",)",
        R"("NowAmortizedPayableAmount":null,)"}) {
    EXPECT_EQ(read_page<AmortizedPage>(page_of(share_row(now))).failure,
              "decode: the answer is not understood: row 1: NowAmortizedPayableAmount: missing")
        << now;
  }
  EXPECT_THAT(
      read_page<AmortizedPage>(page_of(share_row(R"("NowAmortizedPayableAmount":"abc",)"))).failure,
      HasSubstr("NowAmortizedPayableAmount: not"));
}

TEST(AmortizedPage, WithoutARegionIsGlobal) {
  for (const std::string_view none : {"", "-"}) {
    const Page page = read_page<AmortizedPage>(page_of(share_row(kNow, none)));
    ASSERT_EQ(page.failure, "");
    EXPECT_THAT(page.rows.front(), HasSubstr("|云服务器|global|prepaid|"));
  }
}

TEST(AmortizedPage, OfAnAccountThatHasNotSwitchedItOnHasNoRows) {
  for (const std::string_view list : {R"("List":null,)", R"("List":[],)", ""}) {
    const Page page =
        read_page<AmortizedPage>(R"({"ResponseMetadata":{"RequestId":"r1"},"Result":{)" +
                                 std::string(list) + R"("Total":0,"Limit":300,"Offset":0}})");
    EXPECT_EQ(page.failure, "");
    EXPECT_EQ(page.count, 0);
  }
}

}  // namespace
}  // namespace cloud_billing::volcengine
