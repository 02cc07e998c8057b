#pragma once

// The part of the status page's style sheet that is about plots. Used by
// page_head.cc only.

#include <string_view>

namespace cloud_billing {

extern const std::string_view kPlotStyle;

}  // namespace cloud_billing
