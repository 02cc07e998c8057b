#pragma once

// A page plan: which page of a listing to ask for next, and whether what a page says of itself fits
// what others said. Plans are small values that know neither requests nor rows; a Listing asks
// them, on its thread, and begins with a fresh copy when it reads once more.

#include <concepts>
#include <cstdint>
#include <optional>

#include "core/failure.h"
#include "core/result.h"
#include "providers/page_facts.h"

namespace cloud_billing {

// More pages than this are a server that never ends: ten million rows and more.
inline constexpr std::int64_t kMaxPages = 100000;

enum class PageUse {
  kCounts,
  kAskAgain,  // its rows do not count: the plan gives the page again
};

// A Page is what to ask for and has a `number`, from 1. Facts are what came back.
template <typename Plan>
concept PagePlan = std::copyable<Plan> &&
    requires(Plan plan, const typename Plan::Page& page, const typename Plan::Facts& facts) {
  // The page to ask for now, if any; each is given once.
  { plan.next() } -> std::same_as<std::optional<typename Plan::Page>>;
  // Takes what a page that was read said, once for each page given, in any order.
  { plan.accept(page, facts) } -> std::same_as<Result<PageUse, Failure>>;
  // Whether it has as many rows as a page can have.
  { plan.is_full(facts) } -> std::same_as<bool>;
  // Whether every page was accepted.
  { plan.complete() } -> std::same_as<bool>;
  { page.number } -> std::convertible_to<std::int64_t>;
};

// Whether rows of its pages may turn out not to count: a page with `apart` is kept apart from the
// others until it is accepted.
template <typename Plan>
concept SetsPagesApart = requires(const typename Plan::Page& page) {
  { page.apart } -> std::convertible_to<bool>;
};

}  // namespace cloud_billing
