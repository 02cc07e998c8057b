#include "app/focus_flags.h"

#include <algorithm>
#include <utility>

#include "core/shown_text.h"

namespace cloud_billing {

Result<FocusFlags> read_focus_flags(std::string output, const std::vector<std::string>& months,
                                    std::string services) {
  FocusFlags flags{std::move(output), {}, std::move(services)};
  if (flags.output.empty() && !months.empty()) {
    return Error{"--focus.month: needs --focus.output"};
  }
  if (flags.output.empty() && !flags.services.empty()) {
    return Error{"--focus.services: needs --focus.output"};
  }
  for (const std::string& text : months) {
    const auto month = BillingMonth::parse(text);
    if (!month) return Error{"--focus.month: " + show_value(text) + " is no month as 2026-09"};
    flags.months.push_back(*month);
  }
  std::sort(flags.months.begin(), flags.months.end());
  flags.months.erase(std::unique(flags.months.begin(), flags.months.end()), flags.months.end());
  return flags;
}

}  // namespace cloud_billing
