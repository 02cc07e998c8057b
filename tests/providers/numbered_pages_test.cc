#include "providers/numbered_pages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "billing/cost_snapshot.h"
#include "providers/listing.h"
#include "tests/providers/answer.h"

namespace cloud_billing::numbered_pages_test {
namespace {

using NumberedListing = Listing<CostSnapshot, NumberedPages>;

// A page as a cloud may answer it. Its rows cost 1 each.
struct CloudPage {
  std::optional<std::int64_t> total;
  std::optional<std::int64_t> page;
  std::optional<std::int64_t> page_size;
  std::int64_t rows = 0;
  std::uint64_t digest = 0;
};

// A listing whose answers carry an index into `pages`: one reading of a small cloud.
class Reading {
 public:
  Reading() {
    NumberedListing::Pages pages;
    pages.request = [](const NumberedPages::Page& page) {
      ApiRequest request;
      request.subject = std::to_string(page.number);
      return request;
    };
    pages.read = [this](const NumberedPages::Page&, HttpResponse& response,
                        CostSnapshot& rows) -> Result<PageFacts, Failure> {
      const CloudPage& page = responses_.at(std::stoul(response.body));
      for (std::int64_t i = 0; i < page.rows; ++i) {
        BillRow row;
        row.currency = "CNY";
        EXPECT_TRUE(rows.fold(row));
      }
      PageFacts facts;
      facts.total = page.total;
      facts.page = page.page;
      facts.page_size = page.page_size;
      facts.rows = page.rows;
      facts.digest = page.digest;
      return facts;
    };
    listing_.emplace(NumberedPages(100), std::move(pages), CostSnapshot(aggregation_));
  }

  // Asks for the next page: its number, or nothing.
  std::optional<std::int64_t> ask() {
    const auto pending = listing_->next();
    if (!pending) return std::nullopt;
    const std::int64_t page = std::stol(pending->request.subject);
    replies_.insert_or_assign(page, pending->reply);
    last_pause_ = pending->pause;
    return page;
  }

  // Answers a page that was asked for; a failure is given back as refused, as the poller does.
  std::optional<Failure> response(std::int64_t page, const CloudPage& with) {
    return response_to(*replies_.at(page), with);
  }
  std::optional<Failure> response_to(Reply& reply, const CloudPage& with) {
    responses_.push_back(with);
    return answer(reply, {200, {}, std::to_string(responses_.size() - 1)});
  }

  const std::shared_ptr<Reply>& reply_of(std::int64_t page) const { return replies_.at(page); }
  std::chrono::milliseconds last_pause() const { return last_pause_; }
  NumberedListing* operator->() { return &*listing_; }

 private:
  AggregationConfig aggregation_;
  std::vector<CloudPage> responses_;
  std::map<std::int64_t, std::shared_ptr<Reply>> replies_;
  std::chrono::milliseconds last_pause_{0};
  std::optional<NumberedListing> listing_;
};

// Page `page` of a listing of `total` rows in pages of `size`, told apart by its digest.
CloudPage good_page(std::int64_t total, std::int64_t page, std::int64_t size = 100) {
  CloudPage result;
  result.total = total;
  result.page = page;
  result.page_size = size;
  result.rows = std::clamp<std::int64_t>(total - (page - 1) * size, 0, size);
  result.digest = static_cast<std::uint64_t>(page);
  return result;
}

CloudPage without_total(CloudPage page) {
  page.total.reset();
  return page;
}

// ---- good listings ----

TEST(Listing, WithoutRowsIsOnePage) {
  Reading listing;
  EXPECT_EQ(listing.ask(), 1);
  EXPECT_EQ(listing.ask(), std::nullopt);
  EXPECT_FALSE(listing->finished());
  EXPECT_FALSE(listing.response(1, good_page(0, 1)));
  EXPECT_TRUE(listing->finished());
  EXPECT_FALSE(listing->failure());
  EXPECT_EQ(listing->take_result().rows(), 0U);
  EXPECT_EQ(listing.ask(), std::nullopt);
}

TEST(Listing, OfExactlyFullPagesAsksForNoFurtherOne) {
  Reading listing;
  EXPECT_EQ(listing.ask(), 1);
  EXPECT_FALSE(listing.response(1, good_page(200, 1)));
  EXPECT_EQ(listing.ask(), 2);
  EXPECT_EQ(listing.ask(), std::nullopt);
  EXPECT_FALSE(listing.response(2, good_page(200, 2)));
  EXPECT_TRUE(listing->finished());
  EXPECT_EQ(listing->take_result().rows(), 200U);
}

TEST(Listing, IsAskedForAllAtOnceAfterItsFirstPageAndAnsweredInAnyOrder) {
  Reading listing;
  EXPECT_EQ(listing.ask(), 1);
  EXPECT_FALSE(listing.response(1, good_page(450, 1)));
  for (std::int64_t page = 2; page <= 5; ++page) EXPECT_EQ(listing.ask(), page);
  EXPECT_EQ(listing.ask(), std::nullopt);
  for (const std::int64_t page : {5, 3, 2}) {
    EXPECT_FALSE(listing.response(page, good_page(450, page)));
    EXPECT_FALSE(listing->finished());
  }
  EXPECT_FALSE(listing.response(4, good_page(450, 4)));
  EXPECT_TRUE(listing->finished());
  EXPECT_EQ(listing->take_result().rows(), 450U);
}

TEST(Listing, HasTheEchoedPageSizeNotTheOneAskedFor) {
  Reading listing;
  EXPECT_EQ(listing.ask(), 1);
  EXPECT_FALSE(listing.response(1, good_page(50, 1, 20)));
  EXPECT_EQ(listing.ask(), 2);
  EXPECT_EQ(listing.ask(), 3);
  EXPECT_EQ(listing.ask(), std::nullopt);
  EXPECT_FALSE(listing.response(2, good_page(50, 2, 20)));
  EXPECT_FALSE(listing.response(3, good_page(50, 3, 20)));
  EXPECT_TRUE(listing->finished());
  EXPECT_EQ(listing->take_result().rows(), 50U);
}

TEST(Listing, WithoutATotalIsReadPageByPageUntilAShortOne) {
  Reading listing;
  for (std::int64_t page = 1; page <= 3; ++page) {
    EXPECT_EQ(listing.ask(), page);
    EXPECT_EQ(listing.ask(), std::nullopt);
    EXPECT_FALSE(listing->finished());
    EXPECT_FALSE(listing.response(page, without_total(good_page(250, page))));
  }
  EXPECT_TRUE(listing->finished());
  EXPECT_EQ(listing->take_result().rows(), 250U);
}

TEST(Listing, WithoutATotalMayEndWithAnEmptyPage) {
  Reading listing;
  for (std::int64_t page = 1; page <= 3; ++page) {
    EXPECT_EQ(listing.ask(), page);
    EXPECT_FALSE(listing.response(page, without_total(good_page(200, page))));
  }
  EXPECT_TRUE(listing->finished());
  EXPECT_EQ(listing->take_result().rows(), 200U);
}

TEST(Listing, WithNeitherTotalNorPageSizeEndsAtThePageShorterThanTheFirst) {
  Reading listing;
  for (const std::int64_t rows : {20, 20, 7}) {
    const auto page = listing.ask();
    ASSERT_TRUE(page);
    EXPECT_FALSE(listing->finished());
    CloudPage short_pages = without_total(good_page(100, 1));
    short_pages.page = *page;
    short_pages.page_size.reset();
    short_pages.rows = rows;
    short_pages.digest = static_cast<std::uint64_t>(*page);
    EXPECT_FALSE(listing.response(*page, short_pages));
  }
  EXPECT_TRUE(listing->finished());
  EXPECT_EQ(listing->take_result().rows(), 47U);
}

TEST(Listing, MayLeaveItsPageNumberOut) {
  Reading listing;
  listing.ask();
  CloudPage page = good_page(3, 1);
  page.page.reset();
  page.page_size.reset();
  EXPECT_FALSE(listing.response(1, page));
  EXPECT_TRUE(listing->finished());
}

// ---- listings that do not add up ----

// Reads the same bad listing twice and expects the second time to be the end of it.
void expect_retried_once(Reading& listing,
                         const std::vector<std::pair<std::int64_t, CloudPage>>& bad) {
  for (int reading = 0; reading < 2; ++reading) {
    EXPECT_FALSE(listing->finished()) << "reading " << reading;
    std::optional<Failure> failure;
    for (const auto& [page, with] : bad) {
      ASSERT_FALSE(failure) << failure->message;
      ASSERT_EQ(listing.ask(), page);
      if (page == 1) {
        EXPECT_EQ(listing.last_pause() > std::chrono::milliseconds(0), reading == 1);
      }
      failure = listing.response(page, with);
    }
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->reason, Reason::kInconsistent);
    EXPECT_FALSE(failure->retryable) << "the page alone would be asked for again";
  }
  ASSERT_TRUE(listing->finished());
  ASSERT_TRUE(listing->failure());
  EXPECT_EQ(listing->failure()->reason, Reason::kInconsistent);
  EXPECT_EQ(listing.ask(), std::nullopt);
}

TEST(InconsistentListing, HasAnotherTotalOnALaterPage) {
  for (const std::int64_t total : {199, 201, 0}) {
    Reading listing;
    CloudPage second = good_page(200, 2);
    second.total = total;
    expect_retried_once(listing, {{1, good_page(200, 1)}, {2, second}});
  }
}

TEST(InconsistentListing, LosesItsTotalOnALaterPage) {
  Reading listing;
  expect_retried_once(listing, {{1, good_page(200, 1)}, {2, without_total(good_page(200, 2))}});
}

TEST(InconsistentListing, HasAShortPageBeforeItsEnd) {
  Reading listing;
  CloudPage first = good_page(200, 1);
  first.rows = 99;
  expect_retried_once(listing, {{1, first}});
}

TEST(InconsistentListing, HasTooManyOrTooFewRowsOnItsLastPage) {
  for (const std::int64_t rows : {0, 49, 51, 100}) {
    Reading listing;
    CloudPage last = good_page(150, 2);
    last.rows = rows;
    expect_retried_once(listing, {{1, good_page(150, 1)}, {2, last}});
  }
}

TEST(InconsistentListing, EchoesAnotherPageNumber) {
  Reading listing;
  CloudPage second = good_page(200, 2);
  second.page = 1;
  expect_retried_once(listing, {{1, good_page(200, 1)}, {2, second}});
}

TEST(InconsistentListing, RepeatsAFullPage) {
  Reading listing;
  CloudPage second = good_page(300, 2);
  second.digest = good_page(300, 1).digest;
  expect_retried_once(listing, {{1, good_page(300, 1)}, {2, second}});
}

TEST(InconsistentListing, WithoutATotalRepeatsAFullPageForEver) {
  Reading listing;
  CloudPage second = without_total(good_page(300, 2));
  second.digest = good_page(300, 1).digest;
  expect_retried_once(listing, {{1, without_total(good_page(300, 1))}, {2, second}});
}

TEST(InconsistentListing, ClaimsATotalThatCannotBe) {
  for (const std::int64_t total :
       {std::int64_t{-1}, std::int64_t{10'000'001}, std::numeric_limits<std::int64_t>::max(),
        std::numeric_limits<std::int64_t>::min()}) {
    Reading listing;
    CloudPage first = good_page(100, 1);
    first.total = total;
    expect_retried_once(listing, {{1, first}});
  }
}

TEST(InconsistentListing, ClaimsAPageSizeThatCannotBe) {
  for (const std::int64_t size : {std::int64_t{99}, std::numeric_limits<std::int64_t>::max()}) {
    Reading listing;
    CloudPage first = good_page(150, 1);
    first.page_size = size;
    first.rows = 80;
    expect_retried_once(listing, {{1, first}});
  }
}

TEST(InconsistentListing, IsReadAgainFromItsStartAndCountsNothingTwice) {
  Reading listing;
  listing.ask();
  EXPECT_FALSE(listing.response(1, good_page(300, 1)));
  listing.ask();
  listing.ask();
  const std::shared_ptr<Reply> old_page_three = listing.reply_of(3);
  CloudPage wrong = good_page(300, 2);
  wrong.total = 299;
  EXPECT_TRUE(listing.response(2, wrong));

  // Answers and refusals of the first reading are ignored.
  EXPECT_FALSE(listing.response_to(*old_page_three, good_page(300, 3)));
  Failure late;
  late.reason = Reason::kTimeout;
  old_page_three->fail(late);
  EXPECT_FALSE(listing->finished());

  // The bill has changed meanwhile, and the second reading adds up.
  EXPECT_EQ(listing.ask(), 1);
  EXPECT_FALSE(listing.response(1, good_page(299, 1)));
  EXPECT_EQ(listing.ask(), 2);
  EXPECT_EQ(listing.last_pause().count(), 0);
  EXPECT_EQ(listing.ask(), 3);
  EXPECT_FALSE(listing.response(2, good_page(299, 2)));
  EXPECT_FALSE(listing.response(3, good_page(299, 3)));
  EXPECT_TRUE(listing->finished());
  EXPECT_FALSE(listing->failure());
  EXPECT_EQ(listing->take_result().rows(), 299U);
}

TEST(Listing, FailsAtOnceForAnyOtherReason) {
  Reading listing;
  listing.ask();
  Failure failure;
  failure.reason = Reason::kTimeout;
  listing.reply_of(1)->fail(failure);
  EXPECT_TRUE(listing->finished());
  ASSERT_TRUE(listing->failure());
  EXPECT_EQ(listing->failure()->reason, Reason::kTimeout);
  EXPECT_EQ(listing.ask(), std::nullopt);
}

}  // namespace
}  // namespace cloud_billing::numbered_pages_test
