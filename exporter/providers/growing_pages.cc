#include "providers/growing_pages.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cloud_billing {
namespace {

// Of the page at the end, one after the other.
constexpr int kMostRereadings = 10;

std::string name_of(const GrowingPages::Page& page) {
  return "page " + std::to_string(page.number);
}

std::string count_rows(std::int64_t rows, std::int64_t expected) {
  return std::to_string(rows) + " rows instead of " + std::to_string(expected);
}

}  // namespace

std::optional<GrowingPages::Page> GrowingPages::next() {
  const bool at_end = !lies_within(next_page_, total_);
  // The page at the end waits for all others: meanwhile the bill may grow past it.
  if (complete_ || (at_end && under_way_ > 0)) return std::nullopt;
  // Without a total a page is not read again, so that its rows count at once.
  const Page page{next_page_, (next_page_ - 1) * limit_, limit_, total_,
                  at_end,     at_end && !serial_};
  ++under_way_;
  if (!at_end) ++next_page_;
  return page;
}

Result<PageUse, Failure> GrowingPages::accept(const Page& page, const GrowingPageFacts& facts) {
  if (page.number == 1 && page.at_end) learn_limit(facts);
  if (auto checked = check(page, facts); !checked) return std::move(checked).error();
  --under_way_;
  if (page.at_end) {
    if (!serial_ && !agrees_with_its_total(page, facts)) {
      if (++rereadings_ <= kMostRereadings) return PageUse::kAskAgain;
      return Failure::inconsistent(name_of(page) + " grows whenever it is read");
    }
    rereadings_ = 0;
    ++next_page_;
  }
  rows_read_ += facts.rows;
  complete_ = serial_ ? facts.rows < limit_ : rows_read_ == total_;
  return PageUse::kCounts;
}

// From the first page: the server may hold fewer rows on a page than were asked for.
void GrowingPages::learn_limit(const GrowingPageFacts& facts) {
  serial_ = !facts.total.has_value();
  const std::int64_t held = facts.limit.value_or(serial_ ? facts.rows : limit_);
  if (held > 0) limit_ = std::min(held, wanted_limit_);
}

// What no growth explains.
Result<void, Failure> GrowingPages::check(const Page& page, const GrowingPageFacts& facts) {
  if (facts.offset && *facts.offset != page.offset) {
    return Failure::inconsistent(name_of(page) + " came back from row " +
                                 std::to_string(*facts.offset));
  }
  if (facts.rows > limit_) {
    return Failure::inconsistent(name_of(page) + " has " + count_rows(facts.rows, limit_));
  }
  if (facts.total && !serial_) {
    if (*facts.total < page.known) {
      return Failure::inconsistent("the total fell from " + std::to_string(page.known) + " to " +
                                   std::to_string(*facts.total));
    }
    total_ = std::max(total_, *facts.total);
  }
  const std::int64_t least = std::clamp<std::int64_t>(page.known - page.offset, 0, limit_);
  if (facts.rows < least) {
    return Failure::inconsistent(name_of(page) + " has " + count_rows(facts.rows, least));
  }
  if (page.number >= kMaxPages || total_ / limit_ >= kMaxPages) {
    return Failure::inconsistent("there is no end of pages");
  }
  return {};
}

// If not, the bill grew between counting and listing.
bool GrowingPages::agrees_with_its_total(const Page& page, const GrowingPageFacts& facts) {
  const std::int64_t delivered = page.offset + facts.rows;
  const std::int64_t own_total = facts.total.value_or(delivered);
  total_ = std::max(total_, delivered);
  return facts.rows == limit_ ? lies_within(page.number, own_total) : delivered == own_total;
}

}  // namespace cloud_billing
