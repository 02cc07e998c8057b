#include "providers/doubtful_bill.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "billing/cost_snapshot.h"
#include "providers/single_request.h"
#include "tests/literals.h"
#include "tests/providers/answer.h"

namespace cloud_billing {
namespace {

const AggregationConfig& aggregation() {
  static const AggregationConfig groups;
  return groups;
}

BillSums bill_of(std::string_view cost, std::string_view currency, std::string doubt) {
  BillSums sums{CostSnapshot(aggregation())};
  BillRow row;
  row.currency = currency;
  row.amounts[index_of(Measure::kBilledCost)] = amount(cost);
  EXPECT_TRUE(sums.costs.fold(row));
  sums.note_doubt(std::move(doubt));
  return sums;
}

// The bill of one request, and totals of another; what was asked, in turn.
class Decision {
 public:
  Decision(BillSums bill, std::optional<CurrencySums> totals) {
    conversation_ = decide_by_total(
        question<BillSums>("bill", std::move(bill)),
        [totals = std::move(totals)]() -> std::unique_ptr<Conversation<CurrencySums>> {
          return totals ? question<CurrencySums>("totals", *totals) : nullptr;
        });
  }

  // "" if nothing is asked.
  std::string ask() {
    auto pending = conversation_->next();
    if (!pending) return "";
    reply_ = pending->reply;
    return pending->request.subject;
  }
  void answer_it() { EXPECT_FALSE(answer(*reply_, {200, {}, ""})); }
  void fail(const Failure& failure) { reply_->fail(failure); }
  Conversation<BillSums>* operator->() { return conversation_.get(); }

 private:
  template <typename T>
  static std::unique_ptr<Conversation<T>> question(std::string subject, T result) {
    ApiRequest request;
    request.subject = std::move(subject);
    return std::make_unique<SingleRequest<T>>(
        std::move(request),
        [result = std::move(result)](HttpResponse&) -> Result<T, Failure> { return result; });
  }

  std::unique_ptr<Conversation<BillSums>> conversation_;
  std::shared_ptr<Reply> reply_;
};

CurrencySums total(std::string_view cost, const std::string& currency = "CNY") {
  return CurrencySums{{{currency, amount(cost)}}};
}

TEST(DoubtfulBill, WithoutADoubtAsksForNoTotal) {
  Decision decision(bill_of("1", "CNY", ""), total("2"));
  EXPECT_EQ(decision.ask(), "bill");
  EXPECT_EQ(decision.ask(), "");
  decision.answer_it();
  ASSERT_TRUE(decision->finished());
  EXPECT_FALSE(decision->failure());
  EXPECT_EQ(decision->take_result().costs.rows(), 1U);
}

TEST(DoubtfulBill, IsGoodIfItsCostIsTheProvidersTotal) {
  Decision decision(bill_of("1.10", "CNY", "page 2 is odd"), total("1.1"));
  EXPECT_EQ(decision.ask(), "bill");
  decision.answer_it();
  EXPECT_FALSE(decision->finished());
  EXPECT_EQ(decision.ask(), "totals");
  decision.answer_it();
  ASSERT_TRUE(decision->finished());
  EXPECT_FALSE(decision->failure());
}

TEST(DoubtfulBill, IsInconsistentIfAnyCurrencyDiffers) {
  CurrencySums dollars_too = total("1");
  dollars_too.amounts["USD"] = amount("0.01");
  for (const CurrencySums& differs :
       {total("1.01"), total("1", "USD"), dollars_too, CurrencySums{}}) {
    Decision decision(bill_of("1", "CNY", "page 2 is odd"), differs);
    decision.ask();
    decision.answer_it();
    decision.ask();
    decision.answer_it();
    ASSERT_TRUE(decision->failure());
    EXPECT_EQ(decision->failure()->reason, Reason::kInconsistent);
    EXPECT_EQ(
        decision->failure()->message,
        "the pages do not add up: page 2 is odd, and the sum is not the provider's own total");
  }
}

TEST(DoubtfulBill, IsInconsistentIfThereIsNoTotalToAskFor) {
  Decision decision(bill_of("1", "CNY", "page 2 is odd"), std::nullopt);
  decision.ask();
  decision.answer_it();
  ASSERT_TRUE(decision->failure());
  EXPECT_EQ(decision->failure()->reason, Reason::kInconsistent);
}

TEST(DoubtfulBill, FailsAsAnyOfItsQuestions) {
  Decision bill(bill_of("1", "CNY", ""), total("1"));
  bill.ask();
  bill.fail(Failure{Reason::kServer, "broken"});
  EXPECT_EQ(bill->failure()->message, "broken");

  Decision totals(bill_of("1", "CNY", "page 2 is odd"), total("1"));
  totals.ask();
  totals.answer_it();
  totals.ask();
  totals.fail(Failure{Reason::kServer, "broken"});
  ASSERT_TRUE(totals->failure());
  EXPECT_EQ(totals->failure()->reason, Reason::kServer);
  EXPECT_EQ(
      totals->failure()->message,
      "page 2 is odd, and the provider's own total, which would tell, cannot be read: broken");
}

}  // namespace
}  // namespace cloud_billing
