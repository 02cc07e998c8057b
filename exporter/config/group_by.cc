#include "config/group_by.h"

#include <array>
#include <cstddef>

#include "config/label_name.h"
#include "core/spelling.h"

namespace cloud_billing {
namespace {

constexpr std::string_view kTagPrefix = "tag:";

// In the order of Kind, without kTag. The names are the labels too.
constexpr std::array<std::string_view, 5> kNames{"service_type", "region_id", "billing_mode",
                                                 "sub_account_id", "project"};

// A label that can stand for the key: what no label may contain becomes "_".
std::string suggest_label(std::string_view key) {
  std::string label = "tag_";
  bool readable = false;
  for (const char c : key) {
    const bool allowed = is_label_name(std::string("_") + c);
    readable = readable || (allowed && c != '_');
    if (allowed || !label.ends_with('_')) label += allowed ? c : '_';
  }
  return readable && !refuse_label_name(label) ? label : "my_label";
}

std::string propose(std::string_view key) {
  return "; name its label yourself: " +
         quote_text(std::string(kTagPrefix) + std::string(key) + "=" + suggest_label(key));
}

Result<GroupDimension, std::string> parse_tag(std::string_view text) {
  GroupDimension dimension;
  dimension.kind = GroupDimension::Kind::kTag;
  const std::size_t separator = text.rfind('=');
  const std::string_view key = text.substr(0, separator);
  if (key.empty()) return std::string("a tag key is missing after \"tag:\"");
  dimension.tag_key = key;
  if (separator != text.npos) {
    dimension.label = text.substr(separator + 1);
    const std::optional<std::string> refusal = refuse_label_name(dimension.label);
    if (refusal) return "label " + quote_text(dimension.label) + ": " + *refusal + propose(key);
    return dimension;
  }
  dimension.label = "tag_" + std::string(key);
  if (!is_label_name(dimension.label)) {
    return "tag key " + quote_text(key) + " makes no label name" + propose(key);
  }
  const std::optional<std::string> refusal = refuse_label_name(dimension.label);
  if (refusal) return "label " + quote_text(dimension.label) + ": " + *refusal + propose(key);
  return dimension;
}

}  // namespace

std::span<const std::string_view> group_dimension_names() { return kNames; }

Result<GroupDimension, std::string> parse_group_dimension(std::string_view text) {
  if (text.starts_with(kTagPrefix)) return parse_tag(text.substr(kTagPrefix.size()));
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (text != kNames[i]) continue;
    GroupDimension dimension;
    dimension.kind = static_cast<GroupDimension::Kind>(i);
    dimension.label = kNames[i];
    return dimension;
  }
  return "expected " + list_choices(kNames) + ", or \"tag:<key>\" or \"tag:<key>=<label>\"" +
         did_you_mean(text, kNames);
}

}  // namespace cloud_billing
