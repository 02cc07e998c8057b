#pragma once

// One listing read page by page: which page to ask next, and whether the pages add up. Providers
// build their conversations from it; it knows no provider. The first page alone tells the total;
// then all other pages are independent and may be under way together. Without a total the pages are
// read one after the other. A listing whose pages do not add up is read once more from its start,
// then it fails as `inconsistent`.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_set>

#include "core/cost_snapshot.h"
#include "providers/provider.h"

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

class PagedListing {
 public:
  struct Pages {
    std::int64_t page_size = 100;
    std::function<ApiRequest(std::int64_t page)> request;  // pages count from 1
    // Folds the page's rows. A retryable failure must have folded nothing.
    std::function<Result<PageFacts, Failure>(HttpAnswer& answer, CostSnapshot& rows)> read;
  };

  // `aggregation` must outlive the listing.
  PagedListing(Pages pages, const AggregationConfig& aggregation);

  [[nodiscard]] std::optional<PendingRequest> next();
  [[nodiscard]] std::optional<Failure> accept(std::uint64_t token, HttpAnswer& answer);
  void refuse(std::uint64_t token, const Failure& failure);

  [[nodiscard]] bool finished() const { return failure_.has_value() || complete_; }
  [[nodiscard]] const std::optional<Failure>& failure() const { return failure_; }
  [[nodiscard]] const CostSnapshot& rows() const { return rows_; }

 private:
  void restart();
  [[nodiscard]] std::optional<Failure> check_page(std::int64_t page, const PageFacts& facts);

  Pages pages_;
  const AggregationConfig* aggregation_;
  CostSnapshot rows_;
  std::optional<Failure> failure_;
  bool complete_ = false;
  std::uint64_t reading_ = 0;  // counts starts; answers to an earlier one are ignored
  bool pause_ = false;         // before the next request
  std::int64_t next_page_ = 1;
  std::int64_t answered_ = 0;
  std::int64_t page_size_ = 0;
  std::optional<std::int64_t> total_;
  std::optional<std::int64_t> last_page_;  // known once the total is, or the serial end was met
  std::unordered_set<std::uint64_t> full_page_digests_;
};

}  // namespace cloud_billing
