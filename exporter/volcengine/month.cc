#include "volcengine/month.h"

#include <algorithm>
#include <utility>

#include "providers/api_error.h"
#include "volcengine/bill_listing.h"
#include "volcengine/overview.h"

namespace cloud_billing::volcengine {
namespace {

class VolcengineMonth final : public MonthConversation {
 public:
  VolcengineMonth(const AccountConfig& account, const AggregationConfig& aggregation,
                  const MonthQuery& query)
      : account_(account),
        aggregation_(aggregation),
        query_(query),
        bill_(account, aggregation, {query.month, std::nullopt}),
        overview_(account, query.month) {}

  std::optional<PendingRequest> next() override {
    if (finished()) return std::nullopt;
    if (auto pending = bill_.next()) {
      pending->token = pending->token * kParts + kBillPart;
      return pending;
    }
    if (!costs_) return std::nullopt;
    auto request = overview_.next();
    if (!request) return std::nullopt;
    PendingRequest pending{kOverviewPart, *std::move(request)};
    pending.informational = true;
    return pending;
  }

  std::optional<Failure> accept(std::uint64_t token, HttpResponse& response) override {
    if (token % kParts == kOverviewPart) return overview_.accept(response);
    auto failure = bill_.accept(token / kParts, response);
    if (!failure && !costs_ && bill_.finished() && !bill_.failure()) summarise();
    return failure;
  }

  void fail(std::uint64_t token, const Failure& failure) override {
    if (token % kParts == kOverviewPart) {
      overview_.fail();
      return;
    }
    bill_.fail(token / kParts, failure);
    if (!failure_) failure_ = bill_.failure();
  }

  bool finished() const override {
    return failure_.has_value() || (costs_.has_value() && overview_.finished());
  }

  const std::optional<Failure>& failure() const override { return failure_; }

  MonthCosts take_costs() override {
    MonthCosts costs = std::move(*costs_);
    costs.account_id = bill_.account_id();
    if (const auto& latest = bill_.latest_expense()) {
      costs.data_through = std::min({*latest, query_.now, query_.month.end()});
    }
    costs.provider_totals = overview_.reconcile(costs);
    return costs;
  }

 private:
  // Tokens carry the part they belong to.
  static constexpr std::uint64_t kBillPart = 0;
  static constexpr std::uint64_t kOverviewPart = 1;
  static constexpr std::uint64_t kParts = 2;

  void summarise() {
    if (const auto rows = bill_.take_rows()) {
      costs_ = summarise_month(*rows, aggregation_, account_.currency);
    }
    if (!costs_) {
      failure_ = response_not_understood("a sum of " + query_.month.text() + " is too large");
    }
  }

  const AccountConfig& account_;
  const AggregationConfig& aggregation_;
  MonthQuery query_;
  BillListing bill_;
  Overview overview_;
  std::optional<Failure> failure_;
  std::optional<MonthCosts> costs_;
};

}  // namespace

std::unique_ptr<MonthConversation> ask_month(const AccountConfig& account,
                                             const AggregationConfig& aggregation,
                                             const MonthQuery& query) {
  return std::make_unique<VolcengineMonth>(account, aggregation, query);
}

}  // namespace cloud_billing::volcengine
