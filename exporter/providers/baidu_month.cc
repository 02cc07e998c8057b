#include "providers/baidu_month.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "providers/baidu.h"
#include "providers/baidu_answer.h"
#include "providers/baidu_bill.h"
#include "providers/baidu_money.h"
#include "providers/paged_listing.h"

namespace cloud_billing {
namespace {

// Pages hold 100 rows at most; the default is 20.
constexpr std::int64_t kPageSize = 100;

struct ProductType {
  std::string_view wire;
  std::string_view billing_mode;
};
constexpr std::array kProductTypes{ProductType{"prepay", "prepaid"},
                                   ProductType{"postpay", "postpaid"}};

Failure judge_masked() {
  Failure failure;
  failure.reason = Reason::kPermission;
  failure.message =
      "this account is a member of a financial circle, so its own bill is masked: poll it from the "
      "master account, with its id under sub_accounts";
  return failure;
}

std::string about(std::string_view what, BillingMonth month, std::string_view query_account_id) {
  std::string text = std::string(what) + " of " + month.text();
  if (!query_account_id.empty()) text += " of sub-account " + std::string(query_account_id);
  return text;
}

class BaiduMonth final : public MonthConversation {
 public:
  BaiduMonth(const AccountConfig& account, const AggregationConfig& aggregation,
             const MonthQuery& query)
      : account_(account),
        aggregation_(aggregation),
        month_(query.month),
        data_through_(baidu_data_through(query.month, query.now)),
        billed_accounts_{""} {
    billed_accounts_.insert(billed_accounts_.end(), account.sub_accounts.begin(),
                            account.sub_accounts.end());
    for (const std::string& billed : billed_accounts_) {
      for (const ProductType& type : kProductTypes) add_listing(billed, type);
    }
  }

  std::optional<PendingRequest> next() override {
    if (finished()) return std::nullopt;
    // In turns, so that all listings grow together.
    for (std::size_t i = 0; i < listings_.size(); ++i) {
      const std::size_t turn = (next_listing_ + i) % listings_.size();
      if (auto pending = listings_[turn].next()) {
        next_listing_ = turn + 1;
        pending->token = pending->token * token_stride() + turn;
        return pending;
      }
    }
    if (!all_rows_read() || summaries_asked_ == summaries_wanted()) return std::nullopt;
    PendingRequest pending;
    pending.token = summary_part();
    pending.request = summary_request(billed_accounts_[summaries_asked_++]);
    return pending;
  }

  std::optional<Failure> accept(std::uint64_t token, HttpAnswer& answer) override {
    const std::size_t part = token % token_stride();
    if (part != summary_part()) {
      auto failure = listings_[part].accept(token / token_stride(), answer);
      if (!failure && !all_rows_read()) combine_listings();
      return failure;
    }
    const auto total = read_baidu_summary(answer);
    if (!total) return total.error();
    ++summaries_done_;
    if (!provider_total_.add(*total)) summaries_good_ = false;
    return std::nullopt;
  }

  void refuse(std::uint64_t token, const Failure& failure) override {
    const std::size_t part = token % token_stride();
    if (part == summary_part()) {
      // For information only: a total that cannot be read fails nothing.
      ++summaries_done_;
      summaries_good_ = false;
      return;
    }
    listings_[part].refuse(token / token_stride(), failure);
    if (!failure_) failure_ = listings_[part].failure();
  }

  bool finished() const override {
    return failure_.has_value() || (all_rows_read() && summaries_done_ == summaries_wanted());
  }

  const std::optional<Failure>& failure() const override { return failure_; }

  MonthCosts take_costs() override {
    MonthCosts costs = std::move(*costs_);
    costs.account_id = account_id_;
    costs.data_through = data_through_;
    if (summaries_wanted() > 0 && summaries_good_) {
      if (auto total = reconcile(costs)) costs.provider_totals.push_back(*std::move(total));
    }
    return costs;
  }

 private:
  // Tokens carry the listing they belong to; one more part stands for the summaries.
  [[nodiscard]] std::size_t summary_part() const {
    return billed_accounts_.size() * kProductTypes.size();
  }
  [[nodiscard]] std::uint64_t token_stride() const { return summary_part() + 1; }

  void add_listing(const std::string& billed, const ProductType& type) {
    PagedListing::Pages pages;
    pages.page_size = kPageSize;
    pages.request = [this, billed, type](std::int64_t page) {
      return baidu_bill_request(month_, type.wire, billed, page, kPageSize);
    };
    pages.read = [this, billed, type](HttpAnswer& answer, CostSnapshot& rows) {
      return read_page(billed, type, answer, rows);
    };
    listings_.emplace_back(std::move(pages), aggregation_);
  }

  Result<PageFacts, Failure> read_page(const std::string& billed, const ProductType& type,
                                       HttpAnswer& answer, CostSnapshot& rows) {
    auto opened = BaiduBillAnswer::open(answer);
    if (!opened) return opened.error();
    const BaiduBillEnvelope& envelope = opened->envelope();
    if (billed.empty() && envelope.shows_member()) return judge_masked();
    if (billed.empty()) account_id_ = envelope.own_id();
    const BaiduRowContext context{type.billing_mode, billed.empty() ? account_id_ : billed,
                                  account_.currency, account_.tag_separators};
    const auto count =
        opened->read_rows(context, [&rows](const BillRow& row) { return rows.fold(row); });
    if (!count) return count.error();
    PageFacts facts = envelope.facts;
    facts.rows = *count;
    facts.rows_alike = opened->rows_alike();
    return facts;
  }

  void combine_listings() {
    for (const PagedListing& listing : listings_) {
      if (!listing.finished() || listing.failure()) return;
    }
    CostSnapshot all(aggregation_);
    bool fits = true;
    for (const PagedListing& listing : listings_) fits = fits && all.merge(listing.rows());
    if (fits) costs_ = summarise_month(all, aggregation_, account_.currency);
    if (!costs_) {
      failure_ = answer_not_understood("a sum of " + month_.text() + " is too large");
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
    request.subject = about("month summary", month_, billed);
    return request;
  }

  // Nothing where the sums overflow: it is for information only.
  [[nodiscard]] std::optional<ProviderTotal> reconcile(const MonthCosts& costs) const {
    ProviderTotal total{account_.currency, provider_total_, Amount{}};
    bool fits = true;
    for (const auto& [key, amounts] : costs.totals) {
      if (key.first != account_.currency) continue;
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
  std::vector<PagedListing> listings_;
  std::size_t next_listing_ = 0;
  std::string account_id_;
  std::optional<Failure> failure_;
  std::optional<MonthCosts> costs_;
  std::size_t summaries_asked_ = 0;
  std::size_t summaries_done_ = 0;
  bool summaries_good_ = true;
  Amount provider_total_;
};

}  // namespace

ApiRequest baidu_bill_request(BillingMonth month, std::string_view product_type,
                              std::string_view query_account_id, std::int64_t page,
                              std::int64_t page_size) {
  ApiRequest request;
  request.operation = OperationId::kBaiduResourceMonthBill;
  request.query = {{"month", month.text()},
                   {"productType", std::string(product_type)},
                   {"pageNo", std::to_string(page)},
                   {"pageSize", std::to_string(page_size)}};
  if (!query_account_id.empty()) {
    request.query.push_back({"queryAccountId", std::string(query_account_id)});
  }
  request.subject = "page " + std::to_string(page) + " of the " +
                    about(std::string(product_type) + " bill", month, query_account_id);
  return request;
}

std::unique_ptr<MonthConversation> ask_baidu_month(const AccountConfig& account,
                                                   const AggregationConfig& aggregation,
                                                   const MonthQuery& query) {
  return std::make_unique<BaiduMonth>(account, aggregation, query);
}

}  // namespace cloud_billing
