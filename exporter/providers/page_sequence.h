#pragma once

// Which page of a listing to ask for next, and whether the pages add up; what is on them is not its
// matter. The first page alone tells the total; then all other pages are independent and may be
// under way together. Without a total the pages are read one after the other. A listing whose pages
// do not add up is read once more from its start, then it fails as `inconsistent`. Used by
// PagedListing, on one thread.

#include <chrono>
#include <cstdint>
#include <optional>
#include <unordered_set>

#include "core/failure.h"

namespace cloud_billing {

// What one page said of itself.
struct PageFacts {
  std::optional<std::int64_t> total;      // rows of the whole listing
  std::optional<std::int64_t> page;       // its own number, echoed
  std::optional<std::int64_t> page_size;  // rows of a full page, echoed
  std::int64_t rows = 0;                  // delivered on it
  std::uint64_t digest = 0;               // of the rows' bytes
  bool rows_alike = false;  // all rows are the same: another such page is no repetition
};

class PageSequence {
 public:
  struct Turn {
    std::uint64_t token = 0;
    std::int64_t page = 0;  // counts from 1
    std::chrono::milliseconds pause{0};
  };

  // `page_size` is what pages are asked for; an answer may say another.
  explicit PageSequence(std::int64_t page_size)
      : wanted_page_size_(page_size), page_size_(page_size) {}

  // The page to ask for now, if any.
  [[nodiscard]] std::optional<Turn> next();
  // Which page was asked for; nothing where its answer is of no use any more.
  [[nodiscard]] std::optional<std::int64_t> page_of(std::uint64_t token) const;
  // Takes what a page that was read said of itself.
  [[nodiscard]] std::optional<Failure> check(std::int64_t page, const PageFacts& facts);
  // True where the listing is read once more: what was read so far is to be thrown away.
  [[nodiscard]] bool fail(std::uint64_t token, const Failure& failure);

  [[nodiscard]] bool finished() const { return failure_.has_value() || complete_; }
  [[nodiscard]] const std::optional<Failure>& failure() const { return failure_; }

 private:
  void restart();

  std::int64_t wanted_page_size_;
  std::optional<Failure> failure_;
  bool complete_ = false;
  std::uint64_t reading_ = 0;  // counts starts; answers to an earlier one are ignored
  bool pause_ = false;         // before the next request
  std::int64_t next_page_ = 1;
  std::int64_t answered_ = 0;
  std::int64_t page_size_;
  std::optional<std::int64_t> total_;
  std::optional<std::int64_t> last_page_;  // known once the total is, or the serial end was met
  std::unordered_set<std::uint64_t> full_page_digests_;
};

}  // namespace cloud_billing
