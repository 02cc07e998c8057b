#pragma once

// Volcengine's bills of any size, row by row on demand, as bill_generator.h makes the other
// cloud's. A resource costs another whole number of times its unit each day, so that days differ
// and still add up exactly; an order costs once, on its day. Pure.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bill_generator.h"
#include "calendar.h"
#include "company.h"
#include "money.h"

namespace simulator {

// By their names on the wire. Discounted = original - preferential - round, payable = discounted -
// coupon; what is neither paid nor unpaid is not settled at all.
struct VolcengineAmounts {
  Money original;
  Money preferential;
  Money round;
  Money discounted;
  Money coupon;
  Money payable;
  Money paid;
  Money unpaid;
  Money tax;  // on top of what is payable; of an overseas account

  [[nodiscard]] Money billed() const { return payable + tax; }

  VolcengineAmounts& operator+=(const VolcengineAmounts& other);
};

[[nodiscard]] VolcengineAmounts operator*(const VolcengineAmounts& one, std::int64_t factor);

enum class BillingMode { kPrepaid, kPostpaid, kContract, kFulfillment };

// "prepaid", "postpaid", "contract", "fulfillment"
[[nodiscard]] std::string_view billing_mode_word(BillingMode mode);

// As a row has it, in Chinese or in English.
[[nodiscard]] std::string_view mode_name(BillingMode mode, bool in_english);

struct VolcengineRow {
  std::size_t number = 0;        // unique in the account and month
  std::uint64_t identity = 0;    // of the resource: the same in every month
  std::uint64_t occurrence = 0;  // of this resource in this month
  std::size_t product = 0;
  std::size_t place = 0;
  BillingMode mode = BillingMode::kPostpaid;
  std::string_view category;  // "消费-使用" and so on
  std::string owner_id;
  bool in_usd = false;
  bool of_one_day = false;  // grouped by day
  DayRange days;
  VolcengineAmounts amounts;
};

struct VolcengineQuery {
  Month month;
  DayRange days;
  bool per_day = false;               // one row per resource and day
  bool ignore_zero = false;           // without rows whose discounted amount is 0
  std::size_t appended = 0;           // resources that were added to the month while it was open
  std::optional<ProductType> only{};  // orders, or what is used; nothing: both
};

class VolcengineListing {
 public:
  // `account` must outlive the listing. Appended rows come last.
  VolcengineListing(const Account& account, VolcengineQuery query);

  [[nodiscard]] std::size_t size() const { return query_.ignore_zero ? kept_.size() : size_; }
  [[nodiscard]] VolcengineRow row(std::size_t position) const;

 private:
  struct Segment {
    DayRange days;
    ProductType type = ProductType::kPostpaid;
    std::size_t first_index = 0;
    std::size_t count = 0;
  };

  void add_segment(DayRange days, ProductType type, std::size_t first_index, std::size_t count);
  void add_segments(DayRange days);
  [[nodiscard]] VolcengineRow find_row(std::size_t position) const;
  [[nodiscard]] VolcengineRow make_row(const Segment& segment, std::size_t index) const;

  const Account* account_;
  VolcengineQuery query_;
  std::uint64_t month_hash_;
  std::vector<Segment> segments_;
  std::vector<std::size_t> kept_;  // filled only when zeros are ignored
  std::size_t size_ = 0;
};

}  // namespace simulator
