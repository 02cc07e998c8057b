#include <algorithm>
#include <memory>
#include <utility>

#include "bill_page.h"
#include "billed_account.h"
#include "numbered_bill.h"

namespace simulator {
namespace {

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
  const auto pages = read_pages(parameters, request.page_cap);
  if (const auto* refusal = std::get_if<Refusal>(&pages)) {
    return *refusal;
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
  const auto listing = std::make_shared<const Listing>(*billed->account, query);
  NumberedBill bill;
  bill.envelope = envelope_of(*billed, query.month, std::get<PageRange>(pages));
  bill.envelope.begin_time = parameter(parameters, "beginTime");
  bill.envelope.end_time = parameter(parameters, "endTime");
  bill.envelope.total_count = listing->size();
  bill.masked = billed->masked;
  bill.append = [listing, account = billed->account, month = query.month](
                    std::string& out, std::size_t position, bool masked,
                    const PageSpoiling& spoiling) {
    append_row(out, listing->row(position), *account, month, masked, spoiling);
  };
  return prepare_page(std::move(bill));
}

}  // namespace simulator
