#include "focus_export/month_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "focus_export/charge_recorder.h"

namespace cloud_billing {
namespace {

using testing::HasSubstr;

BillRow row_of(std::string_view service, std::string_view mode, std::string_view cost) {
  BillRow row;
  row.service_type = service;
  row.region_id = "north";
  row.billing_mode = mode;
  row.currency = "CNY";
  row.amounts[index_of(Measure::kBilledCost)] = *Amount::parse(cost);
  return row;
}

// What is written of a bill and of shares whose rows were recorded.
class MonthOfABill : public testing::Test {
 protected:
  MonthOfABill() {
    month_.facts = describe_month(BillingMonth(std::chrono::year(2026) / 9), kChinaTime);
    month_.facts.account = "prod";
    month_.facts.issuer = "Example Cloud";
    month_.costs.account_id = "20";
  }

  static ChargePage record(ChargeRecorder& recorder, std::size_t listing, std::int64_t number,
                           const std::vector<BillRow>& rows) {
    recorder.begin_page();
    for (const BillRow& row : rows) recorder.add(row, {});
    auto page = recorder.end_page();
    EXPECT_TRUE(page);
    page->listing = listing;
    page->number = number;
    return *page;
  }

  void note_total(std::string_view mode, std::string_view billed) {
    month_.costs.totals[{"CNY", std::string(mode)}][index_of(Measure::kBilledCost)] =
        *Amount::parse(billed);
  }

  // The services, in the lines' order, or why there are none.
  std::string write() {
    MonthWriter writer(std::move(month_), spool_, categories_);
    std::string text;
    while (!writer.is_done()) {
      EXPECT_TRUE(writer.write_page([&text](std::string_view lines) {
        text += lines;
        return Status();
      }));
    }
    auto finished = writer.finish();
    if (!finished) return finished.error().message;
    exported_ = *finished;
    return text;
  }

  static RegionOf same() {
    return [](std::string_view id) { return std::string(id); };
  }

  Spool spool_ = *Spool::open("/tmp");
  ServiceCategories categories_;
  ReadMonth month_;
  ExportedMonth exported_;
};

TEST_F(MonthOfABill, IsInTheOrderOfListingsAndPagesHoweverTheyCame) {
  ChargeRecorder recorder(spool_, ChargeFamily::kBilled);
  const auto last = record(recorder, 1, 1, {row_of("c", "postpaid", "4")});
  const auto middle = record(recorder, 0, 2, {row_of("b", "postpaid", "2")});
  const auto first = record(recorder, 0, 1, {row_of("a", "postpaid", "1")});
  recorder.keep({last, middle, first}, same());
  month_.bill = recorder.take_bill();
  note_total("postpaid", "7");
  const std::string text = write();
  EXPECT_LT(text.find("a postpaid north"), text.find("b postpaid north"));
  EXPECT_LT(text.find("b postpaid north"), text.find("c postpaid north"));
  EXPECT_EQ(exported_.rows, 3U);
  EXPECT_EQ(exported_.sums["CNY"].billed_cost.to_decimal(), "7");
}

TEST_F(MonthOfABill, LeavesOutPagesThatWereReadInVain) {
  ChargeRecorder recorder(spool_, ChargeFamily::kBilled);
  static_cast<void>(record(recorder, 0, 1, {row_of("vain", "postpaid", "1")}));
  const auto again = record(recorder, 0, 1, {row_of("good", "postpaid", "1")});
  recorder.keep({again}, same());
  month_.bill = recorder.take_bill();
  note_total("postpaid", "1");
  const std::string text = write();
  EXPECT_THAT(text, HasSubstr("good"));
  EXPECT_THAT(text, Not(HasSubstr("vain")));
}

TEST_F(MonthOfABill, HasTheRegionThatTheWholeBillTells) {
  ChargeRecorder recorder(spool_, ChargeFamily::kBilled);
  const auto page = record(recorder, 0, 1, {row_of("a", "postpaid", "1")});
  recorder.keep({page}, [](std::string_view id) { return "of " + std::string(id); });
  month_.bill = recorder.take_bill();
  note_total("postpaid", "1");
  EXPECT_THAT(write(), HasSubstr(",of north,"));
}

TEST_F(MonthOfABill, CountsSharesOfWhatIsPrepaidOnly) {
  ChargeRecorder bill(spool_, ChargeFamily::kBilled);
  bill.keep({record(bill, 0, 1, {row_of("a", "postpaid", "5"), row_of("b", "prepaid", "120")})},
            same());
  ChargeRecorder shares(spool_, ChargeFamily::kShare);
  shares.keep({record(shares, 0, 1, {row_of("a", "postpaid", "5"), row_of("b", "prepaid", "10")})},
              same());
  month_.bill = bill.take_bill();
  month_.shares = shares.take_bill();
  month_.is_amortised = true;
  note_total("postpaid", "5");
  note_total("prepaid", "120");
  EXPECT_THAT(write(), HasSubstr("b prepaid share north"));
  EXPECT_EQ(exported_.rows, 3U);
  EXPECT_EQ(exported_.sums["CNY"].billed_cost.to_decimal(), "125");
  EXPECT_EQ(exported_.sums["CNY"].effective_cost.to_decimal(), "15");
}

TEST_F(MonthOfABill, WithoutSharesCostsWhatIsBilled) {
  ChargeRecorder bill(spool_, ChargeFamily::kBilled);
  bill.keep({record(bill, 0, 1, {row_of("b", "prepaid", "120")})}, same());
  ChargeRecorder shares(spool_, ChargeFamily::kShare);
  shares.keep({record(shares, 0, 1, {})}, same());
  month_.bill = bill.take_bill();
  month_.shares = shares.take_bill();
  note_total("prepaid", "120");
  static_cast<void>(write());
  EXPECT_EQ(exported_.sums["CNY"].effective_cost.to_decimal(), "120");
}

TEST_F(MonthOfABill, WhosePurchasesHaveNoShareYetCostNothingIfItIsAmortised) {
  ChargeRecorder bill(spool_, ChargeFamily::kBilled);
  bill.keep({record(bill, 0, 1, {row_of("b", "prepaid", "120")})}, same());
  month_.bill = bill.take_bill();
  month_.is_amortised = true;
  note_total("prepaid", "120");
  static_cast<void>(write());
  EXPECT_EQ(exported_.sums["CNY"].billed_cost.to_decimal(), "120");
  EXPECT_EQ(exported_.sums["CNY"].effective_cost.to_decimal(), "0");
}

TEST_F(MonthOfABill, WhoseLinesDoNotComeToItsSumIsAnError) {
  ChargeRecorder recorder(spool_, ChargeFamily::kBilled);
  recorder.keep({record(recorder, 0, 1, {row_of("a", "postpaid", "1")})}, same());
  month_.bill = recorder.take_bill();
  note_total("postpaid", "2");
  EXPECT_THAT(write(), HasSubstr("do not come to the sum of its bill"));
}

}  // namespace
}  // namespace cloud_billing
