#include "providers/growing_pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "billing/cost_snapshot.h"
#include "providers/listing.h"
#include "tests/providers/answer.h"

namespace cloud_billing::growing_pages_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using GrowingListing = Listing<CostSnapshot, GrowingPages>;

// Rows are told apart by their number; 0 stands for a row without an id.
struct Answer {
  std::optional<std::int64_t> total;
  std::vector<std::uint64_t> rows;
  std::optional<std::int64_t> limit;
  std::optional<std::int64_t> offset;
};

// A small cloud's bill: rows 1 to `size`.
struct Bill {
  std::int64_t size = 0;
  bool tells_total = true;
  bool has_ids = true;

  Answer page(std::int64_t offset, std::int64_t limit) const {
    Answer response;
    if (tells_total) response.total = size;
    for (std::int64_t row = offset; row < std::min(size, offset + limit); ++row) {
      response.rows.push_back(has_ids ? static_cast<std::uint64_t>(row) + 1 : 0);
    }
    return response;
  }
};

struct Asked {
  std::int64_t offset = 0;
  std::int64_t limit = 0;
  std::shared_ptr<Reply> reply;
  std::chrono::milliseconds pause{0};
};

// A reading of a bill in pages of 10; every row costs its number.
class Reading {
 public:
  explicit Reading(std::int64_t limit = 10) {
    GrowingListing::Pages pages;
    pages.request = [](const GrowingPages::Page& page) {
      ApiRequest request;
      request.subject = std::to_string(page.offset) + " " + std::to_string(page.limit);
      return request;
    };
    pages.read = [this](const GrowingPages::Page&, HttpResponse& http,
                        CostSnapshot& rows) -> Result<GrowingPageFacts, Failure> {
      const Answer& response = responses_.at(std::stoul(http.body));
      GrowingPageFacts facts;
      facts.total = response.total;
      facts.limit = response.limit;
      facts.offset = response.offset;
      facts.rows = static_cast<std::int64_t>(response.rows.size());
      facts.digest = responses_.size();
      for (const std::uint64_t number : response.rows) {
        BillRow row;
        row.currency = "CNY";
        const std::string service = std::to_string(number);
        row.service_type = service;
        row.amounts[0] = *Amount::parse(std::to_string(number));
        EXPECT_TRUE(rows.fold(row));
        if (number != 0) facts.ids.push_back(number);
      }
      if (digest_) facts.digest = *digest_;
      return facts;
    };
    listing_.emplace(GrowingPages(limit), std::move(pages), CostSnapshot(aggregation_));
  }

  std::optional<Asked> ask() {
    const auto pending = listing_->next();
    if (!pending) return std::nullopt;
    Asked asked;
    asked.offset = std::stol(pending->request.subject);
    asked.limit = std::stol(pending->request.subject.substr(pending->request.subject.find(' ')));
    asked.reply = pending->reply;
    asked.pause = pending->pause;
    return asked;
  }

  // Everything that may be asked for now.
  std::vector<Asked> ask_all() {
    std::vector<Asked> all;
    while (auto asked = ask()) all.push_back(*asked);
    return all;
  }

  // A failure is given back as refused, as the poller does.
  std::optional<Failure> response(const Asked& asked, const Answer& with) {
    responses_.push_back(with);
    return answer(*asked.reply, {200, {}, std::to_string(responses_.size() - 1)});
  }

  void set_digest(std::uint64_t digest) { digest_ = digest; }

  // Each row's number and how often it counted.
  std::map<std::string, int> counts() {
    std::map<std::string, int> counts;
    const CostSnapshot rows = listing_->take_result();
    for (const auto& [key, amounts] : rows.totals()) {
      const std::string number(split_cost_key(key)[2]);
      counts[number] = number == "0" ? static_cast<int>(rows.rows())
                                     : std::stoi(amounts[0].to_decimal()) / std::stoi(number);
    }
    return counts;
  }

  GrowingListing* operator->() { return &*listing_; }

 private:
  AggregationConfig aggregation_;
  std::deque<Answer> responses_;
  std::optional<std::uint64_t> digest_;
  std::optional<GrowingListing> listing_;
};

// Reads with the answers of `bill`, one request after the other; the offsets asked for.
std::vector<std::int64_t> read_in_turn(Reading& reading,
                                       const std::function<Answer(const Asked&)>& bill) {
  std::vector<std::int64_t> offsets;
  while (auto asked = reading.ask()) {
    offsets.push_back(asked->offset);
    static_cast<void>(reading.response(*asked, bill(*asked)));
  }
  return offsets;
}

std::vector<std::int64_t> read_in_turn(Reading& reading, const Bill& bill) {
  return read_in_turn(reading,
                      [&bill](const Asked& asked) { return bill.page(asked.offset, asked.limit); });
}

void expect_each_row_once(Reading& reading, std::int64_t rows) {
  ASSERT_TRUE(reading->finished());
  ASSERT_FALSE(reading->failure()) << reading->failure()->message;
  const auto counts = reading.counts();
  EXPECT_EQ(static_cast<std::int64_t>(counts.size()), rows);
  for (const auto& [number, count] : counts) EXPECT_EQ(count, 1) << "row " << number;
}

// ---- bills that hold still ----

TEST(GrowingListing, ReadsEveryRowOfABillOfAnySizeOnce) {
  for (const std::int64_t size : {0, 1, 9, 10, 11, 19, 20, 21, 95, 100, 101}) {
    SCOPED_TRACE(size);
    Reading reading;
    const auto offsets = read_in_turn(reading, Bill{size});
    EXPECT_EQ(static_cast<std::int64_t>(offsets.size()),
              std::max<std::int64_t>(1, (size + 9) / 10));
    expect_each_row_once(reading, size);
  }
}

TEST(GrowingListing, AsksForFullPagesTogetherAndForTheLastOneAlone) {
  Reading reading;
  const auto first = reading.ask_all();
  ASSERT_EQ(first.size(), 1U);
  const Bill bill{45};
  EXPECT_FALSE(reading.response(first[0], bill.page(0, 10)));
  const auto full = reading.ask_all();
  ASSERT_EQ(full.size(), 3U);
  for (const Asked& asked : {full[2], full[0]}) {
    EXPECT_FALSE(reading.response(asked, bill.page(asked.offset, asked.limit)));
    EXPECT_FALSE(reading.ask());
  }
  EXPECT_FALSE(reading.response(full[1], bill.page(full[1].offset, 10)));
  const auto last = reading.ask_all();
  ASSERT_EQ(last.size(), 1U);
  EXPECT_EQ(last[0].offset, 40);
  EXPECT_FALSE(reading->finished());
  EXPECT_FALSE(reading.response(last[0], bill.page(40, 10)));
  expect_each_row_once(reading, 45);
}

TEST(GrowingListing, CountsRowsWithoutAnIdOneEach) {
  Reading reading;
  read_in_turn(reading, Bill{25, true, false});
  ASSERT_FALSE(reading->failure());
  EXPECT_THAT(reading.counts(), ElementsAre(std::pair("0", 25)));
}

TEST(GrowingListing, TakesSmallerPagesWhereTheServerHoldsFewerRows) {
  Reading reading;
  const Bill bill{25};
  const auto offsets = read_in_turn(reading, [&bill](const Asked& asked) {
    Answer response = bill.page(asked.offset, std::min<std::int64_t>(asked.limit, 4));
    response.limit = 4;
    return response;
  });
  EXPECT_THAT(offsets, ElementsAre(0, 4, 8, 12, 16, 20, 24));
  expect_each_row_once(reading, 25);
}

// ---- bills without a total ----

TEST(GrowingListing, WithoutATotalIsReadInTurnUntilAPageIsShort) {
  Reading reading;
  EXPECT_THAT(read_in_turn(reading, Bill{25, false}), ElementsAre(0, 10, 20));
  expect_each_row_once(reading, 25);
  Reading even;
  EXPECT_THAT(read_in_turn(even, Bill{20, false}), ElementsAre(0, 10, 20));
  expect_each_row_once(even, 20);
  Reading empty;
  EXPECT_THAT(read_in_turn(empty, Bill{0, false}), ElementsAre(0));
  expect_each_row_once(empty, 0);
}

TEST(GrowingListing, WithoutATotalIsNotCutShortByAServerThatHoldsFewerRows) {
  Reading reading;
  const Bill bill{10, false};
  read_in_turn(reading, [&bill](const Asked& asked) {
    return bill.page(asked.offset, std::min<std::int64_t>(asked.limit, 4));
  });
  expect_each_row_once(reading, 10);
}

TEST(GrowingListing, WithoutATotalEndsWhereTheSamePageComesForEver) {
  Reading reading;
  const auto offsets = read_in_turn(reading, [](const Asked&) {
    return Bill{10, false}.page(0, 10);
  });
  EXPECT_THAT(offsets, ElementsAre(0, 10, 0, 10));
  EXPECT_EQ(reading->failure()->reason, Reason::kInconsistent);
}

// ---- bills that grow ----

TEST(GrowingListing, ReadsOnToTheLargestTotalSeen) {
  Reading reading;
  Bill bill{15};
  const auto offsets = read_in_turn(reading, [&bill](const Asked& asked) {
    Answer response = bill.page(asked.offset, asked.limit);
    bill.size += 8;
    return response;
  });
  EXPECT_THAT(offsets, ElementsAre(0, 10, 20, 30));
  expect_each_row_once(reading, 15 + 3 * 8);
}

TEST(GrowingListing, ReadsAPageAgainThatGrewBetweenCountingAndListing) {
  for (const bool has_ids : {true, false}) {
    Reading reading;
    int answers = 0;
    const auto offsets = read_in_turn(reading, [&](const Asked& asked) {
      Bill bill{13, true, has_ids};
      Answer response = bill.page(asked.offset, asked.limit);
      if (++answers == 2) response.total = 17;  // counted later than listed
      if (answers == 3) {
        bill.size = 18;  // listed later than counted
        response = bill.page(asked.offset, asked.limit);
        response.total = 17;
      }
      if (answers == 4) response = Bill{18, true, has_ids}.page(asked.offset, asked.limit);
      return response;
    });
    EXPECT_THAT(offsets, ElementsAre(0, 10, 10, 10));
    if (has_ids) {
      expect_each_row_once(reading, 18);
    } else {
      EXPECT_THAT(reading.counts(), ElementsAre(std::pair("0", 18)));
    }
  }
}

// Answers overtake each other: an earlier count that arrives later is no shrinking.
TEST(GrowingListing, TakesAnswersInAnyOrder) {
  Reading reading;
  const auto first = reading.ask_all();
  EXPECT_FALSE(reading.response(first[0], Bill{40}.page(0, 10)));
  const auto rest = reading.ask_all();
  ASSERT_EQ(rest.size(), 3U);
  EXPECT_FALSE(reading.response(rest[0], Bill{44}.page(10, 10)));
  EXPECT_FALSE(reading.response(rest[2], Bill{42}.page(30, 10)));
  EXPECT_FALSE(reading.response(rest[1], Bill{41}.page(20, 10)));
  read_in_turn(reading, Bill{44});
  expect_each_row_once(reading, 44);
}

// Rows are appended at random moments, answers arrive in random order, and a total is counted a
// little before or after its rows are listed: each row counts once.
TEST(GrowingListing, CountsEachRowOnceHoweverTheBillGrows) {
  for (unsigned seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto choose = [&random](std::int64_t below) {
      return static_cast<std::int64_t>(random() % static_cast<unsigned long>(below));
    };
    Bill bill{choose(60), choose(8) != 0};
    const std::int64_t end = bill.size + choose(80);
    const auto grow = [&] {
      if (choose(3) == 0) bill.size = std::min(end, bill.size + choose(15));
    };
    Reading reading;
    struct Flying {
      Asked asked;
      Answer response;
    };
    std::vector<Flying> flying;
    for (int steps = 0; !reading->finished(); ++steps) {
      ASSERT_LT(steps, 10000) << "no end";
      if (auto asked = choose(2) == 0 ? reading.ask() : std::nullopt) {
        grow();
        Answer response = bill.page(asked->offset, asked->limit);
        grow();
        const Answer later = bill.page(asked->offset, asked->limit);
        // Counted or listed first.
        if (bill.tells_total && choose(2) == 0) response.total = later.total;
        if (choose(2) == 0) response.rows = later.rows;
        flying.push_back({*asked, std::move(response)});
      } else if (!flying.empty()) {
        const auto turn = flying.begin() + choose(static_cast<std::int64_t>(flying.size()));
        const auto failure = reading.response(turn->asked, turn->response);
        ASSERT_FALSE(failure) << failure->message;
        flying.erase(turn);
      }
    }
    ASSERT_FALSE(reading->failure());
    const auto counts = reading.counts();
    for (const auto& [number, count] : counts) EXPECT_EQ(count, 1) << "row " << number;
    // The rows are the first ones, without a gap.
    for (std::size_t row = 1; row <= counts.size(); ++row) {
      EXPECT_TRUE(counts.contains(std::to_string(row)));
    }
  }
}

// ---- bills that do not add up ----

// Reads once with answers that go wrong, twice: the failure, after one more reading with a pause.
std::string read_twice(const std::function<Answer(const Asked&)>& bill) {
  Reading reading;
  int starts = 0;
  while (auto asked = reading.ask()) {
    if (asked->pause.count() > 0) ++starts;
    static_cast<void>(reading.response(*asked, bill(*asked)));
  }
  EXPECT_EQ(starts, 1) << "read once more, after a pause";
  return reading->failure() ? std::string(reason_name(reading->failure()->reason)) + ": " +
                                  reading->failure()->message
                            : "good";
}

TEST(GrowingListing, WithFewerRowsThanItsTotalIsInconsistent) {
  EXPECT_EQ(read_twice([](const Asked& asked) {
              Answer response = Bill{25}.page(asked.offset, asked.limit);
              if (asked.offset == 20) response.rows.pop_back();
              return response;
            }),
            "inconsistent: the pages do not add up: page 3 has 4 rows instead of 5");
  EXPECT_THAT(read_twice([](const Asked& asked) {
                Answer response = Bill{35}.page(asked.offset, asked.limit);
                if (asked.offset == 10) response.rows.pop_back();
                return response;
              }),
              HasSubstr("page 2 has 9 rows instead of 10"));
  EXPECT_THAT(read_twice([](const Asked&) {
                return Answer{7, {}, {}, {}};
              }),
              HasSubstr("page 1 has 0 rows instead of 7"));
}

TEST(GrowingListing, ThatGrowsWheneverItsEndIsReadIsInconsistent) {
  Reading reading(30);
  std::int64_t rows = 0;
  while (auto asked = reading.ask()) {
    Answer response = Bill{++rows}.page(0, 30);
    response.total = rows + 1;
    static_cast<void>(reading.response(*asked, response));
  }
  ASSERT_TRUE(reading->failure());
  EXPECT_EQ(reading->failure()->reason, Reason::kInconsistent);
  EXPECT_THAT(reading->failure()->message, HasSubstr("page 1 grows whenever it is read"));
}

TEST(GrowingListing, ThatShrinksIsInconsistent) {
  std::int64_t size = 35;
  EXPECT_THAT(
      read_twice([&size](const Asked& asked) { return Bill{size--}.page(asked.offset, 10); }),
      HasSubstr("inconsistent: the pages do not add up: the total fell from "));
}

TEST(GrowingListing, ThatRepeatsRowsOnDifferentPagesIsInconsistent) {
  EXPECT_EQ(read_twice([](const Asked& asked) {
              Answer response = Bill{25}.page(asked.offset, asked.limit);
              if (asked.offset == 20) response.rows[0] = 3;
              return response;
            }),
            "inconsistent: the pages do not add up: page 3 repeats rows of another page");
}

TEST(GrowingListing, WithMoreRowsThanItsTotalIsInconsistent) {
  EXPECT_THAT(read_twice([](const Asked& asked) {
                Answer response = Bill{14}.page(asked.offset, asked.limit);
                response.total = 12;
                return response;
              }),
              HasSubstr("the total fell from 14 to 12"));
  EXPECT_THAT(read_twice([](const Asked&) { return Bill{40}.page(0, 11); }),
              HasSubstr("page 1 has 11 rows instead of 10"));
}

TEST(GrowingListing, ThatAnswersWithAnotherPageIsInconsistent) {
  EXPECT_THAT(read_twice([](const Asked& asked) {
                Answer response = Bill{30}.page(asked.offset, asked.limit);
                response.offset = asked.offset == 10 ? 20 : asked.offset;
                return response;
              }),
              HasSubstr("page 2 came back from row 20"));
}

TEST(GrowingListing, ThatRepeatsAPageWithoutIdsIsInconsistent) {
  Reading repeated;
  repeated.set_digest(7);
  read_in_turn(repeated, Bill{20, true, false});
  EXPECT_EQ(repeated->failure()->reason, Reason::kInconsistent);
}

TEST(GrowingListing, ThatAddsUpWhenReadOnceMoreIsGood) {
  Reading reading;
  int answers = 0;
  read_in_turn(reading, [&answers](const Asked& asked) {
    Answer response = Bill{25}.page(asked.offset, asked.limit);
    if (++answers == 3) response.rows[0] = 3;
    return response;
  });
  expect_each_row_once(reading, 25);
}

TEST(GrowingListing, ForgetsAnswersToItsFirstReading) {
  Reading reading;
  const auto first = reading.ask_all();
  EXPECT_FALSE(reading.response(first[0], Bill{40}.page(0, 10)));
  const auto rest = reading.ask_all();
  EXPECT_TRUE(reading.response(rest[0], Bill{40}.page(0, 10)));
  EXPECT_FALSE(reading.response(rest[1], Bill{40}.page(20, 10)));
  read_in_turn(reading, Bill{40});
  expect_each_row_once(reading, 40);
}

TEST(GrowingListing, FailsForAnyOtherReasonAtOnce) {
  Reading reading;
  const auto first = reading.ask_all();
  Failure failure;
  failure.reason = Reason::kPermission;
  first[0].reply->fail(failure);
  EXPECT_TRUE(reading->finished());
  EXPECT_EQ(reading->failure()->reason, Reason::kPermission);
  EXPECT_FALSE(reading.ask());
}

// ---- ids ----

TEST(IdSet, KnowsWhatIsInIt) {
  IdSet ids;
  std::mt19937_64 random(1);
  std::vector<std::uint64_t> hashes{0};
  for (int i = 0; i < 5000; ++i) hashes.push_back(random());
  for (const std::uint64_t hash : hashes) EXPECT_TRUE(ids.insert(hash));
  for (const std::uint64_t hash : hashes) EXPECT_FALSE(ids.insert(hash));
  EXPECT_EQ(ids.size(), 5001U);
}

}  // namespace
}  // namespace cloud_billing::growing_pages_test
