#pragma once

// Baidu's bills, whose pages are asked for by number: which page is asked for, its envelope, and
// what faults make of it. Pure.

#include <cstddef>
#include <functional>
#include <string>
#include <variant>

#include "bill_page.h"
#include "billed_account.h"
#include "operations.h"

namespace simulator {

struct PageRange {
  std::size_t number = 1;
  std::size_t size = 20;
};

// pageNo and pageSize; no page has more rows than `most`.
[[nodiscard]] std::variant<PageRange, Refusal> read_pages(const Parameters& parameters,
                                                          std::size_t most);

[[nodiscard]] PageEnvelope envelope_of(const BilledAccount& billed, Month month, PageRange page);

struct NumberedBill {
  PageEnvelope envelope;  // total_count is the number of rows
  bool masked = false;
  // Writes the row at a position.
  std::function<void(std::string& out, std::size_t position, bool masked,
                     const PageSpoiling& spoiling)>
      append;
};

[[nodiscard]] OperationResult prepare_page(NumberedBill bill);

}  // namespace simulator
