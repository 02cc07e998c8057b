#include "baidu/month.h"

#include <string>
#include <utility>
#include <vector>

#include "baidu/bill_listings.h"
#include "baidu/money.h"
#include "baidu/provider.h"
#include "baidu/response.h"

namespace cloud_billing::baidu {
namespace {

class BaiduMonth final : public MonthConversation {
 public:
  BaiduMonth(const AccountConfig& account, const AggregationConfig& aggregation,
             const MonthQuery& query)
      : account_(account),
        aggregation_(aggregation),
        month_(query.month),
        data_through_(data_through(query.month, query.now)),
        billed_accounts_(billed_accounts(account)),
        bills_(account, aggregation, BillPeriod::of(query.month)) {}

  std::optional<PendingRequest> next() override {
    if (finished()) return std::nullopt;
    if (auto pending = bills_.next()) {
      pending->token = pending->token * kParts + kBillPart;
      return pending;
    }
    if (!all_rows_read() || summaries_asked_ == summaries_wanted()) return std::nullopt;
    PendingRequest pending;
    pending.token = kSummaryPart;
    pending.request = summary_request(billed_accounts_[summaries_asked_++]);
    pending.informational = true;
    return pending;
  }

  std::optional<Failure> accept(std::uint64_t token, HttpResponse& response) override {
    if (token % kParts == kBillPart) {
      auto failure = bills_.accept(token / kParts, response);
      if (!failure && !all_rows_read() && bills_.complete()) combine_listings();
      return failure;
    }
    const auto total = read_summary(response);
    if (!total) return total.error();
    ++summaries_done_;
    if (!provider_total_.add(*total)) summaries_good_ = false;
    return std::nullopt;
  }

  void fail(std::uint64_t token, const Failure& failure) override {
    if (token % kParts == kSummaryPart) {
      // For information only: a total that cannot be read fails nothing.
      ++summaries_done_;
      summaries_good_ = false;
      return;
    }
    bills_.fail(token / kParts, failure);
    if (!failure_) failure_ = bills_.failure();
  }

  bool finished() const override {
    return failure_.has_value() || (all_rows_read() && summaries_done_ == summaries_wanted());
  }

  const std::optional<Failure>& failure() const override { return failure_; }

  MonthCosts take_costs() override {
    MonthCosts costs = std::move(*costs_);
    costs.account_id = bills_.account_id();
    costs.data_through = data_through_;
    if (summaries_wanted() > 0 && summaries_good_) {
      if (auto total = reconcile(costs)) costs.provider_totals.push_back(*std::move(total));
    }
    return costs;
  }

 private:
  // Tokens carry the part they belong to.
  static constexpr std::uint64_t kBillPart = 0;
  static constexpr std::uint64_t kSummaryPart = 1;
  static constexpr std::uint64_t kParts = 2;

  void combine_listings() {
    if (const auto all = bills_.merge()) {
      costs_ = summarise_month(*all, aggregation_, account_.currency);
    }
    if (!costs_) {
      failure_ = response_not_understood("a sum of " + month_.text() + " is too large");
    }
  }

  [[nodiscard]] ApiRequest summary_request(const std::string& billed) const {
    ApiRequest request;
    request.operation = OperationId::kBaiduMonthSummary;
    // Both days are covered ones: the summary could reach to today, which the bill does not.
    const BillingDay last_day = billing_day_at(data_through_ - std::chrono::seconds(1));
    request.query = {{"billMonth", month_.text()},
                     {"startDay", day_text(billing_day_at(month_.start()))},
                     {"endDay", day_text(last_day)}};
    if (!billed.empty()) request.query.push_back({"queryAccountId", billed});
    request.subject = describe_baidu_request("month summary", month_.text(), billed);
    return request;
  }

  // Nothing where the sums overflow: it is for information only.
  [[nodiscard]] std::optional<ProviderTotal> reconcile(const MonthCosts& costs) const {
    ProviderTotal total{account_.currency, provider_total_, Amount{}};
    bool fits = true;
    for (const auto& [key, amounts] : costs.totals) {
      if (key.currency != account_.currency) continue;
      fits = fits && total.difference.add(amounts[index_of(Measure::kBilledCost)]);
    }
    fits = fits && total.difference.subtract(provider_total_);
    return fits ? std::optional(total) : std::nullopt;
  }

  [[nodiscard]] bool all_rows_read() const { return costs_.has_value(); }

  [[nodiscard]] bool has_covered_day() const { return data_through_ > month_.start(); }
  [[nodiscard]] std::size_t summaries_wanted() const {
    return has_covered_day() ? billed_accounts_.size() : 0;
  }

  const AccountConfig& account_;
  const AggregationConfig& aggregation_;
  BillingMonth month_;
  UtcSeconds data_through_;
  std::vector<std::string> billed_accounts_;  // "" is the key's own
  BillListings bills_;
  std::optional<Failure> failure_;
  std::optional<MonthCosts> costs_;
  std::size_t summaries_asked_ = 0;
  std::size_t summaries_done_ = 0;
  bool summaries_good_ = true;
  Amount provider_total_;
};

}  // namespace

std::unique_ptr<MonthConversation> ask_month(const AccountConfig& account,
                                             const AggregationConfig& aggregation,
                                             const MonthQuery& query) {
  return std::make_unique<BaiduMonth>(account, aggregation, query);
}

}  // namespace cloud_billing::baidu
