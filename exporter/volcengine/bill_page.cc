#include "volcengine/bill_page.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "core/ascii.h"
#include "core/text_hash.h"
#include "volcengine/response.h"

namespace cloud_billing::volcengine {
namespace {

enum RowText : std::size_t {
  kId,
  kProduct,
  kProductName,
  kBillingMode,
  kRegionCode,
  kZoneCode,
  kOwner,
  kPayer,
  kProject,
  kTag,
  kCurrency,
  kExpenseEnd,
  kRowTexts
};
enum RowAmount : std::size_t {
  kOriginal,
  kDiscounted,
  kCoupon,
  kPayable,
  kPaid,
  kUnpaid,
  kRowAmounts
};

// Texts first, then amounts. It is BillDetailId with a small d, and PayerID with a capital one.
constexpr std::array<std::string_view, std::size_t{kRowTexts} + kRowAmounts> kRowNames{
    "BillDetailId",
    "Product",
    "ProductZh",
    "BillingMode",
    "RegionCode",
    "ZoneCode",
    "OwnerID",
    "PayerID",
    "Project",
    "Tag",
    "Currency",
    "ExpenseEndTime",
    "OriginalBillAmount",
    "DiscountBillAmount",
    "CouponAmount",
    "PayableAmount",
    "PaidAmount",
    "UnpaidAmount"};
constexpr FieldTable kRowFields(kRowNames);
using RowFinder = FieldFinder<kRowNames.size()>;

struct RowFields {
  friend bool operator==(const RowFields&, const RowFields&) = default;

  std::array<std::string_view, kRowTexts> texts{};
  std::array<OptionalAmount, kRowAmounts> amounts{};

  [[nodiscard]] Amount amount(RowAmount field) const { return amounts[field].value_or(Amount{}); }
};

struct RowProblem {
  std::string_view field;
  JsonProblem problem;
};

// What cannot be read of these costs no amount.
constexpr bool is_optional_text(std::size_t field) {
  return field == kProductName || field == kTag;
}

std::optional<RowProblem> read_fields(JsonObject row, RowFinder& finder, RowFields& fields) {
  finder.start_object();
  for (auto element : row) {
    if (element.error() != simdjson::SUCCESS) return RowProblem{"a field", "not JSON"};
    JsonField& field = element.value_unsafe();  // not copied: most fields are passed over
    const std::size_t index = finder.find(field);
    if (index == RowFinder::kNotInTable) continue;
    if (index == RowFinder::kIllFormed) return RowProblem{"a field", "not JSON"};
    JsonValue& value = field.value();
    const JsonProblem problem =
        index < kRowTexts ? read_optional_text(value, fields.texts[index])
                          : read_optional_amount(value, fields.amounts[index - kRowTexts]);
    if (!problem.empty() && is_optional_text(index)) {
      fields.texts[index] = {};
    } else if (!problem.empty()) {
      return RowProblem{kRowNames[index], problem};
    }
  }
  return std::nullopt;
}

// PayableAmount is not derived from the others: bills that are not settled show it as 0.
std::optional<RowProblem> fill_amounts(const RowFields& fields, MeasureAmounts& amounts) {
  if (!fields.amounts[kPayable]) return RowProblem{"PayableAmount", "missing"};
  if (!fields.amounts[kOriginal]) return RowProblem{"OriginalBillAmount", "missing"};
  Amount discount = *fields.amounts[kOriginal];
  if (!discount.subtract(fields.amount(kDiscounted))) {
    return RowProblem{"the difference of its amounts", describe(AmountError::kOverflow)};
  }
  amounts[index_of(Measure::kBilledCost)] = *fields.amounts[kPayable];
  amounts[index_of(Measure::kListCost)] = *fields.amounts[kOriginal];
  amounts[index_of(Measure::kPaidAmount)] = fields.amount(kPaid);
  amounts[index_of(Measure::kUnpaidAmount)] = fields.amount(kUnpaid);
  amounts[index_of(Measure::kCouponAmount)] = fields.amount(kCoupon);
  amounts[index_of(Measure::kDiscountAmount)] = discount;
  return std::nullopt;
}

// Notes where the rows stand without reading them; null counts as no rows.
JsonProblem skim_rows(JsonValue value, std::string_view& text) {
  if (is_of_type(value, JsonType::null)) return {};
  JsonArray rows;
  if (!is_of_type(value, JsonType::array) || value.get_array().get(rows) != simdjson::SUCCESS ||
      rows.raw_json().get(text) != simdjson::SUCCESS) {
    return "not a list";
  }
  return {};
}

struct BillingModeWord {
  std::string_view text;
  std::string_view digit;
  std::string_view mode;
};
constexpr std::array kBillingModes{
    BillingModeWord{"按量计费", "2", "postpaid"}, BillingModeWord{"包年包月", "1", "prepaid"},
    BillingModeWord{"合同计费", "3", "contract"}, BillingModeWord{"履约计费", "4", "fulfillment"}};

}  // namespace

std::string_view billing_mode(std::string_view text, std::string& storage) {
  for (const BillingModeWord& word : kBillingModes) {
    if (text == word.text || text == word.digit) return word.mode;
  }
  storage = to_lower_case(text);
  return storage;
}

std::optional<UtcSeconds> read_expense_end(std::string_view text) {
  constexpr std::size_t kDate = 10;         // "2026-11-23"
  constexpr std::size_t kDateAndTime = 19;  // "2026-11-23 04:05:06"
  const bool has_time = text.size() == kDateAndTime && text[kDate] == ' ';
  if (!has_time && text.size() != kDate) return std::nullopt;
  std::string form = "0000-00-00T00:00:00Z";
  std::copy(text.begin(), text.end(), form.begin());
  form[kDate] = 'T';
  const auto time = parse_utc(form);
  if (!time) return std::nullopt;
  return *time - kBillingUtcOffset + std::chrono::days(has_time ? 0 : 1);
}

Result<BillPage, Failure> BillPage::open(HttpResponse& response) {
  BillEnvelope envelope;
  std::string_view rows_text;
  auto document = open_response(response, [&](std::string_view name, JsonValue value) {
    if (name == "Total") return read_total(value, envelope.total);
    if (name == "Limit") return read_count(value, envelope.limit);
    if (name == "Offset") return read_count(value, envelope.offset);
    if (name == "List") return skim_rows(value, rows_text);
    return JsonProblem{};
  });
  if (!document) return std::move(document).error();
  return BillPage(std::move(document).value(), envelope, rows_text);
}

std::uint64_t BillPage::digest() const { return TextHash{}(rows_text_); }

Result<std::int64_t, Failure> BillPage::read_rows(std::string_view currency, Regions& regions,
                                                  const std::function<bool(const Row&)>& take) {
  if (rows_text_.empty()) return std::int64_t{0};
  JsonObject result;
  JsonArray rows;
  if (document_.find_field("Result").get_object().get(result) != simdjson::SUCCESS ||
      result.find_field("List").get_array().get(rows) != simdjson::SUCCESS) {
    return response_not_understood("List: not a list");
  }
  std::int64_t number = 0;
  const auto problem_of = [&number](const RowProblem& problem) {
    return response_not_understood("row " + std::to_string(number) + ": " +
                                   std::string(problem.field) + ": " +
                                   std::string(problem.problem));
  };
  Row row;
  VolcengineTags tags;
  std::string mode;
  RowFields first;
  RowFinder finder(kRowFields);
  for (auto element : rows) {
    ++number;
    JsonObject object;
    if (element.get_object().get(object) != simdjson::SUCCESS) {
      return problem_of({"List", "not a JSON object"});
    }
    RowFields fields;
    if (const auto problem = read_fields(object, finder, fields)) return problem_of(*problem);
    if (const auto problem = fill_amounts(fields, row.bill.amounts)) return problem_of(*problem);
    if (number == 1) first = fields;
    rows_alike_ = rows_alike_ && fields == first;
    const auto& texts = fields.texts;
    row.bill.service_type = texts[kProduct];
    row.bill.service_name = texts[kProductName];
    row.bill.region_id = regions.region_of(texts[kRegionCode], texts[kZoneCode]);
    row.bill.billing_mode = billing_mode(texts[kBillingMode], mode);
    row.bill.sub_account_id = texts[kOwner];
    row.bill.project = texts[kProject];
    row.bill.currency = texts[kCurrency].empty() ? currency : texts[kCurrency];
    tags.read(texts[kTag], row.bill.tags);
    row.id = texts[kId];
    row.payer_id = texts[kPayer];
    row.expense_end = read_expense_end(texts[kExpenseEnd]);
    if (!take(row)) {
      return problem_of({"the sum of all rows", describe(AmountError::kOverflow)});
    }
  }
  return number;
}

}  // namespace cloud_billing::volcengine
