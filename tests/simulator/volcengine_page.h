#pragma once

// Results of ListBillDetail as JSON text: the paging block and its rows. Pure.

#include <cstddef>
#include <string>

#include "bill_page.h"
#include "volcengine_bill.h"

namespace simulator {

struct VolcenginePage {
  const Account* account = nullptr;
  Month month;
  std::string total;  // as it is written: -1 where nobody asked for it
  std::size_t limit = 0;
  std::size_t offset = 0;  // as echoed
  bool has_resources =
      true;  // grouped by billing item; otherwise place, instance and tags are empty
  bool has_ids = true;
};

// Placeholders and spellings are chosen by the row.
void append_volcengine_row(std::string& out, const VolcengineRow& row, const VolcenginePage& page,
                           const PageSpoiling& spoiling);

// Rows first..first+count-1 of the listing. No rows: List is null.
[[nodiscard]] std::string write_volcengine_page(const VolcenginePage& page,
                                                const VolcengineListing& listing, std::size_t first,
                                                std::size_t count, const PageSpoiling& spoiling);

}  // namespace simulator
