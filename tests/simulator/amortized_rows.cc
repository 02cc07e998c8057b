#include "amortized_rows.h"

#include <algorithm>

namespace simulator {
namespace {

constexpr int kMonthsPaidFor = 3;
constexpr PaidDays kWhole{0, 1, 1};

std::chrono::sys_days day_of(Month month, int day) {
  return std::chrono::sys_days{month / std::chrono::day{static_cast<unsigned>(day)}};
}

// The days of an earlier month, or of `month` those that are covered.
DayRange days_of(Month bought, Month month, DayRange covered) {
  return bought == month ? covered : DayRange{1, days_in(bought)};
}

// The months whose orders pay for `month`, the earliest first.
std::vector<Month> months_paying_for(Month month) {
  std::vector<Month> months;
  for (int back = kMonthsPaidFor - 1; back >= 0; --back) {
    months.push_back(month - std::chrono::months{back});
  }
  return months;
}

template <typename Parts>
auto& find_part(Parts& parts, std::size_t& position) {
  auto part = parts.begin();
  while (position >= part->rows.size()) {
    position -= part->rows.size();
    ++part;
  }
  return *part;
}

template <typename Parts>
std::size_t count_rows(const Parts& parts) {
  std::size_t rows = 0;
  for (const auto& part : parts) {
    rows += part.rows.size();
  }
  return rows;
}

}  // namespace

PaidDays paid_days(Month bought, int day, Month month, DayRange covered) {
  const auto purchase = day_of(bought, day);
  const auto end = day_of(bought + std::chrono::months{kMonthsPaidFor}, 1);
  const auto from = std::max(purchase, day_of(month, 1));
  const auto until = day_of(month, covered.last) + std::chrono::days{1};
  const auto count = [](std::chrono::days days) { return static_cast<int>(days.count()); };
  return {count(from - purchase), count(until - purchase), count(end - purchase)};
}

ShareListing::ShareListing(const Account& account, Month month,
                           const std::optional<DayRange>& covered, ProductType type)
    : month_(month), covered_(covered.value_or(DayRange{})) {
  if (!covered || !account.amortizes) {
    return;
  }
  if (type == ProductType::kPostpaid) {
    parts_.push_back({month, Listing(account, {month, *covered, type, false, {}, {}})});
    return;
  }
  for (const Month bought : months_paying_for(month)) {
    parts_.push_back(
        {bought,
         Listing(account, {bought, days_of(bought, month, *covered), type, false, {}, {}})});
  }
}

std::size_t ShareListing::size() const { return count_rows(parts_); }

ShareRow ShareListing::row(std::size_t position) const {
  const Part& part = find_part(parts_, position);
  const BillRow row = part.rows.row(position);
  const bool is_order = row.product_type == ProductType::kPrepaid;
  return {row, part.bought,
          is_order ? paid_days(part.bought, row.days.first, month_, covered_) : kWhole};
}

VolcengineShareListing::VolcengineShareListing(const Account& account, Month month,
                                               const std::optional<DayRange>& covered)
    : month_(month), covered_(covered.value_or(DayRange{})) {
  if (!covered || !account.amortizes) {
    return;
  }
  VolcengineQuery query;
  query.only = ProductType::kPrepaid;
  for (const Month bought : months_paying_for(month)) {
    query.month = bought;
    query.days = days_of(bought, month, *covered);
    parts_.push_back({bought, true, VolcengineListing(account, query)});
  }
  query.only = ProductType::kPostpaid;
  parts_.push_back({month, false, VolcengineListing(account, query)});
}

std::size_t VolcengineShareListing::size() const { return count_rows(parts_); }

VolcengineShareRow VolcengineShareListing::row(std::size_t position) const {
  const Part& part = find_part(parts_, position);
  const VolcengineRow row = part.rows.row(position);
  return {row, part.bought,
          part.orders ? paid_days(part.bought, row.days.first, month_, covered_) : kWhole};
}

}  // namespace simulator
