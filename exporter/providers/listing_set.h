#pragma once

// Several listings read side by side: those of the billed accounts and product types, say. They
// take turns, so that all grow together, and fail together with the first that fails. Used inside
// conversations, on their thread.

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "providers/paged_listing.h"

namespace cloud_billing {

template <typename Rows>
class ListingSet {
 public:
  // Before the first next().
  void add(typename PagedListing<Rows>::Pages pages, Rows none) {
    listings_.emplace_back(std::move(pages), std::move(none));
  }

  [[nodiscard]] std::optional<PendingRequest> next() {
    if (finished()) return std::nullopt;
    for (std::size_t i = 0; i < listings_.size(); ++i) {
      const std::size_t turn = (next_listing_ + i) % listings_.size();
      if (auto pending = listings_[turn].next()) {
        next_listing_ = turn + 1;
        pending->token = pending->token * listings_.size() + turn;
        return pending;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Failure> accept(std::uint64_t token, HttpResponse& response) {
    return listing_of(token).accept(token / listings_.size(), response);
  }

  void fail(std::uint64_t token, const Failure& failure) {
    listing_of(token).fail(token / listings_.size(), failure);
    if (!failure_) failure_ = listing_of(token).failure();
  }

  [[nodiscard]] bool finished() const { return failure_.has_value() || complete(); }
  [[nodiscard]] const std::optional<Failure>& failure() const { return failure_; }

  // True when every listing was read to its end.
  [[nodiscard]] bool complete() const {
    return std::all_of(listings_.begin(), listings_.end(), [](const PagedListing<Rows>& listing) {
      return listing.finished() && !listing.failure();
    });
  }

  // Once complete: all rows, added to `none`. Nothing where a sum overflows.
  [[nodiscard]] std::optional<Rows> merge(Rows none) const {
    for (const PagedListing<Rows>& listing : listings_) {
      if (!none.merge(listing.rows())) return std::nullopt;
    }
    return none;
  }

 private:
  [[nodiscard]] PagedListing<Rows>& listing_of(std::uint64_t token) {
    return listings_[token % listings_.size()];
  }

  std::vector<PagedListing<Rows>> listings_;
  std::size_t next_listing_ = 0;
  std::optional<Failure> failure_;
};

}  // namespace cloud_billing
