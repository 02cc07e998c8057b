#include <iterator>
#include <map>
#include <optional>

#include "bill_page.h"
#include "bill_totals.h"
#include "billed_account.h"
#include "catalogue.h"
#include "field_writer.h"

namespace simulator {
namespace {

struct Span {
  Month month;
  DayRange days;
};

// The days asked for; unlike the resource bill today is allowed, and has its amounts.
std::variant<Span, Refusal> read_span(const Parameters& parameters, Moment billing_time) {
  const Date today = date_in_china(billing_time);
  const std::string month_text = parameter(parameters, "billMonth");
  const std::string start_text = parameter(parameters, "startDay");
  const std::string end_text = parameter(parameters, "endDay");
  const auto month = parse_month(month_text);
  if (!month_text.empty() && !month) {
    return refuse_parameter("billMonth must be yyyy-MM.");
  }
  if (start_text.empty() && end_text.empty()) {
    const auto days = month ? days_until(*month, today) : std::nullopt;
    if (!days) {
      return refuse_parameter("billMonth is missing or in the future.");
    }
    return Span{*month, *days};
  }
  const auto start = parse_date(start_text);
  const auto end = parse_date(end_text);
  if (!start || !end || *start > *end) {
    return refuse_parameter("startDay and endDay must both be yyyy-MM-dd, in order.");
  }
  const Month of_days = start->year() / start->month();
  if (of_days != end->year() / end->month() || (month && *month != of_days)) {
    return refuse_parameter("startDay, endDay and billMonth must be in one month.");
  }
  if (*end > today) {
    return refuse_parameter("endDay must not be in the future.");
  }
  return Span{of_days, DayRange{static_cast<int>(static_cast<unsigned>(start->day())),
                                static_cast<int>(static_cast<unsigned>(end->day()))}};
}

class SummaryWriter {
 public:
  SummaryWriter(const Account& account, bool masked, bool unreadable)
      : account_(account), masked_(masked), unreadable_(unreadable) {}

  // One object, left open for its items.
  void open(std::string_view service, std::string_view name, std::string_view product_type,
            const RowAmounts& amounts) {
    out += R"({"serviceType":)";
    append_json_string(out, service);
    out += R"(,"serviceTypeName":)";
    append_json_string(out, name);
    out += R"(,"productType":)";
    append_json_string(out, product_type);
    write("originPrice", amounts.origin_price);
    if (unreadable_) {
      out += R"(,"financePrice":"abc")";
    } else {
      write("financePrice", amounts.finance_price);
    }
    write("cash", amounts.cash);
    write("rebate", amounts.rebate);
    write("creditCost", amounts.credit_cost);
    write("creditRefund", amounts.credit_refund);
    write("creditRefundDeduct", {});
    write("debt", amounts.debt);
    write("noPaidPrice", amounts.not_paid());
    write_coupon(account_.old_coupon_names ? "voucherPrice" : "couponPrice", amounts.coupon_price);
    write_coupon(account_.old_coupon_names ? "discountvoucherPrice" : "discountCouponPrice",
                 amounts.discount_coupon_price);
    write("cashEquivalentCouponPrice", amounts.cash_equivalent_coupon_price);
    write("discountPrice", amounts.discount_price);
    write("sysGold", amounts.written_off);
    write("unconfirmPrice", {});
    write("deductPrice", {});
  }

  std::string out;

 private:
  void write(std::string_view name, Money money) { write_coupon(name, masked_ ? Money{} : money); }
  void write_coupon(std::string_view name, Money money) {
    out += ",\"";
    out += name;
    out += "\":";
    out += write_padded(money, 2);
  }

  const Account& account_;
  bool masked_;
  bool unreadable_;
};

std::string_view product_code(ProductType type) {
  return type == ProductType::kPrepaid ? "prepay" : "postpay";
}

struct ProductSummary {
  RowAmounts total;
  std::map<std::size_t, std::map<ProductType, RowAmounts>> by_service;
};

ProductSummary summarize_products(const Account& account, const Span& span,
                                  const Parameters& parameters) {
  const std::string wanted_service = parameter(parameters, "serviceType");
  const std::string wanted_product = parameter(parameters, "productType");
  ProductSummary summary;
  for (const auto& [key, amounts] : summarize(account, span.month, span.days)) {
    const std::string code = service_code(key.first, account.invented_services);
    const bool is_wanted = (wanted_service.empty() || wanted_service == code) &&
                           (wanted_product.empty() || wanted_product == product_code(key.second));
    if (is_wanted) {
      summary.by_service[key.first][key.second] = amounts;
      summary.total += amounts;
    }
  }
  return summary;
}

std::string write_summary(const BilledAccount& billed, const Span& span, ProductSummary summary,
                          std::optional<FaultKind> fault) {
  const Account& account = *billed.account;
  auto& by_service = summary.by_service;
  if (fault == FaultKind::kCutList) {
    by_service.erase(std::prev(by_service.end()));
  }

  const auto day = [&](int number) {
    return write_date(span.month / std::chrono::day{static_cast<unsigned>(number)});
  };
  SummaryWriter writer(account, billed.masked, fault == FaultKind::kUnreadableAmount);
  writer.out = R"({"billBeginTime":")" + day(span.days.first) + R"( 00:00:00","billEndTime":")" +
               day(span.days.last) + R"( 23:59:59",)";
  append_account_fields(writer.out, account, billed.master);
  writer.out += R"("data":)";
  writer.open("/", "/", "/", summary.total);
  writer.out += R"(,"items":[)";
  for (const auto& [service, parts] : by_service) {
    RowAmounts of_service;
    for (const auto& [type, amounts] : parts) {
      of_service += amounts;
    }
    const std::string code = service_code(service, account.invented_services);
    const std::string name = service_name(service, account.invented_services);
    writer.open(code, name, "/", of_service);
    writer.out += R"(,"items":[)";
    for (const auto& [type, amounts] : parts) {
      writer.open(code, name, product_code(type), amounts);
      writer.out += "},";
    }
    writer.out.back() = ']';
    writer.out += "},";
  }
  if (by_service.empty()) {
    writer.out += ']';
  } else {
    writer.out.back() = ']';
  }
  writer.out += "}}";
  return writer.out;
}

}  // namespace

OperationResult prepare_month_summary(const OperationRequest& request) {
  const Parameters parameters = parse_query(request.wire.query);
  const auto billed = find_billed_account(request, parameters);
  if (!billed) {
    return refuse_access();
  }
  const auto span = read_span(parameters, request.billing_time);
  if (const auto* refusal = std::get_if<Refusal>(&span)) {
    return *refusal;
  }
  const BilledAccount account = *billed;
  const Span days = std::get<Span>(span);
  const ProductSummary summary = summarize_products(*account.account, days, parameters);
  PageFacts facts;
  facts.list_rows = summary.by_service.size();
  return Prepared{facts, [account, days, summary](const Fault* fault) {
                    return write_summary(
                        account, days, summary,
                        fault == nullptr ? std::nullopt : std::optional(fault->kind));
                  }};
}

}  // namespace simulator
