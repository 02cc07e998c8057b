#pragma once

// Where the rows of a bill go, one by one, for those who want more than their sums. Rows are kept
// page by page, and a page counts only once its listing has added up: what was read in vain, or
// twice, is left where it is. Used by conversations, on their thread.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "billing/charge.h"
#include "core/failure.h"
#include "core/result.h"

namespace cloud_billing {

// A page's rows, where they are kept.
struct ChargePage {
  std::size_t listing = 0;  // of its bill, from 0
  std::int64_t number = 0;  // in its listing, from 1
  std::uint64_t place = 0;  // the sink's own
  std::size_t size = 0;     // likewise
};

// The region that a row's region_id stands for.
using RegionOf = std::function<std::string(std::string_view region_id)>;

// Of so many rows; the first page is read of none, too. Nothing if the page does not tell.
[[nodiscard]] inline std::optional<std::int64_t> count_pages(std::optional<std::int64_t> rows,
                                                             std::int64_t rows_of_a_page) {
  if (!rows || *rows < 0 || rows_of_a_page <= 0) return std::nullopt;
  return std::max<std::int64_t>(1, *rows / rows_of_a_page + (*rows % rows_of_a_page != 0 ? 1 : 0));
}

class ChargeSink {
 public:
  ChargeSink() = default;
  ChargeSink(const ChargeSink&) = delete;
  ChargeSink& operator=(const ChargeSink&) = delete;
  virtual ~ChargeSink() = default;

  // A page is read from its beginning, whatever became of the one before.
  virtual void begin_page() = 0;
  virtual void add(const BillRow& row, const ChargeDetails& details) = 0;
  // The page was read. Fails if its rows cannot be kept.
  [[nodiscard]] virtual Result<ChargePage, Failure> end_page() = 0;

  // The pages of the whole bill, in any order, once their rows add up. The month may fail yet.
  virtual void keep(std::vector<ChargePage> pages, RegionOf region_of) = 0;

  // A page told how many pages its listing has; the newest word counts.
  virtual void expect_pages(std::size_t listing, std::int64_t pages) = 0;
};

}  // namespace cloud_billing
