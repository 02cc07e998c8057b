#pragma once

// Amortised bills, made from the bills themselves: an order pays for the days from its own to the
// end of the second month after it, each day the same, and what is postpaid costs when it is used.
// The shares of an order's months add up to it exactly. Pure.

#include <cstddef>
#include <optional>
#include <vector>

#include "bill_generator.h"
#include "volcengine_bill.h"

namespace simulator {

// The days of an order that fall into some month, as a part of all days it pays for.
struct PaidDays {
  int before = 0;  // days paid for by then
  int until = 0;   // and at the end
  int of = 1;

  [[nodiscard]] Money share_of(Money whole) const {
    return {whole.units * until / of - whole.units * before / of};
  }
};

// Of an order of `bought`, on `day` of it, in the covered days of `month`.
[[nodiscard]] PaidDays paid_days(Month bought, int day, Month month, DayRange covered);

struct ShareRow {
  BillRow row;  // of the bill of its month, with the amounts of the whole purchase
  Month bought;
  PaidDays days;
};

// One product type of Baidu's amortised bill.
class ShareListing {
 public:
  // `account` must outlive the listing. Without covered days there are no rows.
  ShareListing(const Account& account, Month month, const std::optional<DayRange>& covered,
               ProductType type);

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] ShareRow row(std::size_t position) const;

 private:
  struct Part {
    Month bought;
    Listing rows;
  };

  Month month_;
  DayRange covered_;
  std::vector<Part> parts_;
};

struct VolcengineShareRow {
  VolcengineRow row;  // as above
  Month bought;
  PaidDays days;
};

// Volcengine's amortised bill, of all billing modes.
class VolcengineShareListing {
 public:
  // As above.
  VolcengineShareListing(const Account& account, Month month,
                         const std::optional<DayRange>& covered);

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] VolcengineShareRow row(std::size_t position) const;

 private:
  struct Part {
    Month bought;
    bool orders = false;
    VolcengineListing rows;
  };

  Month month_;
  DayRange covered_;
  std::vector<Part> parts_;
};

}  // namespace simulator
