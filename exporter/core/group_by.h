#pragma once

// The entries of aggregation.group_by. Pure, any thread.

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace cloud_billing {

// What bills are broken down by, and the label that shows it.
struct GroupDimension {
  enum class Kind { kServiceType, kRegionId, kBillingMode, kSubAccountId, kProject, kTag };
  Kind kind = Kind::kServiceType;
  std::string tag_key;  // kTag only
  std::string label;    // the label's name: "service_type", "tag_env"
  friend bool operator==(const GroupDimension&, const GroupDimension&) = default;
};

// Reads "service_type" and its like, "tag:<key>" (label "tag_<key>") or "tag:<key>=<label>". The
// last "=" separates, since keys may contain it and labels may not. The error is a whole message.
[[nodiscard]] Result<GroupDimension, std::string> parse_group_dimension(std::string_view text);

}  // namespace cloud_billing
