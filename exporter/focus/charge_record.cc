#include "focus/charge_record.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace cloud_billing {
namespace {

constexpr std::array kRowTexts{
    &BillRow::service_type, &BillRow::service_name,   &BillRow::region_id,
    &BillRow::billing_mode, &BillRow::sub_account_id, &BillRow::sub_account_name,
    &BillRow::account_id,   &BillRow::project,        &BillRow::currency};
constexpr std::array kDetailTexts{&ChargeDetails::row_id,        &ChargeDetails::payer_id,
                                  &ChargeDetails::region_name,   &ChargeDetails::availability_zone,
                                  &ChargeDetails::resource_id,   &ChargeDetails::resource_short_id,
                                  &ChargeDetails::resource_name, &ChargeDetails::resource_type,
                                  &ChargeDetails::sku_id,        &ChargeDetails::quantity,
                                  &ChargeDetails::unit,          &ChargeDetails::unit_price};

// What a record holds beside its texts and tags.
struct Numbers {
  MeasureAmounts amounts;
  Amount contracted_cost;
  std::int64_t start = 0;
  std::int64_t end = 0;
  std::uint32_t lacked = 0;
  std::uint32_t tags = 0;
  bool has_contracted_cost = false;
  bool has_list_cost = false;
  bool corrects_earlier_month = false;
  bool has_start = false;
  bool has_end = false;
};
static_assert(std::is_trivially_copyable_v<Numbers>);

// Seven bits in a byte, the lowest first; the highest bit says that more follow.
void append_length(std::string& bytes, std::size_t length) {
  while (length >= 0x80U) {
    bytes += static_cast<char>(length | 0x80U);
    length >>= 7U;
  }
  bytes += static_cast<char>(length);
}

std::size_t take_length(std::string_view& bytes) {
  std::size_t length = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    length |= static_cast<std::size_t>(byte & 0x7FU) << shift;
    if (byte < 0x80U) return length;
  }
}

void append_text(std::string& bytes, std::string_view text) {
  append_length(bytes, text.size());
  bytes += text;
}

std::string_view take_text(std::string_view& bytes) {
  const std::size_t length = take_length(bytes);
  const std::string_view text = bytes.substr(0, length);
  bytes.remove_prefix(length);
  return text;
}

std::int64_t seconds(const std::optional<UtcSeconds>& time) {
  return time ? time->time_since_epoch().count() : 0;
}

std::optional<UtcSeconds> time_of(bool is_there, std::int64_t seconds) {
  if (!is_there) return std::nullopt;
  return UtcSeconds(std::chrono::seconds(seconds));
}

}  // namespace

void append_charge(std::string& bytes, const BillRow& row, const ChargeDetails& details) {
  Numbers numbers;
  numbers.amounts = row.amounts;
  numbers.contracted_cost = details.contracted_cost.value_or(Amount());
  numbers.start = seconds(details.start);
  numbers.end = seconds(details.end);
  numbers.lacked = static_cast<std::uint32_t>(row.lacked.to_ulong());
  numbers.tags = static_cast<std::uint32_t>(row.tags.size());
  numbers.has_contracted_cost = details.contracted_cost.has_value();
  numbers.has_list_cost = details.has_list_cost;
  numbers.corrects_earlier_month = details.corrects_earlier_month;
  numbers.has_start = details.start.has_value();
  numbers.has_end = details.end.has_value();
  std::array<char, sizeof numbers> raw{};
  std::memcpy(raw.data(), &numbers, raw.size());
  bytes.append(raw.data(), raw.size());
  for (const auto text : kRowTexts) append_text(bytes, row.*text);
  for (const auto text : kDetailTexts) append_text(bytes, details.*text);
  for (const Tag& tag : row.tags) {
    append_text(bytes, tag.key);
    append_text(bytes, tag.value);
  }
}

void take_charge(std::string_view& bytes, Charge& charge) {
  Numbers numbers;
  std::memcpy(&numbers, bytes.data(), sizeof numbers);
  bytes.remove_prefix(sizeof numbers);
  charge.amounts = numbers.amounts;
  charge.lacked = MeasureSet(numbers.lacked);
  ChargeDetails& details = charge.details;
  details.contracted_cost =
      numbers.has_contracted_cost ? OptionalAmount(numbers.contracted_cost) : std::nullopt;
  details.has_list_cost = numbers.has_list_cost;
  details.corrects_earlier_month = numbers.corrects_earlier_month;
  details.start = time_of(numbers.has_start, numbers.start);
  details.end = time_of(numbers.has_end, numbers.end);
  for (const auto text : kRowTexts) charge.*text = take_text(bytes);
  for (const auto text : kDetailTexts) details.*text = take_text(bytes);
  charge.tags.clear();
  for (std::uint32_t i = 0; i < numbers.tags; ++i) {
    const std::string_view key = take_text(bytes);
    charge.tags.push_back({key, take_text(bytes)});
  }
}

}  // namespace cloud_billing
