#include "config/group_by.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "config/label_name.h"
#include "config/synonyms.h"
#include "core/shown_text.h"
#include "core/spelling.h"

namespace cloud_billing {
namespace {

constexpr std::string_view kTagPrefix = "tag:";

// The kinds that have a name of their own.
constexpr std::array kNamedKinds{
    GroupDimension::Kind::kServiceType, GroupDimension::Kind::kRegionId,
    GroupDimension::Kind::kBillingMode, GroupDimension::Kind::kSubAccountId,
    GroupDimension::Kind::kProject};

// The name is the label too.
constexpr std::string_view kind_name(GroupDimension::Kind kind) {
  switch (kind) {
    case GroupDimension::Kind::kServiceType:
      return "service_type";
    case GroupDimension::Kind::kRegionId:
      return "region_id";
    case GroupDimension::Kind::kBillingMode:
      return "billing_mode";
    case GroupDimension::Kind::kSubAccountId:
      return "sub_account_id";
    case GroupDimension::Kind::kProject:
      return "project";
    case GroupDimension::Kind::kTag:
      break;
  }
  return "tag";
}

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
  const std::string proposal =
      is_showable(key) ? std::string(key) + "=" + suggest_label(key) : "<key>=<label>";
  return "; name its label yourself: " + quote_text(std::string(kTagPrefix) + proposal);
}

Result<GroupDimension> parse_tag(std::string_view text) {
  GroupDimension dimension;
  dimension.kind = GroupDimension::Kind::kTag;
  const std::size_t separator = text.rfind('=');
  const std::string_view key = text.substr(0, separator);
  if (key.empty()) return Error{"a tag key is missing after \"tag:\""};
  dimension.tag_key = key;
  if (separator != text.npos) {
    dimension.label = text.substr(separator + 1);
  } else {
    dimension.label = "tag_" + std::string(key);
    if (!is_label_name(dimension.label)) {
      return Error{quote_if_showable("tag key", key) + " makes no label name" + propose(key)};
    }
  }
  if (const std::optional<std::string> refusal = refuse_label_name(dimension.label)) {
    return Error{quote_if_showable("label", dimension.label) + ": " + *refusal + propose(key)};
  }
  return dimension;
}

}  // namespace

std::span<const std::string_view> group_dimension_names() {
  static const auto names = [] {
    std::array<std::string_view, kNamedKinds.size()> all;
    std::transform(kNamedKinds.begin(), kNamedKinds.end(), all.begin(), kind_name);
    return all;
  }();
  return names;
}

Result<GroupDimension> parse_group_dimension(std::string_view text) {
  if (text.starts_with(kTagPrefix)) return parse_tag(text.substr(kTagPrefix.size()));
  const std::span<const std::string_view> names = group_dimension_names();
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) {
    return Error{"expected " + list_choices(names) + ", or \"tag:<key>\" or \"tag:<key>=<label>\"" +
                 suggest_name(text, names)};
  }
  GroupDimension dimension;
  dimension.kind = kNamedKinds[static_cast<std::size_t>(found - names.begin())];
  dimension.label = *found;
  return dimension;
}

}  // namespace cloud_billing
