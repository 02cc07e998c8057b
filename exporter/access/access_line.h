#pragma once

// What became of one question of --check-access: a line of its report. A value, any thread.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cloud_billing {

inline constexpr std::string_view kAllowed = "ok";
inline constexpr std::string_view kNotSent = "not sent";

struct AccessLine {
  std::string account;
  std::string provider;
  std::string operation;
  std::string sub_account;  // whose rows; empty: the account's own
  std::string result;       // kAllowed, kNotSent, or a reason in the words of the label `reason`
  std::string fact;    // what came: "700 rows in the bill of 2026-11", "HTTP 403, AccessDenied"
  std::string advice;  // what to do; empty: nothing
  // This host's clock minus the cloud's, which tells whole seconds; nothing if it told no time.
  std::optional<std::chrono::seconds> clock_difference;
  bool dispensable = false;  // the collectors do without it
};

}  // namespace cloud_billing
