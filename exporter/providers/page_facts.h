#pragma once

// What one page of a listing says of itself, as its cloud's reader found it: what page plans and
// the Listing judge by. Values, any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cloud_billing {

// Of any page.
struct RowsOnPage {
  std::int64_t rows = 0;           // delivered on it
  std::vector<std::uint64_t> ids;  // hashes; rows without an id have none
  std::uint64_t digest = 0;        // of the rows' bytes, for rows without an id
};

// Of a page that was asked for by its number.
struct PageFacts : RowsOnPage {
  std::optional<std::int64_t> total;      // rows of the whole listing
  std::optional<std::int64_t> page;       // its own number, echoed
  std::optional<std::int64_t> page_size;  // rows of a full page, echoed
};

// Of a page that was asked for by offset, of a listing that may grow meanwhile.
struct GrowingPageFacts : RowsOnPage {
  std::optional<std::int64_t> total;   // rows of the whole listing
  std::optional<std::int64_t> limit;   // rows of a full page, echoed
  std::optional<std::int64_t> offset;  // of its first row, echoed
};

// Of a page that names the next one.
struct TokenPageFacts : RowsOnPage {
  std::string next_token;  // empty: it is the last page
};

}  // namespace cloud_billing
