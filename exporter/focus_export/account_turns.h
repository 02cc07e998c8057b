#pragma once

// Which accounts are read at a time. A key's pace is used up by a few accounts, and a few keys use
// up a processor: more at once would end no sooner, but each holds the ids of the rows of its
// listing. An account that is slow keeps its own turn only. Pure, one thread.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cloud_billing {

class AccountTurns {
 public:
  // 32 keys at the usual pace bring 32,000 rows a second, a third of what a processor takes; of
  // listings of 100,000 rows they hold 64 MiB of ids.
  static constexpr std::size_t kMostAtOnce = 32;
  // One that waits for the first page of a listing leaves the pace to three others.
  static constexpr std::size_t kMostOfKey = 4;

  // The key of each account, in the order in which they are to begin.
  explicit AccountTurns(std::vector<std::string> keys);

  // Begins the first account that may; nothing if none may until another has ended.
  [[nodiscard]] std::optional<std::size_t> begin_next();
  void end(std::size_t account);

  [[nodiscard]] bool have_all_begun() const { return waiting_.empty(); }
  [[nodiscard]] const std::vector<std::size_t>& under_way() const { return under_way_; }
  // The account, which is under way, comes last, so that what they share is the next one's.
  void put_last(std::size_t account);

 private:
  const std::vector<std::string> keys_;
  std::vector<std::size_t> waiting_;
  std::vector<std::size_t> under_way_;
  std::map<std::string, std::size_t> of_key_;  // under way
};

}  // namespace cloud_billing
