#include "volcengine/overview.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "volcengine/bill_listing.h"
#include "volcengine/money.h"

namespace cloud_billing::volcengine {
namespace {

// Rows are products times billing modes: more pages are a server that never ends.
constexpr int kMostPages = 100;

}  // namespace

std::optional<ApiRequest> Overview::next() {
  if (is_read_ || std::exchange(is_asked_, true)) return std::nullopt;
  ApiRequest request;
  request.operation = OperationId::kVolcengineListBillOverviewByProd;
  request.body = nlohmann::json{
      {"BillPeriod", month_.text()},
      {"Limit", kBillPageSize},
      {"NeedRecordNum", 1},
      {"Offset",
       rows_}}.dump();
  request.subject = "overview by product of " + month_.text();
  return request;
}

std::optional<Failure> Overview::accept(HttpResponse& response) {
  const auto page = read_overview(response, account_.currency);
  if (!page) return page.error();
  for (const auto& [currency, amount] : page->payable) {
    if (!payable_[currency].add(amount)) is_refused_ = true;
  }
  is_asked_ = false;
  rows_ += page->rows;
  // Without a total an empty page is the end: the server may hold fewer rows than were asked for.
  const bool has_more = page->rows > 0 && (!page->total || rows_ < *page->total);
  is_read_ = !has_more;
  if (page->total && rows_ != *page->total && is_read_) is_refused_ = true;
  if (++pages_ > kMostPages) fail();
  return std::nullopt;
}

std::vector<ProviderTotal> Overview::reconcile(const MonthCosts& costs) const {
  if (is_refused_) return {};
  std::map<std::string, Amount, std::less<>> ours;
  for (const auto& [key, amounts] : costs.totals) {
    if (!ours[key.currency].add(amounts[index_of(Measure::kBilledCost)])) return {};
  }
  for (const auto& [currency, amount] : payable_) ours.try_emplace(currency);
  std::vector<ProviderTotal> totals;
  for (const auto& [currency, own_sum] : ours) {
    const auto payable = payable_.find(currency);
    ProviderTotal total{currency, payable == payable_.end() ? Amount{} : payable->second, own_sum};
    if (!total.difference.subtract(total.billed_cost)) return {};
    totals.push_back(std::move(total));
  }
  return totals;
}

}  // namespace cloud_billing::volcengine
