#include "providers/growing_listing.h"

#include <algorithm>
#include <string>
#include <utility>

#include "providers/api_error.h"

namespace cloud_billing {
namespace {

// Thirty million rows: more is a server that never ends.
constexpr std::int64_t kMaxPages = 100000;

// Before a bill is read once more: what changes while it is read does so for a moment.
constexpr std::chrono::milliseconds kPauseBeforeRereading{1000};

// Of the page at the end, one after the other.
constexpr int kMostRereadings = 10;

constexpr std::uint64_t kPageBits = 32;

std::uint64_t token_of(std::uint64_t reading, std::int64_t page) {
  return (reading << kPageBits) | static_cast<std::uint64_t>(page);
}

std::int64_t page_of(std::uint64_t token) {
  return static_cast<std::int64_t>(token & ((std::uint64_t{1} << kPageBits) - 1));
}

Failure disagree(std::string what) {
  Failure failure;
  failure.reason = Reason::kInconsistent;
  failure.message = "the pages do not add up: " + std::move(what);
  return failure;
}

std::string name_of_page(std::int64_t page) { return "page " + std::to_string(page); }

std::string count_rows(std::int64_t rows, std::int64_t expected) {
  return std::to_string(rows) + " rows instead of " + std::to_string(expected);
}

}  // namespace

GrowingListing::GrowingListing(Pages pages, const AggregationConfig& aggregation)
    : pages_(std::move(pages)),
      aggregation_(&aggregation),
      rows_(aggregation),
      limit_(pages_.limit) {}

std::optional<PendingRequest> GrowingListing::next() {
  if (finished()) return std::nullopt;
  // The page at the end waits for all others: meanwhile the bill may grow past it.
  if (!is_full(next_page_, total_) && !asked_.empty()) return std::nullopt;
  const bool at_end = !is_full(next_page_, total_);
  PendingRequest pending;
  pending.token = token_of(reading_, next_page_);
  pending.request = pages_.request(offset_of(next_page_), limit_);
  if (std::exchange(pause_, false)) pending.pause = kPauseBeforeRereading;
  asked_.emplace(next_page_, total_);
  if (!at_end) ++next_page_;
  return pending;
}

std::optional<Failure> GrowingListing::accept(std::uint64_t token, HttpResponse& response) {
  const std::int64_t page = page_of(token);
  const auto asked = asked_.find(page);
  if (token >> kPageBits != reading_ || finished() || asked == asked_.end()) return std::nullopt;
  if (!is_full(page, asked->second)) return accept_end(page, response);
  auto facts = pages_.read(response, rows_);
  if (!facts) return std::move(facts).error();
  if (auto failure = check(page, *facts)) return failure;
  asked_.erase(page);
  return keep(page, *facts);
}

// Its rows are kept apart until it is known that they count.
std::optional<Failure> GrowingListing::accept_end(std::int64_t page, HttpResponse& response) {
  CostSnapshot apart(*aggregation_);
  const bool counts = serial_;  // without a total a page is not read again
  auto facts = pages_.read(response, counts ? rows_ : apart);
  if (!facts) return std::move(facts).error();
  if (page == 1) {
    serial_ = !facts->total.has_value();
    // The server may hold fewer rows on a page than were asked for.
    const std::int64_t held = facts->limit.value_or(serial_ ? facts->rows : limit_);
    if (held > 0) limit_ = std::min(held, pages_.limit);
  }
  if (auto failure = check(page, *facts)) return failure;
  asked_.erase(page);
  if (!serial_) {
    const std::int64_t delivered = offset_of(page) + facts->rows;
    const std::int64_t own_total = facts->total.value_or(delivered);
    const bool agrees = facts->rows == limit_ ? is_full(page, own_total) : delivered == own_total;
    total_ = std::max(total_, delivered);
    if (!agrees) {  // it grew between counting and listing: to be read again
      if (++rereadings_ <= kMostRereadings) return std::nullopt;
      return disagree(name_of_page(page) + " grows whenever it is read");
    }
  }
  rereadings_ = 0;
  if (!counts && !rows_.merge(apart)) {
    return response_not_understood("the sum of all rows is too large");
  }
  ++next_page_;
  return keep(page, *facts);
}

// What no growth explains.
std::optional<Failure> GrowingListing::check(std::int64_t page, const GrowingPageFacts& facts) {
  const std::int64_t known = asked_.at(page);
  const std::int64_t offset = offset_of(page);
  const std::string where = name_of_page(page);
  if (facts.offset && *facts.offset != offset) {
    return disagree(where + " came back from row " + std::to_string(*facts.offset));
  }
  if (facts.rows > limit_) return disagree(where + " has " + count_rows(facts.rows, limit_));
  if (facts.total && !serial_) {
    if (*facts.total < known) {
      return disagree("the total fell from " + std::to_string(known) + " to " +
                      std::to_string(*facts.total));
    }
    total_ = std::max(total_, *facts.total);
  }
  const std::int64_t least = std::clamp<std::int64_t>(known - offset, 0, limit_);
  if (facts.rows < least) return disagree(where + " has " + count_rows(facts.rows, least));
  if (page >= kMaxPages || total_ / limit_ >= kMaxPages) {
    return disagree("there is no end of pages");
  }
  return std::nullopt;
}

std::optional<Failure> GrowingListing::keep(std::int64_t page, const GrowingPageFacts& facts) {
  const bool is_new = std::all_of(facts.ids.begin(), facts.ids.end(),
                                  [this](std::uint64_t id) { return ids_.insert(id); });
  const bool has_rows_without_id = static_cast<std::int64_t>(facts.ids.size()) < facts.rows;
  const bool is_repeated = has_rows_without_id && facts.rows == limit_ && !facts.rows_alike &&
                           !digests_.insert(facts.digest).second;
  if (!is_new || is_repeated) {
    return disagree(name_of_page(page) + " repeats rows of another page");
  }
  rows_read_ += facts.rows;
  complete_ = serial_ ? facts.rows < limit_ : rows_read_ == total_;
  return std::nullopt;
}

void GrowingListing::fail(std::uint64_t token, const Failure& failure) {
  if (token >> kPageBits != reading_ || finished()) return;
  if (failure.reason == Reason::kInconsistent && reading_ == 0) {
    restart();
  } else {
    failure_ = failure;
  }
}

void GrowingListing::restart() {
  ++reading_;
  pause_ = true;
  rows_ = CostSnapshot(*aggregation_);
  limit_ = pages_.limit;
  serial_ = false;
  total_ = 0;
  next_page_ = 1;
  rows_read_ = 0;
  rereadings_ = 0;
  asked_.clear();
  ids_ = IdSet();
  digests_.clear();
}

}  // namespace cloud_billing
