#include "focus/charge_record.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <numeric>
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

// How long the texts are, in this order: the row's, the details'.
constexpr std::size_t kTexts = kRowTexts.size() + kDetailTexts.size();

// What a record begins with: its numbers, and how much of texts follows.
struct Head {
  MeasureAmounts amounts;
  Amount contracted_cost;
  std::int64_t start = 0;
  std::int64_t end = 0;
  std::array<std::uint32_t, kTexts> lengths{};
  std::uint32_t lacked = 0;
  std::uint32_t tags = 0;
  bool has_contracted_cost = false;
  bool has_list_cost = false;
  bool corrects_earlier_month = false;
  bool has_start = false;
  bool has_end = false;
};
static_assert(std::is_trivially_copyable_v<Head>);

struct TagHead {
  std::uint32_t key = 0;  // the lengths
  std::uint32_t value = 0;
};

std::uint32_t length_of(std::string_view text) { return static_cast<std::uint32_t>(text.size()); }

// Puts one thing behind the other into memory that is large enough.
class Filler {
 public:
  explicit Filler(char* at) : at_(at) {}

  void put(std::string_view text) { at_ = std::copy(text.begin(), text.end(), at_); }
  template <typename Value>
  void put_bytes_of(const Value& value) {
    std::memcpy(at_, &value, sizeof value);
    at_ += sizeof value;
  }

 private:
  char* at_;
};

template <typename Value>
void take_bytes_of(std::string_view& bytes, Value& value) {
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.remove_prefix(sizeof value);
}

std::string_view take_text(std::string_view& bytes, std::uint32_t length) {
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
  Head head;
  head.amounts = row.amounts;
  head.contracted_cost = details.contracted_cost.value_or(Amount());
  head.start = seconds(details.start);
  head.end = seconds(details.end);
  head.lacked = static_cast<std::uint32_t>(row.lacked.to_ulong());
  head.tags = static_cast<std::uint32_t>(row.tags.size());
  head.has_contracted_cost = details.contracted_cost.has_value();
  head.has_list_cost = details.has_list_cost;
  head.corrects_earlier_month = details.corrects_earlier_month;
  head.has_start = details.start.has_value();
  head.has_end = details.end.has_value();
  auto length = head.lengths.begin();
  for (const auto text : kRowTexts) *length++ = length_of(row.*text);
  for (const auto text : kDetailTexts) *length++ = length_of(details.*text);

  std::size_t size = std::accumulate(head.lengths.begin(), head.lengths.end(), sizeof head);
  for (const Tag& tag : row.tags) size += sizeof(TagHead) + tag.key.size() + tag.value.size();
  const std::size_t begin = bytes.size();
  bytes.resize(begin + size);
  Filler filler(bytes.data() + begin);
  filler.put_bytes_of(head);
  for (const auto text : kRowTexts) filler.put(row.*text);
  for (const auto text : kDetailTexts) filler.put(details.*text);
  for (const Tag& tag : row.tags) {
    filler.put_bytes_of(TagHead{length_of(tag.key), length_of(tag.value)});
    filler.put(tag.key);
    filler.put(tag.value);
  }
}

void take_charge(std::string_view& bytes, Charge& charge) {
  Head head;
  take_bytes_of(bytes, head);
  charge.amounts = head.amounts;
  charge.lacked = MeasureSet(head.lacked);
  ChargeDetails& details = charge.details;
  details.contracted_cost =
      head.has_contracted_cost ? OptionalAmount(head.contracted_cost) : std::nullopt;
  details.has_list_cost = head.has_list_cost;
  details.corrects_earlier_month = head.corrects_earlier_month;
  details.start = time_of(head.has_start, head.start);
  details.end = time_of(head.has_end, head.end);
  auto length = head.lengths.begin();
  for (const auto text : kRowTexts) charge.*text = take_text(bytes, *length++);
  for (const auto text : kDetailTexts) details.*text = take_text(bytes, *length++);
  charge.tags.clear();
  for (std::uint32_t i = 0; i < head.tags; ++i) {
    TagHead tag;
    take_bytes_of(bytes, tag);
    const std::string_view key = take_text(bytes, tag.key);
    charge.tags.push_back({key, take_text(bytes, tag.value)});
  }
}

}  // namespace cloud_billing
