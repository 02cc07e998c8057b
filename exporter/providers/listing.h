#pragma once

// One listing read page by page, and what its rows fold into: the conversation that all others are
// put together from. Which page comes next is its plan's matter (page_plan.h); this owns what is
// the same for every plan. Rows that stand on two pages do not add up, and neither does what the
// plan rejects: then the listing is read once more from its start, after a pause, and fails as
// `inconsistent` the second time. Full pages that are the same, of rows without an id, may be right
// though: the second time rows that can hold a doubt come with it. Knows no provider. One thread.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include "core/failure.h"
#include "core/result.h"
#include "providers/api_error.h"
#include "providers/conversation.h"
#include "providers/id_set.h"
#include "providers/page_plan.h"

namespace cloud_billing {

// The rows that one reading met, to know them again.
class MetRows {
 public:
  enum class Page { kNew, kLikeAnother, kRepeatsRows };
  // Full pages of rows without an id are known by their digest.
  [[nodiscard]] Page add(const RowsOnPage& page, bool is_full) {
    const bool is_new = std::all_of(page.ids.begin(), page.ids.end(),
                                    [this](std::uint64_t id) { return ids_.insert(id); });
    if (!is_new) return Page::kRepeatsRows;
    const bool has_rows_without_id = static_cast<std::int64_t>(page.ids.size()) < page.rows;
    const bool is_met = has_rows_without_id && is_full && !digests_.insert(page.digest).second;
    return is_met ? Page::kLikeAnother : Page::kNew;
  }

 private:
  IdSet ids_;
  std::unordered_set<std::uint64_t> digests_;
};

// Whether rows can say why they may be wrong.
template <typename Rows>
concept HoldsDoubt = requires(Rows rows, std::string doubt) {
  rows.note_doubt(std::move(doubt));
};

// `Rows` is a value that pages are added to; with a plan that sets pages apart it has
// `bool merge(const Rows&)`, false on overflow.
template <typename Rows, PagePlan Plan>
class Listing final : public Conversation<Rows> {
 public:
  using Page = typename Plan::Page;
  using Facts = typename Plan::Facts;

  struct Pages {
    std::function<ApiRequest(const Page& page)> request;
    // Adds the page's rows. A retryable failure must have added nothing.
    std::function<Result<Facts, Failure>(const Page& page, HttpResponse& response, Rows& rows)>
        read;
  };

  // `none` is what the rows are before the first page.
  Listing(Plan plan, Pages pages, Rows none)
      : pages_(std::move(pages)),
        fresh_plan_(std::move(plan)),
        none_(std::move(none)),
        plan_(fresh_plan_),
        rows_(none_),
        complete_(plan_.complete()) {}

  std::optional<PendingRequest> next() override {
    if (finished()) return std::nullopt;
    auto page = plan_.next();
    if (!page) return std::nullopt;
    PendingRequest pending;
    pending.request = pages_.request(*page);
    pending.reply = std::make_shared<PageReply>(*this, reading_, *std::move(page));
    if (std::exchange(pause_, false)) pending.pause = kPauseBeforeRereading;
    return pending;
  }

  bool finished() const override { return failure_.has_value() || complete_; }
  const std::optional<Failure>& failure() const override { return failure_; }
  Rows take_result() override { return std::move(rows_); }

 private:
  // What changes while it is read does so for a moment.
  static constexpr std::chrono::milliseconds kPauseBeforeRereading{1000};

  // Of no effect once its reading is over.
  class PageReply final : public Reply {
   public:
    PageReply(Listing& listing, int reading, Page page)
        : listing_(listing), reading_(reading), page_(std::move(page)) {}

    Result<void, Failure> accept(HttpResponse& response) override {
      return is_stale() ? Result<void, Failure>() : listing_.accept(page_, response);
    }
    void fail(const Failure& failure) override {
      if (!is_stale()) listing_.fail(failure);
    }

   private:
    [[nodiscard]] bool is_stale() const {
      return reading_ != listing_.reading_ || listing_.finished();
    }

    Listing& listing_;
    const int reading_;
    const Page page_;
  };

  [[nodiscard]] Result<void, Failure> accept(const Page& page, HttpResponse& response) {
    if constexpr (SetsPagesApart<Plan>) {
      if (page.apart) {
        Rows apart = none_;
        return accept(page, response, apart);
      }
    }
    return accept(page, response, rows_);
  }

  [[nodiscard]] Result<void, Failure> accept(const Page& page, HttpResponse& response, Rows& into) {
    const auto facts = pages_.read(page, response, into);
    if (!facts) return facts.error();
    const auto use = plan_.accept(page, *facts);
    if (!use) return use.error();
    if (*use == PageUse::kAskAgain) return {};
    if constexpr (SetsPagesApart<Plan>) {
      if (&into != &rows_ && !rows_.merge(into)) {
        return response_not_understood("the sum of all rows is too large");
      }
    }
    if (auto met = meet(page, *facts); !met) return met;
    complete_ = plan_.complete();
    if (complete_) met_ = MetRows();  // of no use any more, and it may be large
    return {};
  }

  [[nodiscard]] Result<void, Failure> meet(const Page& page, const Facts& facts) {
    const MetRows::Page met = met_.add(facts, plan_.is_full(facts));
    if (met == MetRows::Page::kNew) return {};
    if constexpr (HoldsDoubt<Rows>) {
      if (met == MetRows::Page::kLikeAnother && reading_ > 0) {
        rows_.note_doubt(pages_.request(page).subject + " is the same as another page");
        return {};
      }
    }
    return Failure::inconsistent("page " + std::to_string(page.number) +
                                 " repeats rows of another page");
  }

  void fail(const Failure& failure) {
    if (failure.reason == Reason::kInconsistent && reading_ == 0) {
      read_once_more();
    } else {
      failure_ = failure;
    }
  }

  void read_once_more() {
    ++reading_;
    pause_ = true;
    plan_ = fresh_plan_;
    rows_ = none_;
    met_ = MetRows();
  }

  const Pages pages_;
  const Plan fresh_plan_;
  const Rows none_;

  // Of the reading under way.
  int reading_ = 0;
  bool pause_ = false;  // before the next request
  Plan plan_;
  Rows rows_;
  MetRows met_;

  bool complete_;
  std::optional<Failure> failure_;
};

}  // namespace cloud_billing
