#pragma once

// What is tried with bytes from outside: a table of targets for each program. With Clang and
// -DCLOUD_BILLING_FUZZ=ON libFuzzer searches for bytes for the one that --target= names; otherwise
// the program runs all of them over their seeds (run_corpus.cc). A target returns, or aborts with
// what did not hold.

#include <functional>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cloud_billing {

struct FuzzTarget {
  std::string name;  // of its directory in corpus/, too
  std::function<void(std::string_view bytes)> run;
  std::vector<std::string> seeds{};  // beside those in the directory, which there need not be then
};

// Of a program's parts, one table.
[[nodiscard]] inline std::vector<FuzzTarget> join_targets(
    std::vector<std::vector<FuzzTarget>> parts) {
  std::vector<FuzzTarget> all;
  for (std::vector<FuzzTarget>& part : parts) {
    all.insert(all.end(), std::make_move_iterator(part.begin()),
               std::make_move_iterator(part.end()));
  }
  return all;
}

// The program's own table.
[[nodiscard]] std::span<const FuzzTarget> fuzz_targets();

// Aborts, and says so, if it does not hold.
void require(bool holds, std::string_view what);
// The same of two texts that must be one, which are shown.
void require_equal(std::string_view one, std::string_view other, std::string_view what);
// A message for people: one line of well-formed UTF-8, not empty.
void require_message(std::string_view message);
// The bytes with others behind them in the same memory, which no reader may look at.
[[nodiscard]] std::string with_bytes_behind(std::string_view bytes);

}  // namespace cloud_billing
