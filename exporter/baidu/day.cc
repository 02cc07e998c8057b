#include "baidu/day.h"

#include <utility>

#include "baidu/bill_listings.h"
#include "baidu/response.h"

namespace cloud_billing::baidu {
namespace {

// A day is shown by what every snapshot keeps unfolded.
const AggregationConfig& without_groups() {
  static const AggregationConfig aggregation = [] {
    AggregationConfig none;
    none.group_by.clear();
    return none;
  }();
  return aggregation;
}

class BaiduDay final : public DayConversation {
 public:
  BaiduDay(const AccountConfig& account, BillingDay day)
      : day_(day), bills_(account, without_groups(), BillPeriod::of(day)) {}

  std::optional<PendingRequest> next() override { return bills_.next(); }

  std::optional<Failure> accept(std::uint64_t token, HttpResponse& response) override {
    auto failure = bills_.accept(token, response);
    if (!failure && !costs_ && bills_.complete()) combine_listings();
    return failure;
  }

  void fail(std::uint64_t token, const Failure& failure) override {
    bills_.fail(token, failure);
    if (!failure_) failure_ = bills_.failure();
  }

  bool finished() const override { return failure_.has_value() || costs_.has_value(); }
  const std::optional<Failure>& failure() const override { return failure_; }
  DayCosts take_costs() override { return *std::move(costs_); }

 private:
  void combine_listings() {
    if (const auto all = bills_.merge()) {
      costs_ = summarise_day(*all, day_);
    } else {
      failure_ = response_not_understood("a sum of " + day_text(day_) + " is too large");
    }
  }

  BillingDay day_;
  BillListings bills_;
  std::optional<Failure> failure_;
  std::optional<DayCosts> costs_;
};

}  // namespace

std::unique_ptr<DayConversation> ask_day(const AccountConfig& account, BillingDay day) {
  return std::make_unique<BaiduDay>(account, day);
}

}  // namespace cloud_billing::baidu
