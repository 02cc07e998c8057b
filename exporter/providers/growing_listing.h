#pragma once

// One bill read by offset while it may grow: no snapshot holds it still, but rows have ids. The
// first page tells the total; then full pages are independent and may be under way together. The
// page at the end, which is not known to be full, is read last and alone: it counts only where its
// rows are those of its own total, else it is read again. So a total that only grows is no error,
// and no row counts twice. Where no total is told, pages are read one after the other until one is
// short. A bill with too few rows, with rows repeated on different pages, or with a total that
// shrinks, is read once more from its start after a pause, then it fails as `inconsistent`. Knows
// no provider. One thread.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <unordered_set>
#include <vector>

#include "billing/cost_snapshot.h"
#include "core/result.h"
#include "providers/id_set.h"
#include "providers/provider.h"

namespace cloud_billing {

// What one page said of itself.
struct GrowingPageFacts {
  std::optional<std::int64_t> total;   // rows of the whole bill
  std::optional<std::int64_t> limit;   // rows of a full page, echoed
  std::optional<std::int64_t> offset;  // of its first row, echoed
  std::int64_t rows = 0;               // delivered on it
  std::vector<std::uint64_t> ids;      // hashes; rows without an id have none
  std::uint64_t digest = 0;            // of the rows' bytes, where rows have no id
  bool rows_alike = false;             // all rows are the same: such another page is no repetition
};

class GrowingListing {
 public:
  struct Pages {
    std::int64_t limit = 300;
    std::function<ApiRequest(std::int64_t offset, std::int64_t limit)> request;
    // Folds the page's rows. A retryable failure must have folded nothing.
    std::function<Result<GrowingPageFacts, Failure>(HttpResponse& response, CostSnapshot& rows)>
        read;
  };

  // `aggregation` must outlive the listing.
  GrowingListing(Pages pages, const AggregationConfig& aggregation);

  [[nodiscard]] std::optional<PendingRequest> next();
  [[nodiscard]] std::optional<Failure> accept(std::uint64_t token, HttpResponse& response);
  void fail(std::uint64_t token, const Failure& failure);

  [[nodiscard]] bool finished() const { return failure_.has_value() || complete_; }
  [[nodiscard]] const std::optional<Failure>& failure() const { return failure_; }
  // Once finished without failure, once.
  [[nodiscard]] CostSnapshot take_rows() { return std::move(rows_); }

 private:
  [[nodiscard]] std::optional<Failure> accept_end(std::int64_t page, HttpResponse& response);
  [[nodiscard]] std::optional<Failure> check(std::int64_t page, const GrowingPageFacts& facts);
  [[nodiscard]] std::optional<Failure> keep(std::int64_t page, const GrowingPageFacts& facts);
  void restart();

  [[nodiscard]] std::int64_t offset_of(std::int64_t page) const { return (page - 1) * limit_; }
  // Whether a page lies wholly within so many rows.
  [[nodiscard]] bool is_full(std::int64_t page, std::int64_t rows) const {
    return page * limit_ <= rows;
  }

  Pages pages_;
  const AggregationConfig* aggregation_;
  CostSnapshot rows_;
  std::optional<Failure> failure_;
  bool complete_ = false;
  std::uint64_t reading_ = 0;  // counts starts; answers to an earlier one are ignored
  bool pause_ = false;         // before the next request
  std::int64_t limit_;
  bool serial_ = false;                         // no total is told
  std::int64_t total_ = 0;                      // the largest seen
  std::int64_t next_page_ = 1;                  // pages before it are read or under way
  std::int64_t rows_read_ = 0;                  // on pages that count
  int rereadings_ = 0;                          // of the page at the end
  std::map<std::int64_t, std::int64_t> asked_;  // pages under way, with the total known then
  IdSet ids_;
  std::unordered_set<std::uint64_t> digests_;  // of full pages with rows without an id
};

}  // namespace cloud_billing
