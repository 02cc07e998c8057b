#pragma once

// Pages of Baidu's bills as JSON text: envelope and rows, those of the resource month bill here.
// Pure.

#include <cstddef>
#include <functional>
#include <string>

#include "bill_generator.h"

namespace simulator {

// What can be wrong with a page on purpose.
struct PageSpoiling {
  bool unreadable_amount = false;  // financePrice of the first row is "abc"
  bool missing_amount = false;     // the first row has no originPrice
  bool bad_utf8 = false;           // ill-formed bytes in every serviceTypeName
  bool odd_tag = false;            // every row has one more tag, whose value is no text
  int unknown_depth = 0;           // unknown fields nested so deep, in the envelope and each row
};

struct PageEnvelope {
  const Account* billed = nullptr;  // whose bill it is
  const Account* master = nullptr;  // set when `billed` is shown as a financial-circle member
  Month month;
  std::string begin_time;  // day queries only
  std::string end_time;
  std::size_t page_number = 1;
  std::size_t page_size = 20;
  std::size_t total_count = 0;
};

// A field of objects and arrays inside each other, with names and braces that a careless reader
// falls for; ends with a comma.
void append_unknown_field(std::string& out, int depth);

// accountId to ouName, which all bill answers share; ends with a comma.
void append_account_fields(std::string& out, const Account& billed, const Account* master);

// `masked`: the member asks itself, so that all amounts but coupons are 0.
void append_row(std::string& out, const BillRow& row, const Account& account, Month month,
                bool masked, const PageSpoiling& spoiling);

// Writes the row at this position of a listing.
using AppendRow =
    std::function<void(std::string& out, std::size_t position, const PageSpoiling& spoiling)>;

// Rows first..first+count-1 of a listing.
[[nodiscard]] std::string write_page(const PageEnvelope& envelope, std::size_t first,
                                     std::size_t count, const PageSpoiling& spoiling,
                                     const AppendRow& append);
[[nodiscard]] std::string write_page(const PageEnvelope& envelope, const Listing& listing,
                                     std::size_t first, std::size_t count, bool masked,
                                     const PageSpoiling& spoiling);

}  // namespace simulator
