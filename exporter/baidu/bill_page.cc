#include "baidu/bill_page.h"

#include <initializer_list>
#include <optional>
#include <utility>

#include "baidu/charge_details.h"
#include "baidu/response.h"
#include "baidu/tags.h"
#include "billing/billing_mode.h"
#include "providers/page_digest.h"

namespace cloud_billing::baidu {
namespace {

JsonProblem copy_text(JsonValue value, std::string& copy) {
  std::string_view text;
  const JsonProblem problem = kFieldReader.read_text(value, text);
  copy = text;
  return problem;
}

// One that cannot be read costs no amount.
JsonProblem copy_name(JsonValue value, std::string& name) {
  std::string_view text;
  if (kFieldReader.read_text(value, text).empty()) name = text;
  return {};
}

Failure failure_of(std::size_t row, const RowProblem& problem) {
  return response_not_understood("row " + std::to_string(row) + ": " + problem.text());
}

template <typename Fields>
std::optional<RowProblem> fill_amounts(ResourceBill /*kind*/, const Fields& fields,
                                       MeasureAmounts& amounts) {
  if (!fields.amounts[kFinance]) return RowProblem{"financePrice", "missing"};
  if (!fields.amounts[kOrigin]) return RowProblem{"originPrice", "missing"};

  const auto sum = [&fields](std::initializer_list<std::pair<BillAmount, BillAmount>> parts,
                             Amount& total) {
    total = Amount{};
    bool fits = true;
    for (const auto& [field, older] : parts) {
      fits = total.add(amount_of(fields, field, older)) && fits;
    }
    return fits;
  };
  amounts[index_of(Measure::kBilledCost)] = *fields.amounts[kFinance];
  amounts[index_of(Measure::kListCost)] = *fields.amounts[kOrigin];
  amounts[index_of(Measure::kDiscountAmount)] = fields.amount(kDiscount);
  amounts[index_of(Measure::kUnpaidAmount)] = fields.amount(kDebt);
  const bool fits = sum({{kCoupon, kVoucher},
                         {kDiscountCoupon, kDiscountVoucher},
                         {kCashEquivalentCoupon, kCashEquivalentCoupon}},
                        amounts[index_of(Measure::kCouponAmount)]) &&
                    sum({{kCash, kCash},
                         {kRebate, kRebate},
                         {kCreditCost, kCreditCost},
                         {kCreditRefund, kCreditRefund}},
                        amounts[index_of(Measure::kPaidAmount)]);
  if (!fits) return RowProblem{"the sum of its amounts", describe(AmountError::kOverflow)};
  return std::nullopt;
}

template <typename Fields>
MeasureSet lacked_by(ResourceBill /*kind*/, const Fields& fields) {
  MeasureSet lacked;
  const bool has_paid = fields.named[kCash] || fields.named[kRebate] || fields.named[kCreditCost] ||
                        fields.named[kCreditRefund];
  lacked.set(index_of(Measure::kPaidAmount), !has_paid);
  lacked.set(index_of(Measure::kUnpaidAmount), !fields.named[kDebt]);
  return lacked;
}

// Reductions (deductShare...) are left alone: no document says whether the share is before or after
// them.
template <typename Fields>
std::optional<RowProblem> fill_amounts(ShareBill /*kind*/, const Fields& fields,
                                       MeasureAmounts& amounts) {
  if (!fields.amounts[kShareFinance]) return RowProblem{"shareFinancePrice", "missing"};
  amounts[index_of(Measure::kBilledCost)] = *fields.amounts[kShareFinance];
  amounts[index_of(Measure::kListCost)] = fields.amount(kSharePrice);
  return std::nullopt;
}

// All but the two measures that a share has.
template <typename Fields>
MeasureSet lacked_by(ShareBill /*kind*/, const Fields& /*fields*/) {
  return MeasureSet()
      .set()
      .reset(index_of(Measure::kBilledCost))
      .reset(index_of(Measure::kListCost));
}

std::string_view billing_mode_of(std::string_view product_type, std::string_view listing_mode) {
  if (product_type == "prepay") return kPrepaid;
  if (product_type == "postpay") return kPostpaid;
  return listing_mode;
}

template <typename Fields>
void fill_row(const Fields& fields, const RowContext& context, BillRow& row) {
  const auto& texts = fields.texts;
  row.service_type = texts[kServiceType];
  row.service_name = fields.unread[kServiceTypeName] ? std::string_view() : texts[kServiceTypeName];
  row.region_id = texts[kRegion].empty() ? "global" : texts[kRegion];
  row.billing_mode = billing_mode_of(texts[kProductType], context.billing_mode);
  row.sub_account_id = context.sub_account_id;
  row.sub_account_name = context.sub_account_name;
  row.account_id = texts[kAccountId];
  row.currency = context.currency;
  row.unread_tags = split_tags(texts[kTag], context.tag_separators, row.tags);
  if (fields.unread[kTag] && row.unread_tags == 0) row.unread_tags = 1;  // all that it holds
}

}  // namespace

template <typename Bill>
Result<BillPageOf<Bill>, Failure> BillPageOf<Bill>::open(HttpResponse& response) {
  BillEnvelope envelope;
  Rows rows;
  bool has_bills = false;
  auto opened = open_response(response, [&](std::string_view name, JsonValue value) {
    if (name == "pageNo") return kFieldReader.read_count(value, envelope.facts.page);
    if (name == "pageSize") return kFieldReader.read_count(value, envelope.facts.page_size);
    if (name == "totalCount") return kFieldReader.read_count(value, envelope.facts.total);
    if (name == "accountId") return copy_text(value, envelope.account_id);
    if (name == "loginName") return copy_name(value, envelope.login_name);
    if (name == "subAccountId") return copy_text(value, envelope.sub_account_id);
    if (name == "subLoginName") return copy_name(value, envelope.sub_login_name);
    if (name != "bills") return JsonProblem{};
    has_bills = true;
    return Bill::kReader.read(value, rows);
  });
  // A row that is no JSON hides what is behind it.
  if (!opened && !rows.problem) return std::move(opened).error();
  if (!opened) return failure_of(rows.rows.size() + 1, *rows.problem);
  if (opened->is_error() || !has_bills) return opened->explain_missing(response.status, "bills");
  if (!rows.bytes.empty()) envelope.facts.digest = page_digest(rows.bytes);
  return BillPageOf(std::move(envelope), std::move(rows));
}

template <typename Bill>
Result<std::int64_t, Failure> BillPageOf<Bill>::read_rows(
    const RowContext& context, const std::function<bool(const Row&)>& take) const {
  std::size_t number = 0;
  Row row;
  for (const auto& fields : rows_.rows) {
    ++number;
    if (const auto problem = fill_amounts(Bill(), fields, row.amounts)) {
      return failure_of(number, *problem);
    }
    fill_row(fields, context, row);
    row.lacked = lacked_by(Bill(), fields);
    if constexpr (std::is_same_v<Row, Charge>) row.details = charge_details(fields);
    if (!take(row)) {
      return failure_of(number, {"the sum of all rows", describe(AmountError::kOverflow)});
    }
  }
  if (rows_.problem) return failure_of(number + 1, *rows_.problem);
  return static_cast<std::int64_t>(number);
}

template class BillPageOf<ResourceBill>;
template class BillPageOf<ShareBill>;
template class BillPageOf<ResourceCharges>;
template class BillPageOf<ShareCharges>;

}  // namespace cloud_billing::baidu
