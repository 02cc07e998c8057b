#pragma once

// The page plan of a bill that is read by offset while it may grow: no snapshot holds it still. The
// first page tells the total; then full pages are independent and may be under way together. The
// page at the end, which is not known to be full, is read last and alone: it counts only if its
// rows are those of its own total, else it is read again. So a total that only grows is no error,
// and no row counts twice. Without a total, pages are read one after the other until one is short.
// Too few rows, and a total that shrinks, do not add up. A value (page_plan.h).

#include <cstdint>
#include <optional>

#include "providers/page_plan.h"

namespace cloud_billing {

class GrowingPages {
 public:
  struct Page {
    std::int64_t number = 1;
    std::int64_t offset = 0;  // of its first row
    std::int64_t limit = 0;   // rows to ask for
    std::int64_t known = 0;   // the total known when it was asked for
    bool at_end = false;      // it is not known to be full
    bool apart = false;       // its rows may turn out not to count
  };
  using Facts = GrowingPageFacts;

  explicit GrowingPages(std::int64_t limit) : wanted_limit_(limit), limit_(limit) {}

  [[nodiscard]] std::optional<Page> next();
  [[nodiscard]] Result<PageUse, Failure> accept(const Page& page, const GrowingPageFacts& facts);
  [[nodiscard]] bool is_full(const GrowingPageFacts& facts) const { return facts.rows == limit_; }
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  void learn_limit(const GrowingPageFacts& facts);
  [[nodiscard]] Result<void, Failure> check(const Page& page, const GrowingPageFacts& facts);
  [[nodiscard]] bool agrees_with_its_total(const Page& page, const GrowingPageFacts& facts);

  // Whether a page lies wholly within so many rows.
  [[nodiscard]] bool lies_within(std::int64_t number, std::int64_t rows) const {
    return number * limit_ <= rows;
  }

  std::int64_t wanted_limit_;
  std::int64_t limit_;
  bool complete_ = false;
  bool serial_ = false;         // no total is told
  std::int64_t total_ = 0;      // the largest seen
  std::int64_t next_page_ = 1;  // pages before it are read or under way
  std::int64_t under_way_ = 0;
  std::int64_t rows_read_ = 0;  // on pages that count
  int rereadings_ = 0;          // of the page at the end
};

}  // namespace cloud_billing
