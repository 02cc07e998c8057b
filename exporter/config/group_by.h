#pragma once

// The entries of aggregation.group_by. Pure, any thread.

#include <span>
#include <string>
#include <string_view>

#include "billing/aggregation.h"
#include "core/result.h"

namespace cloud_billing {

// The entries that are no tags; each is its own label.
[[nodiscard]] std::span<const std::string_view> group_dimension_names();

// Reads "service_type" and its like, "tag:<key>" (label "tag_<key>") or "tag:<key>=<label>". The
// last "=" separates, since keys may contain it and labels may not. The error is a whole message.
[[nodiscard]] Result<GroupDimension> parse_group_dimension(std::string_view text);

}  // namespace cloud_billing
