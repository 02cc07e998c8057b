#pragma once

// One listing read page by page, and what its rows fold into: a CostSnapshot, or Orders. Providers
// build their conversations from it; it knows no provider. PageSequence decides which page comes
// next and whether the pages add up. One thread.

#include <functional>
#include <optional>
#include <utility>

#include "core/result.h"
#include "providers/page_sequence.h"
#include "providers/provider.h"

namespace cloud_billing {

// `Rows` is a value that pages are added to.
template <typename Rows>
class PagedListing {
 public:
  struct Pages {
    std::int64_t page_size = 100;
    std::function<ApiRequest(std::int64_t page)> request;  // pages count from 1
    // Adds the page's rows. A retryable failure must have added nothing.
    std::function<Result<PageFacts, Failure>(HttpResponse& response, Rows& rows)> read;
  };

  // `none` is what the rows are before the first page.
  PagedListing(Pages pages, Rows none)
      : pages_(std::move(pages)),
        none_(std::move(none)),
        rows_(none_),
        sequence_(pages_.page_size) {}

  [[nodiscard]] std::optional<PendingRequest> next() {
    const auto turn = sequence_.next();
    if (!turn) return std::nullopt;
    return PendingRequest{turn->token, pages_.request(turn->page), turn->pause};
  }

  [[nodiscard]] std::optional<Failure> accept(std::uint64_t token, HttpResponse& response) {
    const auto page = sequence_.page_of(token);
    if (!page) return std::nullopt;
    auto facts = pages_.read(response, rows_);
    if (!facts) return std::move(facts).error();
    return sequence_.check(*page, *facts);
  }

  void fail(std::uint64_t token, const Failure& failure) {
    if (sequence_.fail(token, failure)) rows_ = none_;
  }

  [[nodiscard]] bool finished() const { return sequence_.finished(); }
  [[nodiscard]] const std::optional<Failure>& failure() const { return sequence_.failure(); }
  [[nodiscard]] const Rows& rows() const { return rows_; }

 private:
  Pages pages_;
  Rows none_;
  Rows rows_;
  PageSequence sequence_;
};

}  // namespace cloud_billing
