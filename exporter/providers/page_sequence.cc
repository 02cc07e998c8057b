#include "providers/page_sequence.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cloud_billing {
namespace {

// Ten million rows: more is a server that never ends.
constexpr std::int64_t kMaxPages = 100000;

// Before a listing is read once more: bills that change while they are read do so for a moment.
constexpr std::chrono::milliseconds kPauseBeforeRereading{1000};

constexpr std::uint64_t kPageBits = 32;

std::uint64_t token_of(std::uint64_t reading, std::int64_t page) {
  return (reading << kPageBits) | static_cast<std::uint64_t>(page);
}

Failure disagree(std::string what) {
  Failure failure;
  failure.reason = Reason::kInconsistent;
  failure.message = "the pages do not add up: " + std::move(what);
  return failure;
}

}  // namespace

std::optional<PageSequence::Turn> PageSequence::next() {
  if (finished()) return std::nullopt;
  const bool first = next_page_ == 1;
  const bool known = last_page_.has_value() && next_page_ <= *last_page_;
  const bool serial = !total_ && !last_page_ && answered_ == next_page_ - 1;
  if (!first && !known && !serial) return std::nullopt;
  Turn turn{token_of(reading_, next_page_), next_page_};
  if (std::exchange(pause_, false)) turn.pause = kPauseBeforeRereading;
  ++next_page_;
  return turn;
}

std::optional<std::int64_t> PageSequence::page_of(std::uint64_t token) const {
  if (token >> kPageBits != reading_ || finished()) return std::nullopt;
  return static_cast<std::int64_t>(token & ((std::uint64_t{1} << kPageBits) - 1));
}

std::optional<Failure> PageSequence::check(std::int64_t page, const PageFacts& facts) {
  const std::string where = "page " + std::to_string(page);
  if (facts.page && *facts.page != page) {
    return disagree(where + " came back as page " + std::to_string(*facts.page));
  }
  if (page == 1) {
    total_ = facts.total;
    page_size_ = std::max(facts.page_size.value_or(wanted_page_size_), facts.rows);
    if (page_size_ <= 0) page_size_ = wanted_page_size_;
    // With neither total nor size the server may hold fewer rows on a page than were asked for:
    // then only a page shorter than the first is the end.
    if (!total_ && !facts.page_size && facts.rows > 0) page_size_ = facts.rows;
    if (total_) {
      const std::int64_t part = *total_ % page_size_ == 0 ? 0 : 1;
      last_page_ = std::max<std::int64_t>(1, *total_ / page_size_ + part);
    }
    if (total_ && (*total_ < 0 || *last_page_ > kMaxPages)) {
      return disagree("a total of " + std::to_string(*total_) + " rows cannot be read");
    }
  } else {
    if (facts.total != total_) return disagree("the total changed between page 1 and " + where);
  }
  if (!total_ && facts.rows < page_size_) last_page_ = page;
  if (!total_ && page >= kMaxPages) return disagree("there is no end of pages");

  const bool is_last = last_page_ && page == *last_page_;
  const std::int64_t expected = !is_last ? page_size_
                                : total_ ? *total_ - (page - 1) * page_size_
                                         : facts.rows;
  if (facts.rows != expected) {
    return disagree(where + " has " + std::to_string(facts.rows) + " rows instead of " +
                    std::to_string(expected));
  }
  if (facts.rows == page_size_ && !facts.rows_alike &&
      !full_page_digests_.insert(facts.digest).second) {
    return disagree(where + " repeats the rows of another page");
  }
  ++answered_;
  complete_ = last_page_ && answered_ == *last_page_;
  return std::nullopt;
}

bool PageSequence::fail(std::uint64_t token, const Failure& failure) {
  if (!page_of(token)) return false;
  if (failure.reason == Reason::kInconsistent && reading_ == 0) {
    restart();
    return true;
  }
  failure_ = failure;
  return false;
}

void PageSequence::restart() {
  ++reading_;
  pause_ = true;
  next_page_ = 1;
  answered_ = 0;
  page_size_ = wanted_page_size_;
  total_.reset();
  last_page_.reset();
  full_page_digests_.clear();
}

}  // namespace cloud_billing
