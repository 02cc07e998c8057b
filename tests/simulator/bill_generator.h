#pragma once

// Bills of any size, row by row on demand: a listing holds no rows, it computes row i from account,
// month, product type and i. Pure and deterministic: the same for every process and thread.
//
// A postpaid row costs the same each day from the day its resource appears, or what the life of its
// account makes of the day; a prepaid row is an order that costs once, on its day. So any span of
// days adds up exactly from its days.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar.h"
#include "company.h"
#include "row_amounts.h"

namespace simulator {

enum class ProductType { kPrepaid, kPostpaid };

struct BillRow {
  std::size_t index = 0;
  ProductType product_type = ProductType::kPostpaid;
  std::uint64_t identity = 0;    // of the resource: the same in every month
  std::uint64_t occurrence = 0;  // of this resource in this month
  std::size_t service = 0;
  std::size_t charge_item = 0;
  std::string_view region;      // "global" for services without regions
  std::string_view order_type;  // prepaid only
  int discount_percent = 0;
  DayRange days;  // what the amounts cover; for an order its day
  RowAmounts amounts;
};

// Which rows a listing holds.
struct ListingQuery {
  Month month;
  DayRange days;
  ProductType product_type = ProductType::kPostpaid;
  bool per_day = false;                 // one row per resource and day
  std::optional<std::string> service;   // only this service type
  std::optional<std::string> instance;  // only this instanceId or shortId
};

class Listing {
 public:
  // `account` must outlive the listing.
  Listing(const Account& account, ListingQuery query);

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] BillRow row(std::size_t position) const;

 private:
  // Rows first_index..first_index+count-1 over the same days.
  struct Segment {
    DayRange days;
    std::size_t first_index = 0;
    std::size_t count = 0;
  };

  [[nodiscard]] BillRow make_row(std::size_t index, DayRange days) const;
  [[nodiscard]] bool passes_filter(const BillRow& row) const;

  const Account* account_;
  ListingQuery query_;
  std::vector<Segment> segments_;
  std::vector<BillRow> filtered_;  // filled only when the query has a filter
  std::size_t size_ = 0;
};

// The day on which resource or order `index` first costs. Never falls with the index, so that the
// rows of a span of days are a range of indices. Most resources are older than the month; most
// orders fall into its first days.
[[nodiscard]] int first_billed_day(const Account& account, ProductType type, std::size_t index,
                                   Month month);

// How many resources or orders first cost on `day` or before.
[[nodiscard]] std::size_t rows_until_day(const Account& account, ProductType type, Month month,
                                         int day);

[[nodiscard]] std::string instance_id(const BillRow& row);
[[nodiscard]] std::string short_id(const BillRow& row, const Account& account);

}  // namespace simulator
