// ListBillDetail.

#include <algorithm>
#include <memory>

#include "volcengine_actions.h"
#include "volcengine_page.h"

namespace simulator {
namespace {

struct DetailQuery {
  const Account* account = nullptr;
  BillRange range;
  VolcengineQuery rows;
  bool tells_total = false;
  bool has_resources = true;
};

Date yesterday(const OperationRequest& request) {
  const Date today = request.account.billing_date(request.billing_time);
  return Date{std::chrono::sys_days{today} - std::chrono::days{1}};
}

std::variant<DetailQuery, Refusal> read_query(const OperationRequest& request,
                                              const ActionParameters& parameters) {
  const auto range = read_bill_range(parameters);
  if (const auto* refusal = std::get_if<Refusal>(&range)) {
    return *refusal;
  }
  DetailQuery query;
  query.account = &request.account;
  query.range = std::get<BillRange>(range);
  const std::int64_t period = parameters.number("GroupPeriod", 0);
  const std::int64_t term = parameters.number("GroupTerm", 0);
  if (period < 0 || period > 1 || term < 0 || term > 3) {
    return refuse_volcengine_parameter("GroupPeriod must be 0 or 1, GroupTerm 0 to 3");
  }
  constexpr DayRange kNoDays{1, 0};
  query.rows.month = query.range.month;
  query.rows.days = days_until(query.range.month, yesterday(request)).value_or(kNoDays);
  query.rows.per_day = period == 1;
  query.rows.ignore_zero = parameters.number("IgnoreZero", 0) == 1;
  query.rows.appended = request.growth.rows(request.account, query.range.month);
  query.tells_total = parameters.number("NeedRecordNum", 0) == 1;
  query.has_resources = term == 0;
  const std::string day_text = parameters.text("ExpenseDate");
  if (!day_text.empty()) {
    const auto day = parse_date(day_text);
    if (!day || period == 0 || day->year() / day->month() != query.range.month) {
      return refuse_volcengine_parameter(
          "ExpenseDate must lie in BillPeriod, and needs GroupPeriod 1");
    }
    const int number = static_cast<int>(static_cast<unsigned>(day->day()));
    query.rows.days = number <= query.rows.days.last ? DayRange{number, number} : kNoDays;
  }
  return query;
}

// What the page is, and what of it is delivered.
struct PlannedPage {
  VolcenginePage page;
  std::shared_ptr<const VolcengineListing> listing;
  std::size_t content = 0;  // the offset whose rows are delivered
  std::size_t missing_rows = 0;
  PageSpoiling spoiling;
};

PlannedPage plan_page(const DetailQuery& query,
                      const std::shared_ptr<const VolcengineListing>& listing) {
  PlannedPage plan;
  plan.listing = listing;
  plan.page.account = query.account;
  plan.page.month = query.range.month;
  plan.page.total = query.tells_total ? std::to_string(listing->size()) : "-1";
  plan.page.limit = query.range.limit;
  plan.page.offset = query.range.offset;
  plan.page.has_resources = query.has_resources;
  plan.content = query.range.offset;
  return plan;
}

// More rows than there are.
constexpr std::size_t kTooMany = 1000;

void spoil_page(PlannedPage& plan, const Fault& fault) {
  const std::size_t size = plan.listing->size();
  const auto spoiled = static_cast<std::size_t>(fault.spoiled);
  switch (fault.kind) {
    case FaultKind::kChangingTotal:
      plan.page.total = std::to_string(size + spoiled);
      break;
    case FaultKind::kShrinkingTotal:
      // From page to page, and never to what the pages hold: that would be another, smaller bill.
      plan.page.total = std::to_string(size + kTooMany - plan.page.offset / plan.page.limit);
      break;
    case FaultKind::kNoTotal:
      plan.page.total = "-1";
      break;
    case FaultKind::kShortPage:
      plan.missing_rows = 1;
      break;
    case FaultKind::kWrongPage:
      plan.content = plan.page.offset += plan.page.limit;
      break;
    case FaultKind::kRepeatedPage:
      plan.content = 0;
      break;
    case FaultKind::kMissingId:
      plan.page.has_ids = false;
      break;
    default:
      plan.spoiling.unreadable_amount = fault.kind == FaultKind::kUnreadableAmount;
      plan.spoiling.missing_amount = fault.kind == FaultKind::kMissingAmount;
      plan.spoiling.bad_utf8 = fault.kind == FaultKind::kBadUtf8;
      plan.spoiling.odd_tag = fault.kind == FaultKind::kOddTag;
      plan.spoiling.unknown_depth = fault.kind == FaultKind::kDeepUnknownField ? fault.depth : 0;
      break;
  }
}

std::string write_planned_page(const PlannedPage& plan) {
  const std::size_t first = std::min(plan.content, plan.listing->size());
  const std::size_t rows = std::min(plan.page.limit, plan.listing->size() - first);
  return write_volcengine_page(plan.page, *plan.listing, first,
                               rows - std::min(rows, plan.missing_rows), plan.spoiling);
}

}  // namespace

OperationResult prepare_bill_detail(const OperationRequest& request,
                                    const ActionParameters& parameters) {
  const auto read = read_query(request, parameters);
  if (const auto* refusal = std::get_if<Refusal>(&read)) {
    return *refusal;
  }
  const DetailQuery query = std::get<DetailQuery>(read);
  const auto listing = std::make_shared<const VolcengineListing>(*query.account, query.rows);
  PageFacts facts;
  facts.is_page = true;
  facts.has_total = true;
  facts.page_number = query.range.offset / query.range.limit + 1;
  facts.page_rows =
      std::min(query.range.limit, listing->size() - std::min(query.range.offset, listing->size()));
  facts.can_grow = true;
  facts.has_ids = true;
  Growth& growth = request.growth;
  return Prepared{facts, [query, listing, &growth](const Fault* fault) {
                    if (fault != nullptr && fault->kind == FaultKind::kGrowingMonth) {
                      VolcengineQuery grown = query.rows;
                      grown.appended = growth.grow(*query.account, grown.month,
                                                   static_cast<std::size_t>(fault->rows));
                      return write_planned_page(plan_page(
                          query, std::make_shared<const VolcengineListing>(*query.account, grown)));
                    }
                    PlannedPage plan = plan_page(query, listing);
                    if (fault != nullptr) {
                      spoil_page(plan, *fault);
                    }
                    return write_planned_page(plan);
                  }};
}

}  // namespace simulator
