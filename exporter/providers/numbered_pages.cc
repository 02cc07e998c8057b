#include "providers/numbered_pages.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cloud_billing {

std::optional<NumberedPages::Page> NumberedPages::next() {
  const bool first = next_page_ == 1;
  const bool known = last_page_ && next_page_ <= *last_page_;
  const bool serial = !total_ && !last_page_ && answered_ == next_page_ - 1;
  if (!first && !known && !serial) return std::nullopt;
  return Page{next_page_++};
}

// From the first page.
Result<void, Failure> NumberedPages::learn_size(const PageFacts& facts) {
  total_ = facts.total;
  page_size_ = std::max(facts.page_size.value_or(wanted_page_size_), facts.rows);
  if (page_size_ <= 0) page_size_ = wanted_page_size_;
  // With neither total nor size the server may hold fewer rows on a page than were asked for: then
  // only a page shorter than the first is the end.
  if (!total_ && !facts.page_size && facts.rows > 0) page_size_ = facts.rows;
  if (!total_) return {};
  const std::int64_t part = *total_ % page_size_ == 0 ? 0 : 1;
  last_page_ = std::max<std::int64_t>(1, *total_ / page_size_ + part);
  if (*total_ < 0 || *last_page_ > kMaxPages) {
    return Failure::inconsistent("a total of " + std::to_string(*total_) + " rows cannot be read");
  }
  return {};
}

Result<PageUse, Failure> NumberedPages::accept(const Page& page, const PageFacts& facts) {
  const std::int64_t number = page.number;
  const std::string where = "page " + std::to_string(number);
  if (facts.page && *facts.page != number) {
    return Failure::inconsistent(where + " came back as page " + std::to_string(*facts.page));
  }
  if (number == 1) {
    if (auto learnt = learn_size(facts); !learnt) return std::move(learnt).error();
  } else if (facts.total != total_) {
    return Failure::inconsistent("the total changed between page 1 and " + where);
  }
  if (!total_ && facts.rows < page_size_) last_page_ = number;
  if (!total_ && number >= kMaxPages) return Failure::inconsistent("there is no end of pages");

  const bool is_last = last_page_ && number == *last_page_;
  const std::int64_t expected = !is_last ? page_size_
                                : total_ ? *total_ - (number - 1) * page_size_
                                         : facts.rows;
  if (facts.rows != expected) {
    return Failure::inconsistent(where + " has " + std::to_string(facts.rows) +
                                 " rows instead of " + std::to_string(expected));
  }
  ++answered_;
  return PageUse::kCounts;
}

}  // namespace cloud_billing
