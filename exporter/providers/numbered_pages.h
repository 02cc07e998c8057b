#pragma once

// The page plan of a listing that is asked for by page number. The first page alone tells the
// total; then all other pages are independent and may be under way together. Without a total the
// pages are read one after the other until one is short. A value (page_plan.h).

#include <cstdint>
#include <optional>

#include "providers/page_plan.h"

namespace cloud_billing {

class NumberedPages {
 public:
  struct Page {
    std::int64_t number = 1;
  };
  using Facts = PageFacts;

  // `page_size` is what pages are asked for; a response may say another.
  explicit NumberedPages(std::int64_t page_size)
      : wanted_page_size_(page_size), page_size_(page_size) {}

  [[nodiscard]] std::optional<Page> next();
  [[nodiscard]] Result<PageUse, Failure> accept(const Page& page, const PageFacts& facts);
  [[nodiscard]] bool is_full(const PageFacts& facts) const { return facts.rows == page_size_; }
  [[nodiscard]] bool complete() const { return last_page_ && answered_ == *last_page_; }

 private:
  [[nodiscard]] Result<void, Failure> learn_size(const PageFacts& facts);

  std::int64_t wanted_page_size_;
  std::int64_t page_size_;
  std::int64_t next_page_ = 1;
  std::int64_t answered_ = 0;
  std::optional<std::int64_t> total_;
  std::optional<std::int64_t> last_page_;  // known once the total is, or the serial end was met
};

}  // namespace cloud_billing
