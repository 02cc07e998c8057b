#include <algorithm>
#include <charconv>
#include <memory>

#include "bill_page.h"
#include "billed_account.h"

namespace simulator {
namespace {

constexpr std::size_t kDefaultPageSize = 20;

// Shown as the master of an account whose bill the fault `masked` hides.
const Account& masking_master() {
  static const Account master = [] {
    Account account;
    account.id = "5c000000000000000000000000000000";
    account.login_name = "masking-master";
    return account;
  }();
  return master;
}

std::optional<std::size_t> read_count(const std::string& text, std::size_t fallback) {
  if (text.empty()) {
    return fallback;
  }
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_good = error == std::errc() && end == text.data() + text.size() && value > 0;
  return is_good ? std::optional(value) : std::nullopt;
}

struct Span {
  Month month;
  DayRange days;
};

// The days asked for, as far as they have been billed; beginTime and endTime come before month.
std::variant<Span, Refusal> read_span(const Parameters& parameters, Moment billing_time) {
  constexpr DayRange kNoDays{1, 0};
  const Date complete = newest_complete_day(billing_time);
  const std::string begin_text = parameter(parameters, "beginTime");
  const std::string end_text = parameter(parameters, "endTime");
  if (begin_text.empty() && end_text.empty()) {
    const auto month = parse_month(parameter(parameters, "month"));
    if (!month) {
      return refuse_parameter("month is missing or not yyyy-MM.");
    }
    return Span{*month, days_until(*month, complete).value_or(kNoDays)};
  }
  const auto begin = parse_date(begin_text);
  const auto end = parse_date(end_text);
  if (!begin || !end || *begin > *end) {
    return refuse_parameter("beginTime and endTime must both be yyyy-MM-dd, in order.");
  }
  const Month month = begin->year() / begin->month();
  if (month != end->year() / end->month()) {
    return refuse_parameter("beginTime and endTime must be in one month.");
  }
  if (*end >= date_in_china(billing_time)) {
    return refuse_parameter("endTime must be before today.");
  }
  const int first = static_cast<int>(static_cast<unsigned>(begin->day()));
  const int last = static_cast<int>(static_cast<unsigned>(std::min(*end, complete).day()));
  return Span{month, *begin > complete ? kNoDays : DayRange{first, last}};
}

struct Page {
  PageEnvelope envelope;
  std::shared_ptr<const Listing> listing;
  bool masked = false;

  [[nodiscard]] std::size_t first_row(std::size_t number) const {
    return std::min((number - 1) * envelope.page_size, listing->size());
  }
  [[nodiscard]] std::size_t rows_of(std::size_t number) const {
    return std::min(envelope.page_size, listing->size() - first_row(number));
  }
  [[nodiscard]] std::string write(const Fault* fault) const;
};

std::string Page::write(const Fault* fault) const {
  if (fault == nullptr) {
    const std::size_t number = envelope.page_number;
    return write_page(envelope, *listing, first_row(number), rows_of(number), masked, {});
  }
  PageEnvelope spoiled = envelope;
  PageSpoiling spoiling;
  bool hides = masked;
  std::size_t content = envelope.page_number;  // whose rows are delivered
  std::size_t missing_rows = 0;
  switch (fault->kind) {
    case FaultKind::kChangingTotal:
      spoiled.total_count += fault->spoiled;
      break;
    case FaultKind::kShrinkingTotal:
      spoiled.total_count -= std::min<std::size_t>(fault->spoiled, spoiled.total_count);
      break;
    case FaultKind::kShortPage:
      missing_rows = 1;
      break;
    case FaultKind::kWrongPage:
      content = ++spoiled.page_number;
      break;
    case FaultKind::kRepeatedPage:
      content = 1;
      break;
    case FaultKind::kMasked:
      spoiled.master = &masking_master();
      hides = true;
      break;
    default:
      spoiling.unreadable_amount = fault->kind == FaultKind::kUnreadableAmount;
      spoiling.missing_amount = fault->kind == FaultKind::kMissingAmount;
      spoiling.bad_utf8 = fault->kind == FaultKind::kBadUtf8;
      spoiling.odd_tag = fault->kind == FaultKind::kOddTag;
      spoiling.unknown_depth = fault->kind == FaultKind::kDeepUnknownField ? fault->depth : 0;
      break;
  }
  return write_page(spoiled, *listing, first_row(content), rows_of(content) - missing_rows, hides,
                    spoiling);
}

}  // namespace

OperationResult prepare_resource_month_bill(const OperationRequest& request) {
  const Parameters parameters = parse_query(request.wire.query);
  const auto billed = find_billed_account(request, parameters);
  if (!billed) {
    return refuse_access();
  }
  const std::string product_type = parameter(parameters, "productType");
  if (product_type != "prepay" && product_type != "postpay") {
    return refuse_parameter("productType must be prepay or postpay.");
  }
  const std::string granularity = parameter(parameters, "granularity");
  if (!granularity.empty() && granularity != "day") {
    return refuse_parameter("granularity must be empty or day.");
  }
  const auto page_number = read_count(parameter(parameters, "pageNo"), 1);
  const auto page_size = read_count(parameter(parameters, "pageSize"), kDefaultPageSize);
  if (!page_number || !page_size || *page_number > 1'000'000'000) {
    return refuse_parameter("pageNo and pageSize must be positive numbers.");
  }
  const auto span = read_span(parameters, request.billing_time);
  if (const auto* refusal = std::get_if<Refusal>(&span)) {
    return *refusal;
  }

  const Span& covered = std::get<Span>(span);
  ListingQuery query;
  query.month = covered.month;
  query.days = covered.days;
  query.product_type = product_type == "prepay" ? ProductType::kPrepaid : ProductType::kPostpaid;
  query.per_day = granularity == "day";
  if (const std::string service = parameter(parameters, "serviceType"); !service.empty()) {
    query.service = service;
  }
  if (const std::string instance = parameter(parameters, "instanceId"); !instance.empty()) {
    query.instance = instance;
  }
  Page page;
  page.listing = std::make_shared<const Listing>(*billed->account, query);
  page.masked = billed->masked;
  page.envelope.billed = billed->account;
  page.envelope.master = billed->master;
  page.envelope.month = query.month;
  page.envelope.begin_time = parameter(parameters, "beginTime");
  page.envelope.end_time = parameter(parameters, "endTime");
  page.envelope.page_number = *page_number;
  page.envelope.page_size = std::min(*page_size, request.page_cap);
  page.envelope.total_count = page.listing->size();
  PageFacts facts;
  facts.is_page = true;
  facts.has_total = true;
  facts.page_number = *page_number;
  facts.page_rows = page.rows_of(*page_number);
  facts.can_mask = true;
  return Prepared{facts, [page](const Fault* fault) { return page.write(fault); }};
}

}  // namespace simulator
