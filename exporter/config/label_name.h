#pragma once

// The rules for label names that users choose: static labels and the labels of group_by. Pure, any
// thread.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cloud_billing {

// Prometheus's rule: a letter or underscore, then letters, digits and underscores, all of ASCII.
[[nodiscard]] bool is_label_name(std::string_view name);

// The labels that this program's own metrics carry. Their rows are in rooms that configuration does
// not know; a test compares this list with what they declare.
[[nodiscard]] std::span<const std::string_view> own_label_names();

// Why users cannot choose this name for a label, if so: not a label name, a leading "__", one of
// the exporter's own, or one that Prometheus or its operator uses for the target.
[[nodiscard]] std::optional<std::string> refuse_label_name(std::string_view name);

}  // namespace cloud_billing
