// A bill of any length, on pages of any size that come back in any order, once or again: every row
// is counted once, or the listing fails and nothing is shown.

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/amount.h"
#include "providers/growing_pages.h"
#include "providers/listing.h"
#include "providers/numbered_pages.h"
#include "providers/token_pages.h"
#include "tests/providers/answer.h"

namespace cloud_billing {
namespace {

// Row `i` of the bill, from 1, costs `i`.
struct Sum {
  std::int64_t rows = 0;
  std::int64_t cost = 0;
  bool merge(const Sum& from) {
    rows += from.rows;
    cost += from.cost;
    return true;
  }
};

// What a page holds: rows after `offset`, and what it says of itself.
struct AnsweredPage {
  std::int64_t offset = 0;
  std::int64_t rows = 0;
  bool has_ids = true;
};

template <typename Facts>
Facts fold(const AnsweredPage& page, Sum& sum) {
  Facts facts;
  facts.rows = page.rows;
  for (std::int64_t row = page.offset + 1; row <= page.offset + page.rows; ++row) {
    sum.rows += 1;
    sum.cost += row;
    if (page.has_ids) facts.ids.push_back(static_cast<std::uint64_t>(row));
  }
  facts.digest = static_cast<std::uint64_t>(page.offset);
  return facts;
}

ApiRequest plain_request() {
  ApiRequest request;
  request.subject = "a page";
  return request;
}

// Answers what is under way in any order until the conversation ends.
void answer_all(Conversation<Sum>& conversation) {
  std::vector<std::shared_ptr<Reply>> under_way;
  const auto most = *rc::gen::inRange<std::size_t>(1, 9);
  for (int requests = 0; !conversation.finished(); ++requests) {
    RC_ASSERT(requests < 5000);
    while (under_way.size() < most) {
      auto pending = conversation.next();
      if (!pending) break;
      under_way.push_back(std::move(pending->reply));
    }
    RC_ASSERT(!under_way.empty());
    const auto at = *rc::gen::inRange<std::size_t>(0, under_way.size());
    const std::shared_ptr<Reply> reply = std::move(under_way[at]);
    under_way.erase(under_way.begin() + static_cast<std::ptrdiff_t>(at));
    static_cast<void>(answer(*reply, {200, {}, ""}));
  }
}

std::int64_t cost_of(std::int64_t rows) { return rows * (rows + 1) / 2; }

// With its result, each row once; or a failure, if `may_fail`.
void require_whole(Conversation<Sum>& conversation, std::int64_t rows, bool may_fail) {
  if (conversation.failure()) {
    RC_ASSERT(may_fail);
    RC_ASSERT(conversation.failure()->reason == Reason::kInconsistent);
    return;
  }
  const Sum sum = conversation.take_result();
  RC_ASSERT(sum.rows == rows);
  RC_ASSERT(sum.cost == cost_of(rows));
}

// A bill by page number. In `faults` of all answers, at most, another page comes than was asked
// for.
struct NumberedBill {
  std::int64_t rows = 0;
  std::int64_t size = 1;
  bool tells_total = true;
  bool tells_size = true;
  bool tells_number = true;
  bool has_ids = true;
  int faults = 0;

  [[nodiscard]] Listing<Sum, NumberedPages>::Pages pages() {
    Listing<Sum, NumberedPages>::Pages how;
    how.request = [](const NumberedPages::Page&) { return plain_request(); };
    how.read = [this](const NumberedPages::Page& page, HttpResponse&,
                      Sum& sum) -> Result<PageFacts, Failure> {
      std::int64_t number = page.number;
      if (faults > 0 && *rc::gen::inRange(0, 4) == 0) {
        --faults;
        number = *rc::gen::inRange<std::int64_t>(1, rows / size + 2);
      }
      const std::int64_t offset = (number - 1) * size;
      auto facts =
          fold<PageFacts>({offset, std::clamp<std::int64_t>(rows - offset, 0, size), has_ids}, sum);
      if (tells_total) facts.total = rows;
      if (tells_size) facts.page_size = size;
      if (tells_number) facts.page = number;
      return facts;
    };
    return how;
  }
};

NumberedBill any_numbered_bill() {
  NumberedBill bill;
  bill.rows = *rc::gen::inRange<std::int64_t>(0, 60);
  bill.size = *rc::gen::inRange<std::int64_t>(1, 12);
  bill.tells_total = *rc::gen::arbitrary<bool>();
  bill.tells_size = *rc::gen::arbitrary<bool>();
  bill.tells_number = *rc::gen::arbitrary<bool>();
  return bill;
}

RC_GTEST_PROP(NumberedBills, AreReadWholeInWhateverOrderTheirPagesComeBack, ()) {
  NumberedBill bill = any_numbered_bill();
  // What is asked for; the server may hold fewer rows on a page if it says so, or if nothing else
  // tells where the end is.
  const bool may_differ = bill.tells_size || !bill.tells_total;
  const std::int64_t wanted =
      may_differ ? bill.size + *rc::gen::inRange<std::int64_t>(0, 3) : bill.size;
  Listing<Sum, NumberedPages> listing(NumberedPages(wanted), bill.pages(), Sum());
  answer_all(listing);
  require_whole(listing, bill.rows, false);
}

RC_GTEST_PROP(NumberedBills, OfWhichAnotherPageComesBackAreReadAgainOrFail, ()) {
  NumberedBill bill = any_numbered_bill();
  bill.tells_total = true;
  bill.faults = *rc::gen::inRange(1, 4);
  Listing<Sum, NumberedPages> listing(NumberedPages(bill.size), bill.pages(), Sum());
  answer_all(listing);
  require_whole(listing, bill.rows, true);
}

RC_GTEST_PROP(GrowingBills, AreReadWholeAsFarAsTheyGrew, ()) {
  std::int64_t rows = *rc::gen::inRange<std::int64_t>(0, 60);
  const auto held = *rc::gen::inRange<std::int64_t>(1, 12);
  int growths = *rc::gen::inRange(0, 4);
  const bool tells_total = *rc::gen::arbitrary<bool>();
  const bool tells_offset = *rc::gen::arbitrary<bool>();
  if (!tells_total) growths = 0;  // then the end is where it was
  Listing<Sum, GrowingPages>::Pages how;
  how.request = [](const GrowingPages::Page&) { return plain_request(); };
  how.read = [&](const GrowingPages::Page& page, HttpResponse&,
                 Sum& sum) -> Result<GrowingPageFacts, Failure> {
    const std::int64_t limit = std::min(held, page.limit);
    auto facts = fold<GrowingPageFacts>(
        {page.offset, std::clamp<std::int64_t>(rows - page.offset, 0, limit), true}, sum);
    // New rows may come between listing and counting.
    if (growths > 0 && *rc::gen::arbitrary<bool>()) {
      --growths;
      rows += *rc::gen::inRange<std::int64_t>(1, 5);
    }
    if (tells_total) facts.total = rows;
    facts.limit = limit;
    if (tells_offset) facts.offset = page.offset;
    return facts;
  };
  Listing<Sum, GrowingPages> listing(GrowingPages(held + *rc::gen::inRange<std::int64_t>(0, 3)),
                                     std::move(how), Sum());
  answer_all(listing);
  if (listing.failure()) {
    // Only a bill that kept growing under the reader.
    RC_ASSERT(listing.failure()->reason == Reason::kInconsistent);
    RC_ASSERT(growths == 0 && tells_total);
    return;
  }
  const Sum sum = listing.take_result();
  RC_ASSERT(sum.cost == cost_of(sum.rows));  // each row once, none left out
  RC_ASSERT(sum.rows <= rows);
}

// Chains of pages that name each other; in one a page may be named twice.
RC_GTEST_PROP(TokenLists, AreReadWholeAndNeverRoundInCircles, ()) {
  const auto chains = *rc::gen::inRange<std::size_t>(1, 4);
  const auto pages_of_chain = *rc::gen::inRange<std::int64_t>(1, 6);
  const bool runs_in_circles = *rc::gen::inRange(0, 4) == 0;
  Listing<Sum, TokenPages>::Pages how;
  how.request = [](const TokenPages::Page&) { return plain_request(); };
  how.read = [&](const TokenPages::Page& page, HttpResponse&,
                 Sum& sum) -> Result<TokenPageFacts, Failure> {
    const std::int64_t place =
        static_cast<std::int64_t>(page.chain) * pages_of_chain + (page.number - 1) % pages_of_chain;
    auto facts = fold<TokenPageFacts>({place * 3, 3, true}, sum);
    const bool is_last = page.number % pages_of_chain == 0;
    if (!is_last || runs_in_circles) {
      facts.next_token = std::to_string(page.number % pages_of_chain + 1);
    }
    return facts;
  };
  Listing<Sum, TokenPages> listing(TokenPages(chains, 1000), std::move(how), Sum());
  answer_all(listing);
  RC_ASSERT(listing.failure().has_value() == runs_in_circles);
  require_whole(listing, static_cast<std::int64_t>(chains) * pages_of_chain * 3, runs_in_circles);
}

}  // namespace
}  // namespace cloud_billing
