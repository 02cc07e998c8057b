#pragma once

// Error: why something could not be done, in one sentence for people that says where and what to
// do. It gains context on the way up. What callers tell apart has a type of its own (Failure,
// AmountError). A value, any thread.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cloud_billing {

struct Error {
  std::string message;

  // "where: what".
  [[nodiscard]] Error with_prefix(std::string_view where) const {
    return Error{std::string(where) + ": " + message};
  }
  friend bool operator==(const Error&, const Error&) = default;
};

// The messages, a line each.
[[nodiscard]] inline std::string join_lines(const std::vector<Error>& errors) {
  std::string text;
  for (const Error& error : errors) text += (text.empty() ? "" : "\n") + error.message;
  return text;
}

}  // namespace cloud_billing
