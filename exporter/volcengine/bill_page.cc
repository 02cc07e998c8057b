#include "volcengine/bill_page.h"

#include <array>
#include <chrono>
#include <utility>

#include "billing/billing_mode.h"
#include "core/ascii.h"
#include "core/currency.h"
#include "providers/page_digest.h"
#include "volcengine/charge_details.h"
#include "volcengine/response.h"
#include "volcengine/tags.h"
#include "volcengine/tax.h"

namespace cloud_billing::volcengine {
namespace {

Failure failure_of(std::size_t row, const RowProblem& problem) {
  return response_not_understood("row " + std::to_string(row) + ": " + problem.text());
}

// Whether rows of this kind are read with the field of that number.
template <typename Fields>
constexpr bool tells_tax(std::size_t field) {
  return std::tuple_size_v<decltype(Fields::amounts)> > field;
}

template <typename Fields>
BilledParts billed_parts(DetailBill /*kind*/, const Fields& fields) {
  if constexpr (tells_tax<Fields>(kPosttax)) {
    return {fields.amounts[kPayable], fields.amounts[kTax], fields.amounts[kPosttax]};
  } else {
    return {fields.amounts[kPayable]};
  }
}
template <typename Fields>
BilledParts billed_parts(AmortizedBill /*kind*/, const Fields& fields) {
  if constexpr (tells_tax<Fields>(kSharePosttax)) {
    return {fields.amounts[kSharePayable], fields.amounts[kShareTax],
            fields.amounts[kSharePosttax]};
  } else {
    return {fields.amounts[kSharePayable]};
  }
}

template <typename Fields>
std::optional<RowProblem> fill_amounts(DetailBill kind, const Fields& fields,
                                       MeasureAmounts& amounts) {
  Amount& billed = amounts[index_of(Measure::kBilledCost)];
  const JsonProblem problem = read_billed(billed_parts(kind, fields), billed);
  if (!problem.empty()) return RowProblem{"PayableAmount", problem};
  if (!fields.amounts[kOriginal]) return RowProblem{"OriginalBillAmount", "missing"};
  // Without what is left after it the discount is not told, least of all the whole original amount.
  Amount discount;
  if (const OptionalAmount& discounted = fields.amounts[kDiscounted]) {
    discount = *fields.amounts[kOriginal];
    if (!discount.subtract(*discounted)) {
      return RowProblem{"the difference of its amounts", describe(AmountError::kOverflow)};
    }
  }
  amounts[index_of(Measure::kListCost)] = *fields.amounts[kOriginal];
  amounts[index_of(Measure::kPaidAmount)] = fields.amount(kPaid);
  amounts[index_of(Measure::kUnpaidAmount)] = fields.amount(kUnpaid);
  amounts[index_of(Measure::kCouponAmount)] = fields.amount(kCoupon);
  amounts[index_of(Measure::kDiscountAmount)] = discount;
  return std::nullopt;
}

// Bills of 2026-09 and later may have neither what was paid nor what was not.
template <typename Fields>
MeasureSet lacked_by(DetailBill /*kind*/, const Fields& fields) {
  MeasureSet lacked;
  lacked.set(index_of(Measure::kDiscountAmount), !fields.amounts[kDiscounted]);
  lacked.set(index_of(Measure::kPaidAmount), !fields.named[kPaid]);
  lacked.set(index_of(Measure::kUnpaidAmount), !fields.named[kUnpaid]);
  return lacked;
}

// The name that it signs in with, else its company's.
template <typename Fields>
std::string_view owner_name(const Fields& fields) {
  for (const BillText field : {kOwnerName, kOwnerCompany}) {
    if (!fields.unread[field] && !fields.texts[field].empty()) return fields.texts[field];
  }
  return {};
}

template <typename Fields>
std::optional<RowProblem> fill_amounts(AmortizedBill kind, const Fields& fields,
                                       MeasureAmounts& amounts) {
  if (fields.unread[kRegionName]) return RowProblem{"Region", "not a text"};
  Amount& billed = amounts[index_of(Measure::kBilledCost)];
  const JsonProblem problem = read_billed(billed_parts(kind, fields), billed);
  if (!problem.empty()) return RowProblem{"NowAmortizedPayableAmount", problem};
  amounts[index_of(Measure::kListCost)] = fields.amount(kShareOriginal);
  return std::nullopt;
}

// All but the two measures that a share has.
template <typename Fields>
MeasureSet lacked_by(AmortizedBill /*kind*/, const Fields& /*fields*/) {
  return MeasureSet()
      .set()
      .reset(index_of(Measure::kBilledCost))
      .reset(index_of(Measure::kListCost));
}

// Lives until the next row is read.
template <typename Fields>
std::string_view region_of(DetailBill /*kind*/, const Fields& fields, Regions& regions) {
  const auto& texts = fields.texts;
  if (!fields.unread[kRegionName]) regions.learn_name(texts[kRegionName], texts[kZoneCode]);
  return regions.region_of(texts[kRegionCode], texts[kZoneCode]);
}
// The display name: these rows tell no id.
template <typename Fields>
std::string_view region_of(AmortizedBill /*kind*/, const Fields& fields, Regions& /*regions*/) {
  const std::string_view name = fields.texts[kRegionName];
  return name.empty() ? "global" : name;
}

struct BillingModeWord {
  std::string_view text;
  std::string_view digit;
  std::string_view mode;
};
constexpr std::array kBillingModes{
    BillingModeWord{"按量计费", "2", kPostpaid}, BillingModeWord{"包年包月", "1", kPrepaid},
    BillingModeWord{"合同计费", "3", "contract"}, BillingModeWord{"履约计费", "4", "fulfillment"}};

// Parts of the English words, which no document lists: "Subscription", "Pay-as-you-go". The first
// that a word has counts.
struct BillingModePart {
  std::string_view part;
  std::string_view mode;
};
constexpr std::array kBillingModeParts{
    BillingModePart{"subscription", kPrepaid}, BillingModePart{"prepa", kPrepaid},
    BillingModePart{"contract", "contract"}, BillingModePart{"fulfil", "fulfillment"},
    BillingModePart{"pay", kPostpaid}};

}  // namespace

std::string_view billing_mode(std::string_view text, std::string& storage) {
  for (const BillingModeWord& word : kBillingModes) {
    if (text == word.text || text == word.digit) return word.mode;
  }
  storage = to_lower_case(text);
  for (const BillingModePart& known : kBillingModeParts) {
    if (storage.find(known.part) != std::string::npos) return known.mode;
  }
  return storage;
}

namespace {

// A plain date is so many days more.
std::optional<UtcSeconds> read_expense_time(std::string_view text, BillingZone zone,
                                            int days_of_date) {
  constexpr std::size_t kDate = 10;         // "2026-11-23"
  constexpr std::size_t kDateAndTime = 19;  // "2026-11-23 04:05:06"
  const bool has_time = text.size() == kDateAndTime && text[kDate] == ' ';
  if (!has_time && text.size() != kDate) return std::nullopt;
  if (text < "2000" || text.starts_with("9999")) return std::nullopt;  // it was never set
  if (has_time) {
    const auto time = parse_clock(text, ' ');
    return time ? std::optional(zone.time_of_local(*time)) : std::nullopt;
  }
  const auto day = parse_day(text);
  if (!day) return std::nullopt;
  return zone.start_of(*day) + std::chrono::days(days_of_date);
}

}  // namespace

std::optional<UtcSeconds> read_expense_begin(std::string_view text, BillingZone zone) {
  return read_expense_time(text, zone, 0);
}

std::optional<UtcSeconds> read_expense_end(std::string_view text, BillingZone zone) {
  return read_expense_time(text, zone, 1);
}

template <typename Bill>
Result<BillPageOf<Bill>, Failure> BillPageOf<Bill>::open(HttpResponse& response) {
  BillEnvelope envelope;
  Rows rows;
  bool has_list = false;
  auto opened = open_response(response, [&](std::string_view name, JsonValue value) {
    if (name == "Total") return read_total(value, envelope.total);
    if (name == "Limit") return kFieldReader.read_count(value, envelope.limit);
    if (name == "Offset") return kFieldReader.read_count(value, envelope.offset);
    if (name != "List") return JsonProblem{};
    has_list = true;
    return Bill::kReader.read(value, rows);
  });
  // A row that is no JSON hides what is behind it, but not the error of the metadata before it.
  if (!opened && rows.problem && opened.error().reason == Reason::kDecode) {
    return failure_of(rows.rows.size() + 1, *rows.problem);
  }
  if (!opened) return std::move(opened).error();
  if (!has_list && envelope.total != 0) return response_not_understood("no List");
  return BillPageOf(envelope, std::move(rows));
}

template <typename Bill>
std::uint64_t BillPageOf<Bill>::digest() const {
  return page_digest(rows_.bytes);
}

template <typename Bill>
Result<std::int64_t, Failure> BillPageOf<Bill>::read_rows(
    const BillTerms& terms, Regions& regions, const std::function<bool(const Row&)>& take) const {
  std::size_t number = 0;
  Row row;
  constexpr bool kIsCharge = std::is_same_v<typename Bill::BilledRow, Charge>;
  VolcengineTags tags(kIsCharge ? ';' : ',');
  std::string mode;
  for (const auto& fields : rows_.rows) {
    ++number;
    if (const auto problem = fill_amounts(Bill(), fields, row.bill.amounts)) {
      return failure_of(number, *problem);
    }
    const auto& texts = fields.texts;
    row.bill.service_type = texts[kProduct];
    row.bill.service_name = fields.unread[kProductName] ? std::string_view() : texts[kProductName];
    row.bill.region_id = region_of(Bill(), fields, regions);
    row.bill.billing_mode = billing_mode(texts[kBillingMode], mode);
    row.bill.sub_account_id = texts[kOwner];
    row.bill.sub_account_name = owner_name(fields);
    row.bill.project = texts[kProject];
    const auto own_currency = read_currency(texts[kCurrency]);
    if (!own_currency && !texts[kCurrency].empty()) {
      return failure_of(number, {"Currency", kNotACurrency});
    }
    row.bill.currency = own_currency ? own_currency->text() : terms.currency;
    row.bill.lacked = lacked_by(Bill(), fields);
    row.bill.unread_tags = tags.read(texts[kTag], row.bill.tags);
    if (fields.unread[kTag] && row.bill.unread_tags == 0) row.bill.unread_tags = 1;  // all of them
    row.id = texts[kId];
    row.payer_id = texts[kPayer];
    row.expense_end = read_expense_end(texts[kExpenseEnd], terms.site.zone);
    if constexpr (kIsCharge) {
      row.bill.details = charge_details(fields, terms.site.zone);
      row.bill.details.end = row.expense_end;
    }
    if (!take(row)) {
      return failure_of(number, {"the sum of all rows", describe(AmountError::kOverflow)});
    }
  }
  if (rows_.problem) return failure_of(number + 1, *rows_.problem);
  return static_cast<std::int64_t>(number);
}

template class BillPageOf<DetailBill>;
template class BillPageOf<TaxedDetailBill>;
template class BillPageOf<AmortizedBill>;
template class BillPageOf<TaxedAmortizedBill>;
template class BillPageOf<DetailCharges>;
template class BillPageOf<TaxedDetailCharges>;
template class BillPageOf<AmortizedCharges>;
template class BillPageOf<TaxedAmortizedCharges>;

}  // namespace cloud_billing::volcengine
