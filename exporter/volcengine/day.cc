#include "volcengine/day.h"

#include <utility>

#include "providers/api_error.h"
#include "volcengine/bill_listing.h"

namespace cloud_billing::volcengine {
namespace {

class VolcengineDay final : public DayConversation {
 public:
  VolcengineDay(const AccountConfig& account, BillingDay day)
      : day_(day), bill_(account, totals_only_, BillPeriod::of(day)) {
    totals_only_.group_by.clear();
  }

  std::optional<PendingRequest> next() override { return finished() ? std::nullopt : bill_.next(); }

  std::optional<Failure> accept(std::uint64_t token, HttpResponse& response) override {
    auto failure = bill_.accept(token, response);
    if (!failure && !costs_ && bill_.finished() && !bill_.failure()) summarise();
    return failure;
  }

  void fail(std::uint64_t token, const Failure& failure) override {
    bill_.fail(token, failure);
    if (!failure_) failure_ = bill_.failure();
  }

  bool finished() const override { return failure_.has_value() || costs_.has_value(); }
  const std::optional<Failure>& failure() const override { return failure_; }
  DayCosts take_costs() override { return std::move(*costs_); }

 private:
  void summarise() {
    if (const auto rows = bill_.take_rows()) {
      costs_ = summarise_day(*rows, day_);
    } else {
      failure_ = response_not_understood("a sum of " + day_text(day_) + " is too large");
    }
  }

  BillingDay day_;
  AggregationConfig totals_only_;
  BillListing bill_;
  std::optional<Failure> failure_;
  std::optional<DayCosts> costs_;
};

}  // namespace

std::unique_ptr<DayConversation> ask_day(const AccountConfig& account, BillingDay day) {
  return std::make_unique<VolcengineDay>(account, day);
}

}  // namespace cloud_billing::volcengine
