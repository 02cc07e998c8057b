// ListAmortizedCostBillMonthly.

#include <algorithm>
#include <memory>
#include <string>

#include "amortized_rows.h"
#include "bill_totals.h"
#include "field_writer.h"
#include "volcengine_actions.h"
#include "volcengine_amortized_page.h"

namespace simulator {
namespace {

struct AmortizedPage {
  const Account* account = nullptr;
  BillRange range;
  bool tells_total = false;
  std::shared_ptr<const VolcengineShareListing> listing;

  [[nodiscard]] std::string write(const Fault* fault) const;
};

std::string AmortizedPage::write(const Fault* fault) const {
  std::size_t total = listing->size();
  std::size_t first = std::min(range.offset, total);
  std::size_t rows = std::min(range.limit, total - first);
  bool shows_total = tells_total;
  PageSpoiling spoiling;
  if (fault != nullptr) {
    spoiling.unreadable_amount = fault->kind == FaultKind::kUnreadableAmount;
    spoiling.missing_amount = fault->kind == FaultKind::kMissingAmount;
    shows_total = shows_total && fault->kind != FaultKind::kNoTotal;
    if (fault->kind == FaultKind::kShrinkingTotal) {
      total += 1000 - range.offset / range.limit;
    } else if (fault->kind == FaultKind::kShortPage) {
      rows -= std::min<std::size_t>(rows, 1);
    } else if (fault->kind == FaultKind::kRepeatedPage) {
      first = 0;
    }
  }
  std::string out = R"({"List":[)";
  for (std::size_t i = 0; i < rows; ++i) {
    append_amortized_row(out, listing->row(first + i), *account, range.month,
                         i == 0 ? spoiling : PageSpoiling{});
  }
  if (rows > 0) {
    out.pop_back();
  }
  out += "],";
  FieldWriter fields(out);
  fields.raw("Total", shows_total ? std::to_string(total) : "-1");
  fields.raw("Limit", std::to_string(range.limit));
  fields.raw("Offset", std::to_string(range.offset));
  fields.text("Warning", "");
  out.back() = '}';
  return out;
}

}  // namespace

OperationResult prepare_amortized_bill(const OperationRequest& request,
                                       const ActionParameters& parameters) {
  const auto range = read_bill_range(parameters, "AmortizedMonth");
  if (const auto* refusal = std::get_if<Refusal>(&range)) {
    return *refusal;
  }
  AmortizedPage page;
  page.account = &request.account;
  page.range = std::get<BillRange>(range);
  page.tells_total = parameters.number("NeedRecordNum", 0) == 1;
  page.listing = std::make_shared<const VolcengineShareListing>(
      request.account, page.range.month,
      days_until(page.range.month, newest_complete_day(request.account, request.billing_time)));
  PageFacts facts;
  facts.is_page = true;
  facts.has_total = true;
  facts.page_number = page.range.offset / page.range.limit + 1;
  facts.page_rows = std::min(
      page.range.limit, page.listing->size() - std::min(page.range.offset, page.listing->size()));
  return Prepared{facts, [page](const Fault* fault) { return page.write(fault); }};
}

}  // namespace simulator
