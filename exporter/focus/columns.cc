#include "focus/columns.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "focus/tags_json.h"

namespace cloud_billing {
namespace {

void add_optional(CsvLines& line, const OptionalAmount& amount) {
  if (amount) {
    line.add_decimal(*amount);
  } else {
    line.add_none();
  }
}

// Most rows begin or end with their month.
void add_moment(CsvLines& line, UtcSeconds time, UtcSeconds of_month, std::string_view text) {
  if (time == of_month) {
    line.add_word(text);
  } else {
    line.add_time(time);
  }
}

void add_none(const FocusRow& /*row*/, CsvLines& line) { line.add_none(); }

void add_issuer(const FocusRow& row, CsvLines& line) { line.add_text(row.month.issuer); }

template <std::string_view ChargeDetails::*kText>
void add_detail(const FocusRow& row, CsvLines& line) {
  line.add_text(row.charge.details.*kText);
}

template <std::string_view BillRow::*kText>
void add_of_row(const FocusRow& row, CsvLines& line) {
  line.add_text(row.charge.*kText);
}

template <Amount FocusRow::*kCost>
void add_cost(const FocusRow& row, CsvLines& line) {
  line.add_decimal(row.*kCost);
}

template <OptionalAmount FocusRow::*kAmount>
void add_if_known(const FocusRow& row, CsvLines& line) {
  add_optional(line, row.*kAmount);
}

std::string_view or_else(std::string_view text, std::string_view other) {
  return text.empty() ? other : text;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
}

std::string_view service_of(const FocusRow& row) {
  return or_else(row.charge.service_type, "Other");
}

// In ASCII, if the service's code is: of a region that has a name only there is nothing.
void add_description(const FocusRow& row, CsvLines& line) {
  const std::string_view region = or_else(row.region_id, "global");
  const bool names_region = is_ascii(region);
  line.add_joined({service_of(row), " ", row.charge.billing_mode,
                   row.family == ChargeFamily::kShare ? " share " : " ",
                   names_region ? region : std::string_view(), names_region ? " " : "",
                   row.month.text});
}

void add_quantity(const FocusRow& row, CsvLines& line) { add_optional(line, row.quantity); }

void add_unit(const FocusRow& row, CsvLines& line) {
  line.add_text(row.quantity ? row.charge.details.unit : std::string_view());
}

void add_region_name(const FocusRow& row, CsvLines& line) {
  if (row.region_id.empty()) return line.add_none();
  line.add_text(or_else(row.charge.details.region_name, row.region_id));
}

void add_sub_account_name(const FocusRow& row, CsvLines& line) {
  if (!row.has_sub_account) return line.add_none();
  line.add_text(or_else(row.charge.sub_account_name, row.charge.sub_account_id));
}

void add_tags(const FocusRow& row, CsvLines& line) {
  const auto& tags = row.charge.tags;
  if (tags.empty()) return line.add_none();
  line.add_doubled_by([&tags](std::string& text) { append_tags_json(text, tags, R"("")"); });
}

void add_coupon_amount(const FocusRow& row, CsvLines& line) {
  if (row.charge.lacked[index_of(Measure::kCouponAmount)]) return line.add_none();
  line.add_decimal(row.charge.amounts[index_of(Measure::kCouponAmount)]);
}

constexpr auto kString = ColumnType::kString;
constexpr auto kDecimal = ColumnType::kDecimal;
constexpr auto kDateTime = ColumnType::kDateTime;
constexpr auto kNever = Nulls::kNever;
constexpr auto kAllowed = Nulls::kAllowed;

constexpr std::array kColumns{
    Column{"AvailabilityZone", kString, kAllowed, add_detail<&ChargeDetails::availability_zone>},
    Column{"BilledCost", kDecimal, kNever, add_cost<&FocusRow::billed_cost>},
    Column{"BillingAccountId", kString, kNever,
           [](const FocusRow& row, CsvLines& line) { line.add_text(row.billing_account_id); }},
    Column{"BillingAccountName", kString, kAllowed,
           [](const FocusRow& row, CsvLines& line) { line.add_text(row.month.account); }},
    Column{"BillingCurrency", kString, kNever, add_of_row<&BillRow::currency>},
    Column{"BillingPeriodEnd", kDateTime, kNever,
           [](const FocusRow& row, CsvLines& line) { line.add_word(row.month.end_text); }},
    Column{"BillingPeriodStart", kDateTime, kNever,
           [](const FocusRow& row, CsvLines& line) { line.add_word(row.month.start_text); }},
    Column{"ChargeCategory", kString, kNever,
           [](const FocusRow& row, CsvLines& line) {
             line.add_word(row.is_usage ? "Usage" : "Purchase");
           }},
    Column{"ChargeClass", kString, kAllowed,
           [](const FocusRow& row, CsvLines& line) {
             line.add_word(row.charge.details.corrects_earlier_month ? "Correction" : "");
           }},
    Column{"ChargeDescription", kString, kAllowed, add_description},
    Column{"ChargeFrequency", kString, kNever,
           [](const FocusRow& row, CsvLines& line) {
             line.add_word(row.is_usage ? "Usage-Based" : "One-Time");
           }},
    Column{"ChargePeriodEnd", kDateTime, kNever,
           [](const FocusRow& row, CsvLines& line) {
             add_moment(line, row.end, row.month.end, row.month.end_text);
           }},
    Column{"ChargePeriodStart", kDateTime, kNever,
           [](const FocusRow& row, CsvLines& line) {
             add_moment(line, row.start, row.month.start, row.month.start_text);
           }},
    Column{"ConsumedQuantity", kDecimal, kAllowed, add_quantity},
    Column{"ConsumedUnit", kString, kAllowed, add_unit},
    Column{"ContractedCost", kDecimal, kNever, add_cost<&FocusRow::contracted_cost>},
    Column{"ContractedUnitPrice", kDecimal, kAllowed,
           add_if_known<&FocusRow::contracted_unit_price>},
    Column{"EffectiveCost", kDecimal, kNever, add_cost<&FocusRow::effective_cost>},
    Column{"InvoiceId", kString, kAllowed, add_none},
    Column{"InvoiceIssuerName", kString, kNever, add_issuer},
    Column{"ListCost", kDecimal, kNever, add_cost<&FocusRow::list_cost>},
    Column{"ListUnitPrice", kDecimal, kAllowed, add_if_known<&FocusRow::list_unit_price>},
    Column{"PricingCategory", kString, kNever,
           [](const FocusRow& /*row*/, CsvLines& line) { line.add_word("Standard"); }},
    Column{"PricingQuantity", kDecimal, kAllowed, add_quantity},
    Column{"PricingUnit", kString, kAllowed, add_unit},
    Column{"ProviderName", kString, kNever, add_issuer},
    Column{"PublisherName", kString, kNever, add_issuer},
    Column{"RegionId", kString, kAllowed,
           [](const FocusRow& row, CsvLines& line) { line.add_text(row.region_id); }},
    Column{"RegionName", kString, kAllowed, add_region_name},
    Column{"ResourceId", kString, kAllowed, add_detail<&ChargeDetails::resource_id>},
    Column{"ResourceName", kString, kAllowed, add_detail<&ChargeDetails::resource_name>},
    Column{"ResourceType", kString, kAllowed, add_detail<&ChargeDetails::resource_type>},
    Column{"ServiceCategory", kString, kNever,
           [](const FocusRow& row, CsvLines& line) { line.add_text(row.category.category); }},
    Column{"ServiceName", kString, kNever,
           [](const FocusRow& row, CsvLines& line) { line.add_text(service_of(row)); }},
    Column{"ServiceSubcategory", kString, kNever,
           [](const FocusRow& row, CsvLines& line) { line.add_text(row.category.subcategory); }},
    Column{"SkuId", kString, kAllowed, add_detail<&ChargeDetails::sku_id>},
    Column{"SkuPriceId", kString, kAllowed, add_none},
    Column{"SubAccountId", kString, kAllowed,
           [](const FocusRow& row, CsvLines& line) {
             line.add_text(row.has_sub_account ? row.charge.sub_account_id : std::string_view());
           }},
    Column{"SubAccountName", kString, kAllowed, add_sub_account_name},
    Column{"Tags", ColumnType::kJson, kAllowed, add_tags},
    Column{"x_Account", kString, kNever,
           [](const FocusRow& row, CsvLines& line) { line.add_text(row.month.account); }},
    Column{"x_BillRowId", kString, kAllowed, add_detail<&ChargeDetails::row_id>},
    Column{"x_BillingMode", kString, kAllowed, add_of_row<&BillRow::billing_mode>},
    Column{"x_BillingMonth", kString, kNever,
           [](const FocusRow& row, CsvLines& line) { line.add_word(row.month.text); }},
    Column{"x_CouponAmount", kDecimal, kAllowed, add_coupon_amount},
    Column{
        "x_EffectiveCostBasis", kString, kNever,
        [](const FocusRow& row,
           CsvLines& line) { line.add_word(row.effective_is_amortized ? "amortized" : "billed"); }},
    Column{
        "x_ListCostBasis", kString, kNever,
        [](const FocusRow& row,
           CsvLines&
               line) { line.add_word(row.charge.details.has_list_cost ? "list" : "contracted"); }},
    Column{"x_Project", kString, kAllowed, add_of_row<&BillRow::project>},
    Column{"x_ResourceShortId", kString, kAllowed, add_detail<&ChargeDetails::resource_short_id>},
    Column{"x_ServiceDisplayName", kString, kAllowed, add_of_row<&BillRow::service_name>}};

// Calls for each column what is known of it when this is compiled.
template <std::size_t... kAt>
void add_fields(CsvLines& line, const FocusRow& row, std::index_sequence<kAt...> /*columns*/) {
  (kColumns[kAt].write(row, line), ...);
}

}  // namespace

std::span<const Column> focus_columns() { return kColumns; }

void add_header(CsvLines& line) {
  for (const Column& column : kColumns) line.add_text(column.id);
  line.end_line();
}

void add_line(CsvLines& line, const FocusRow& row) {
  add_fields(line, row, std::make_index_sequence<kColumns.size()>());
  line.end_line();
}

}  // namespace cloud_billing
