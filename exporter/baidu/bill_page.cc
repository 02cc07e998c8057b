#include "baidu/bill_page.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

#include "baidu/response.h"
#include "baidu/tags.h"
#include "core/text_hash.h"

namespace cloud_billing::baidu {
namespace {

// ---- envelope ----

// Pages that differ have the same digest by chance only, once in 2^64. Eight lanes keep the
// processor busy: the rows are most of what is read.
std::uint64_t digest_of(std::string_view bytes) {
  constexpr std::uint64_t kOddConstant = 0x9E3779B97F4A7C15;
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  std::array<std::uint64_t, 8> lanes{1, 2, 3, 4, 5, 6, 7, 8};
  const auto mix_word = [&](std::size_t lane) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + lane * kWord, kWord);
    lanes[lane] = std::rotl((lanes[lane] ^ word) * kOddConstant, 29);
  };
  for (; bytes.size() >= lanes.size() * kWord; bytes.remove_prefix(lanes.size() * kWord)) {
    mix_word(0);
    mix_word(1);
    mix_word(2);
    mix_word(3);
    mix_word(4);
    mix_word(5);
    mix_word(6);
    mix_word(7);
  }
  std::string rest(bytes);
  for (const std::uint64_t lane : lanes) rest += std::to_string(lane) + ' ';
  return TextHash{}(rest);
}

// "/" reads as empty.
JsonProblem copy_text(JsonValue value, std::string& copy) {
  std::string_view text;
  const JsonProblem problem = read_text(value, text);
  copy = text == "/" ? std::string_view{} : text;
  return problem;
}

// ---- rows ----

enum RowText : std::size_t {
  kAccountId,
  kServiceType,
  kServiceTypeName,
  kProductType,
  kRegion,
  kTag,
  kRowTexts
};
enum RowAmount : std::size_t {
  kOrigin,
  kFinance,
  kDiscount,
  kCoupon,
  kDiscountCoupon,
  kCashEquivalentCoupon,
  kVoucher,
  kDiscountVoucher,
  kCash,
  kRebate,
  kCreditCost,
  kCreditRefund,
  kDebt,
  kRowAmounts
};

// Texts first, then amounts. The voucher names are the older documents' spelling of the coupon
// fields.
constexpr std::array<std::string_view, std::size_t{kRowTexts} + kRowAmounts> kRowNames{
    "accountId",
    "serviceType",
    "serviceTypeName",
    "productType",
    "region",
    "tag",
    "originPrice",
    "financePrice",
    "discountPrice",
    "couponPrice",
    "discountCouponPrice",
    "cashEquivalentCouponPrice",
    "voucherPrice",
    "discountvoucherPrice",
    "cash",
    "rebate",
    "creditCost",
    "creditRefund",
    "debt"};
constexpr FieldTable kRowFields(kRowNames);
using RowFinder = FieldFinder<kRowNames.size()>;

struct RowFields {
  friend bool operator==(const RowFields&, const RowFields&) = default;

  std::array<std::string_view, kRowTexts> texts{};
  std::array<OptionalAmount, kRowAmounts> amounts{};

  [[nodiscard]] std::string_view text(RowText field) const {
    return texts[field] == "/" ? std::string_view{} : texts[field];
  }
  // The first of the two that is there.
  [[nodiscard]] Amount amount(RowAmount field, RowAmount older) const {
    return amounts[field] ? *amounts[field] : amounts[older].value_or(Amount{});
  }
};

struct RowProblem {
  std::string_view field;
  JsonProblem problem;
};

Failure failure_of(std::size_t row, const RowProblem& problem) {
  return response_not_understood("row " + std::to_string(row) + ": " + std::string(problem.field) +
                                 ": " + std::string(problem.problem));
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
    const JsonProblem problem = index < kRowTexts
                                    ? read_text(value, fields.texts[index])
                                    : read_amount(value, fields.amounts[index - kRowTexts]);
    // A display name that cannot be read costs no amount.
    if (!problem.empty() && index == kServiceTypeName) {
      fields.texts[kServiceTypeName] = {};
    } else if (!problem.empty()) {
      return RowProblem{kRowNames[index], problem};
    }
  }
  return std::nullopt;
}

std::optional<RowProblem> fill_amounts(const RowFields& fields, MeasureAmounts& amounts) {
  if (!fields.amounts[kFinance]) return RowProblem{"financePrice", "missing"};
  if (!fields.amounts[kOrigin]) return RowProblem{"originPrice", "missing"};

  const auto sum = [&fields](std::initializer_list<std::pair<RowAmount, RowAmount>> parts,
                             Amount& total) {
    total = Amount{};
    bool fits = true;
    for (const auto& [field, older] : parts) fits = total.add(fields.amount(field, older)) && fits;
    return fits;
  };
  amounts[index_of(Measure::kBilledCost)] = *fields.amounts[kFinance];
  amounts[index_of(Measure::kListCost)] = *fields.amounts[kOrigin];
  amounts[index_of(Measure::kDiscountAmount)] = fields.amount(kDiscount, kDiscount);
  amounts[index_of(Measure::kUnpaidAmount)] = fields.amount(kDebt, kDebt);
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

std::string_view billing_mode_of(std::string_view product_type, std::string_view listing_mode) {
  if (product_type == "prepay") return "prepaid";
  if (product_type == "postpay") return "postpaid";
  return listing_mode;
}

void fill_row(const RowFields& fields, const RowContext& context, BillRow& row) {
  row.service_type = fields.text(kServiceType);
  row.service_name = fields.text(kServiceTypeName);
  row.region_id = fields.text(kRegion).empty() ? "global" : fields.text(kRegion);
  row.billing_mode = billing_mode_of(fields.text(kProductType), context.billing_mode);
  row.sub_account_id = context.sub_account_id;
  row.account_id = fields.text(kAccountId);
  row.currency = context.currency;
  split_tags(fields.text(kTag), context.tag_separators, row.tags);
}

}  // namespace

// What is read of an answer's rows, as far as they are readable: an answer is walked once, and what
// it says of itself may stand behind them.
struct BillRows {
  std::vector<RowFields> fields;
  std::optional<RowProblem> problem;  // of the row behind the last of them
};

namespace {

// Null counts as no rows.
JsonProblem read_bills(JsonValue value, BillRows& rows, PageFacts& facts) {
  constexpr std::size_t kUsualRows = 128;
  rows = {};
  JsonType type{};
  if (value.type().get(type) != simdjson::SUCCESS) return "not a list";
  if (type == JsonType::null) return {};
  const char* const begin = value.raw_json_token().data();
  JsonArray list;
  if (type != JsonType::array || value.get_array().get(list) != simdjson::SUCCESS) {
    return "not a list";
  }
  rows.fields.reserve(kUsualRows);
  RowFinder finder(kRowFields);
  for (auto element : list) {
    JsonObject row;
    if (element.get_object().get(row) != simdjson::SUCCESS) {
      rows.problem = {"bills", "not a JSON object"};
      return {};
    }
    rows.problem = read_fields(row, finder, rows.fields.emplace_back());
    if (rows.problem) {
      rows.fields.pop_back();
      return {};
    }
  }
  const char* end = nullptr;
  if (value.current_location().get(end) != simdjson::SUCCESS) return "not JSON";
  facts.digest = digest_of({begin, static_cast<std::size_t>(end - begin)});
  return {};
}

}  // namespace

Result<BillPage, Failure> BillPage::open(HttpResponse& response) {
  BillEnvelope envelope;
  const auto rows = std::make_shared<BillRows>();
  bool has_bills = false;
  auto opened = open_response(response, [&](std::string_view name, JsonValue value) {
    if (name == "pageNo") return read_count(value, envelope.facts.page);
    if (name == "pageSize") return read_count(value, envelope.facts.page_size);
    if (name == "totalCount") return read_count(value, envelope.facts.total);
    if (name == "accountId") return copy_text(value, envelope.account_id);
    if (name == "subAccountId") return copy_text(value, envelope.sub_account_id);
    if (name != "bills") return JsonProblem{};
    has_bills = true;
    return read_bills(value, *rows, envelope.facts);
  });
  // A row that is no JSON hides what is behind it.
  if (!opened && !rows->problem) return std::move(opened).error();
  if (!opened) return failure_of(rows->fields.size() + 1, *rows->problem);
  // An error is no bill, even beside an empty list: it would show a real zero.
  if (!opened->code.empty() || !has_bills) return opened->explain_missing(response.status, "bills");
  return BillPage(std::move(envelope), rows);
}

Result<std::int64_t, Failure> BillPage::read_rows(
    const RowContext& context, const std::function<bool(const BillRow&)>& take) const {
  std::size_t number = 0;
  BillRow row;
  for (const RowFields& fields : rows_->fields) {
    ++number;
    if (const auto problem = fill_amounts(fields, row.amounts)) {
      return failure_of(number, *problem);
    }
    fill_row(fields, context, row);
    if (!take(row)) {
      return failure_of(number, {"the sum of all rows", describe(AmountError::kOverflow)});
    }
  }
  if (rows_->problem) return failure_of(number + 1, *rows_->problem);
  return static_cast<std::int64_t>(number);
}

bool BillPage::rows_alike() const {
  const auto& all = rows_->fields;
  return std::all_of(all.begin(), all.end(),
                     [&all](const RowFields& fields) { return fields == all.front(); });
}

}  // namespace cloud_billing::baidu
