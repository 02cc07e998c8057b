#pragma once

// The values of the flags --focus.*. Used by the command line's reader.

#include <string>
#include <vector>

#include "core/calendar.h"
#include "core/result.h"

namespace cloud_billing {

struct FocusFlags {
  std::string output;                // "-": stdout; empty: nothing is exported
  std::vector<BillingMonth> months;  // rising; none: the current and the previous one
  std::string services;              // the user's file; empty: none
};

// The error names the flag. Empty texts and no months are flags that are not given.
[[nodiscard]] Result<FocusFlags> read_focus_flags(std::string output,
                                                  const std::vector<std::string>& months,
                                                  std::string services);

}  // namespace cloud_billing
