#pragma once

// Values of the label billing_mode that the program itself asks for. What a cloud calls them, and
// which others there are, stands in the cloud's room.

#include <string_view>

namespace cloud_billing {

inline constexpr std::string_view kPrepaid = "prepaid";
inline constexpr std::string_view kPostpaid = "postpaid";

}  // namespace cloud_billing
