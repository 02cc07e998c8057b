// BytePlus: what is otherwise than on Volcengine's own site.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tests/providers/answer.h"
#include "volcengine/bill_page.h"
#include "volcengine/money.h"
#include "volcengine/operations.h"
#include "volcengine/provider.h"

namespace cloud_billing::volcengine::byteplus_test {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::EndsWith;

// ---- requests ----

struct SignatureVector {
  std::string_view host;
  std::string_view region;
  const Operation* operation;
  std::string_view body;
  std::string_view signature;
};

// Of byteplus-python-sdk-v2 3.0.63 for the same requests at 2026-10-15T06:30:00Z.
TEST(ByteplusRequest, IsSignedAsTheOfficialSdkDoes) {
  const std::vector<SignatureVector> vectors{
      {"billing.byteplusapi.com", "ap-southeast-1", &kQueryBalanceAcct, "{}",
       "fd4a98da8fb8bbfd82f8ab54395d7c4581aaa3471ee45fd618033b0731547fd9"},
      {"billing.byteplusapi.com", "ap-southeast-1", &kListBillDetail,
       R"({"BillPeriod":"2026-09","GroupPeriod":0,"GroupTerm":0,"IgnoreZero":0,"Limit":300,)"
       R"("NeedRecordNum":1,"Offset":0})",
       "d187b9a7103f6094ab8019e408cbe7a972164e5583277858be43e2dcc4dee7e9"},
      {"open.byteplusapi.com", "ap-southeast-1", &kListBillOverviewByProd,
       R"({"BillPeriod":"2026-09","Limit":300,"NeedRecordNum":1,"Offset":0})",
       "cc405179a1981f2364fd48f65e2bca679b56576fe50b17011df3670290f36db8"},
      {"open.byteplusapi.com", "ap-singapore-1", &kQueryBalanceAcct, "{}",
       "f8f23b8b49a66169c7cc955838e234f0d7faa663fad3123219953ec58da674a6"}};
  for (const SignatureVector& vector : vectors) {
    ApiRequest request;
    request.operation = vector.operation;
    request.body = vector.body;
    ProviderSettings settings;
    settings.set("region", std::string(vector.region));
    const Credentials credentials{"AKLTEXAMPLEEXPORTER0001",
                                  "c2VjcmV0LWV4YW1wbGUtZm9yLXRlc3RzLW9ubHk=", ""};
    const SignedRequest signed_request =
        byteplus().sign(request, {{"https", std::string(vector.host), ""}, settings, credentials},
                        {UtcSeconds(std::chrono::seconds(1792045800)), ""});
    EXPECT_THAT(signed_request.headers().back().value,
                EndsWith("Signature=" + std::string(vector.signature)));
  }
}

// By which the counters of requests are told apart.
TEST(ByteplusRequest, IsForAnOperationOfItsOwn) {
  AccountConfig account;
  Refusals refusals;
  const auto talk = byteplus().ask_balance(account, {{}, "", false, refusals});
  const auto pending = talk->next();
  ASSERT_TRUE(pending);
  EXPECT_EQ(pending->request.operation->provider, "byteplus");
  EXPECT_EQ(pending->request.operation->label, "QueryBalanceAcct");
  account.collectors = {Collector::kBalance, Collector::kBills};
  for (const AccessQuestion& question : byteplus().ask_access(account, {})) {
    EXPECT_EQ(question.operation->provider, "byteplus");
    EXPECT_EQ(question.request("").operation, question.operation);
  }
}

// ---- days and months ----

TEST(ByteplusDay, IsOneOfUtc) {
  const auto newest = [](long seconds) {
    return day_text(*byteplus().newest_complete_day(UtcSeconds(std::chrono::seconds(seconds))));
  };
  EXPECT_EQ(newest(1796054400), "2026-11-28") << "2026-11-30T16:00:00Z, midnight in China";
  EXPECT_EQ(newest(1796083199), "2026-11-28") << "2026-11-30T23:59:59Z";
  EXPECT_EQ(newest(1796083200), "2026-11-29") << "2026-12-01T00:00:00Z";
}

// ---- rows ----

std::string in_result(const json& rows) {
  return json{{"ResponseMetadata", {{"RequestId", "r"}}},
              {"Result", {{"List", rows}, {"Total", rows.size()}}}}
      .dump();
}

// What a row comes to, and its mode, currency and end; or why it cannot be read.
template <typename Page>
std::string read_row(const json& row) {
  HttpResponse response{200, {}, in_result(json::array({row}))};
  const auto page = Page::open(response);
  if (!page) return page.error().message;
  Regions regions;
  std::string text;
  const auto count = page->read_rows({"USD", kByteplusSite}, regions, [&text](const Row& read) {
    text = read.bill.amounts[index_of(Measure::kBilledCost)].to_decimal() + " " +
           std::string(read.bill.currency) + " " + std::string(read.bill.billing_mode);
    if (read.expense_end) text += " " + utc_text(*read.expense_end);
    return true;
  });
  return count ? text : count.error().message;
}

json row_of(const json& amounts) {
  json row{{"BillingMode", "Pay-as-you-go"}, {"OriginalBillAmount", "20.000000"}};
  row.update(amounts);
  return row;
}

std::string billed(const json& amounts) { return read_row<TaxedBillPage>(row_of(amounts)); }

TEST(ByteplusRow, IsBilledWithTax) {
  EXPECT_EQ(billed({{"PosttaxAmount", "10.91"}, {"PayableAmount", "10.00"}, {"Tax", "0.90"}}),
            "10.91 USD postpaid")
      << "the sum that the row carries counts";
  EXPECT_EQ(billed({{"PayableAmount", "10.00"}, {"Tax", "0.90"}}), "10.9 USD postpaid");
  for (const json& none : {json(""), json("-"), json()}) {
    EXPECT_EQ(billed({{"PosttaxAmount", none}, {"PayableAmount", "10.00"}, {"Tax", "0.90"}}),
              "10.9 USD postpaid")
        << none;
  }
  EXPECT_EQ(billed({{"PayableAmount", "10.00"}}), "10 USD postpaid") << "a part that it lacks is 0";
  EXPECT_EQ(billed({{"PosttaxAmount", "-1.09"}, {"PayableAmount", "-1.00"}, {"Tax", "-0.09"}}),
            "-1.09 USD postpaid");
}

TEST(ByteplusRow, WithoutWhatIsBilledIsNotUnderstood) {
  EXPECT_THAT(billed({{"Tax", "0.90"}}), EndsWith("row 1: PayableAmount: missing"));
  EXPECT_THAT(billed({{"PayableAmount", "1"}, {"Tax", "abc"}}),
              EndsWith("row 1: Tax: not a decimal number"));
  EXPECT_THAT(billed({{"PayableAmount", "1"}, {"PosttaxAmount", "abc"}}),
              EndsWith("row 1: PosttaxAmount: not a decimal number"));
}

// What Volcengine's own rows tell of tax is left alone.
TEST(VolcengineRow, IsBilledWithoutTax) {
  EXPECT_EQ(read_row<BillPage>(
                row_of({{"PosttaxAmount", "abc"}, {"PayableAmount", "10.00"}, {"Tax", "0.90"}})),
            "10 USD postpaid");
}

TEST(ByteplusShare, IsThatOfWhatIsBilledWithTax) {
  const auto share = [](const json& amounts) {
    json row{
        {"BillingMode", "1"}, {"PayableAmount", "360"}, {"PosttaxAmount", "400"}, {"Tax", "40"}};
    row.update(amounts);
    return read_row<TaxedAmortizedPage>(row);
  };
  EXPECT_EQ(share({{"NowAmortizedPayableAmount", "30"},
                   {"NowAmortizedTaxAmount", "3"},
                   {"NowAmortizedPosttaxAmount", "33.5"}}),
            "33.5 USD prepaid");
  EXPECT_EQ(share({{"NowAmortizedPayableAmount", "30"}, {"NowAmortizedTaxAmount", "3"}}),
            "33 USD prepaid");
  EXPECT_THAT(share({{"NowAmortizedTaxAmount", "3"}}),
              EndsWith("row 1: NowAmortizedPayableAmount: missing"));
}

TEST(ByteplusRow, EndsInUtc) {
  json row = row_of({{"PayableAmount", "1"}, {"Currency", "USD"}});
  row["ExpenseEndTime"] = "2026-11-23 04:05:06";
  EXPECT_EQ(read_row<TaxedBillPage>(row), "1 USD postpaid 2026-11-23T04:05:06Z");
  row["ExpenseEndTime"] = "2026-11-23";
  EXPECT_EQ(read_row<TaxedBillPage>(row), "1 USD postpaid 2026-11-24T00:00:00Z");
}

TEST(ByteplusRow, SaysItsModeInEnglishOrAsADigit) {
  const auto mode = [](std::string_view text) {
    std::string storage;
    return std::string(billing_mode(text, storage));
  };
  for (const auto& [text, expected] :
       std::vector<std::pair<std::string, std::string>>{{"Subscription", "prepaid"},
                                                        {"monthly subscription", "prepaid"},
                                                        {"Prepaid", "prepaid"},
                                                        {"Prepayment", "prepaid"},
                                                        {"Pay-as-you-go", "postpaid"},
                                                        {"PAY AS YOU GO", "postpaid"},
                                                        {"Contract billing", "contract"},
                                                        {"Fulfillment Billing", "fulfillment"},
                                                        {"Fulfilment", "fulfillment"},
                                                        {"1", "prepaid"},
                                                        {"2", "postpaid"},
                                                        {"按量计费", "postpaid"},
                                                        {"Spot", "spot"}}) {
    EXPECT_EQ(mode(text), expected) << text;
  }
}

// ---- the provider's own totals ----

TEST(ByteplusOverview, IsOfWhatIsBilledWithTax) {
  const json rows{{{"Product", "ECS"},
                   {"BillingMode", "Pay-as-you-go"},
                   {"Currency", "USD"},
                   {"PayableAmount", "10.00"},
                   {"Tax", "0.90"},
                   {"PosttaxAmount", "10.91"}},
                  {{"Product", "TOS"},
                   {"BillingMode", "2"},
                   {"PayableAmount", "5.00"},
                   {"Tax", "0.45"},
                   {"PosttaxAmount", "-"}}};
  const auto read = [&rows](const Site& site) {
    HttpResponse response{200, {}, in_result(rows)};
    const auto page = read_overview(response, {"USD", site});
    std::vector<std::string> costs;
    if (!page) return std::vector<std::string>{page.error().message};
    for (const auto& [key, cost] : page->costs.billed_costs) {
      costs.push_back(key.service_type + " " + key.billing_mode + " " + key.currency + " " +
                      cost.to_decimal());
    }
    return costs;
  };
  EXPECT_THAT(read(kByteplusSite), ElementsAre("ECS postpaid USD 10.91", "TOS postpaid USD 5.45"));
  EXPECT_THAT(read(kVolcengineSite), ElementsAre("ECS postpaid USD 10", "TOS postpaid USD 5"));
}

}  // namespace
}  // namespace cloud_billing::volcengine::byteplus_test
