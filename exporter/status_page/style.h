#pragma once

// The status page's style sheet, and the policy that lets a browser apply exactly this one. Used by
// page.cc only.

#include <string_view>

namespace cloud_billing {

extern const std::string_view kStatusStyle;

// The value of Content-Security-Policy. Its hash is that of kStatusStyle and kPlotStyle together; a
// test says what it must be after an edit.
extern const std::string_view kStatusPolicy;

}  // namespace cloud_billing
