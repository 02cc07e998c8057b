#pragma once

// Bills that are read by two accounts: the rows of one hold the cloud's id of another, so every sum
// over both counts that cost twice. Pure, any thread; linear in the ids that were read, however
// many entries have one id.

#include <cstddef>
#include <set>
#include <string_view>
#include <vector>

#include "billing/account_results.h"
#include "core/calendar.h"

namespace cloud_billing {

// What is known of an account's bills. Both outlive what is made of them.
struct KnownBills {
  std::string_view provider;  // ids of two clouds have nothing to do with each other
  const AccountResults* results = nullptr;
};

// Of the accounts that are looked at, by their places.
struct CountedTwice {
  std::size_t reader = 0;  // whose rows hold the id
  std::size_t owner = 0;   // whose id it is
  std::set<BillingMonth> months;
};

// Up to this many entries of one account are paired each with each.
inline constexpr std::size_t kMostPairedWithEach = 8;

// Each pair once, by reader and owner. Two that read the same account are two pairs. Of more than
// kMostPairedWithEach entries of one account each reader is paired with the first other one, and
// each entry with the first that reads it: all are named, in about two pairs each.
[[nodiscard]] std::vector<CountedTwice> find_counted_twice(const std::vector<KnownBills>& accounts);

// Whether find_counted_twice() finds the same of an account after as before.
[[nodiscard]] bool has_same_bills(const AccountResults& before, const AccountResults& after);

// For a sum over all of `accounts` in which nothing of that month counts twice: for each account
// whose bill covers its cost already, or its own place if it counts itself. Of two that read the
// same account, the first counts.
[[nodiscard]] std::vector<std::size_t> count_once(const std::vector<KnownBills>& accounts,
                                                  BillingMonth month);

}  // namespace cloud_billing
