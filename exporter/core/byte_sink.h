#pragma once

// Takes bytes, and says whether more are wanted. What is large is given in pieces, each of which is
// there during the call only.

#include <functional>
#include <string_view>

namespace cloud_billing {

using ByteSink = std::function<bool(std::string_view)>;

}  // namespace cloud_billing
