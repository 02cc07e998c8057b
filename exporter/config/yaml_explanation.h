#pragma once

// yaml-cpp's messages in words that say what to do. None quotes the document, which may hold
// secrets. Pure, any thread.

#include <string_view>

namespace cloud_billing {

// Where a sign that is none of YAML's (yaml_slip.h) may be the reason.
enum class Slip { kNowhere, kAbove, kAnywhere };

struct YamlExplanation {
  std::string_view yaml_cpp;  // how its message begins
  std::string_view text;
  bool at_opening;  // rather than at the place that the parser gave up at, often the document's end
  Slip slip = Slip::kAbove;
};

inline constexpr std::string_view kTabIndents = "a tab cannot indent YAML; use spaces";

// Our own, also for a "{" or "[" that is never closed.
inline constexpr std::string_view kNoTextAsKey = "a key must be a text, not a list or a map";

// Null for a message that is shown as it is.
[[nodiscard]] const YamlExplanation* find_yaml_explanation(std::string_view message);

}  // namespace cloud_billing
