#pragma once

// The months of an export as people read them. Pure, any thread.

#include <cstddef>
#include <string>
#include <vector>

#include "core/error.h"
#include "focus_export/exported_month.h"

namespace cloud_billing {

// A table, a row for each account, month and currency, of what is in the file beside the provider's
// own total. `width` columns of text, or 0: as wide as it is.
[[nodiscard]] std::string write_export_table(const std::vector<ExportedMonth>& months,
                                             std::size_t width);

// "account, month: why", for each month that is not in the file.
[[nodiscard]] std::vector<Error> missing_months(const std::vector<ExportedMonth>& months);

}  // namespace cloud_billing
