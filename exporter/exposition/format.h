#pragma once

// The two formats in which metrics are served. They differ in the heads of counters and in the last
// line only: series are the same bytes in both.

#include <string_view>

namespace cloud_billing {

enum class ExpositionFormat { kText, kOpenMetrics };

[[nodiscard]] constexpr std::string_view content_type_of(ExpositionFormat format) {
  return format == ExpositionFormat::kText
             ? "text/plain; version=0.0.4; charset=utf-8"
             : "application/openmetrics-text; version=1.0.0; charset=utf-8";
}

// What stands after the last family.
[[nodiscard]] constexpr std::string_view end_of(ExpositionFormat format) {
  return format == ExpositionFormat::kText ? "" : "# EOF\n";
}

}  // namespace cloud_billing
