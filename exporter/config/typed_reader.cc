#include "config/typed_reader.h"

#include <algorithm>
#include <cstddef>

#include "config/label_name.h"
#include "config/synonyms.h"
#include "config/yaml_slip.h"
#include "core/foreign_sign.h"
#include "core/shown_text.h"
#include "core/spelling.h"

namespace cloud_billing {
namespace {

constexpr std::string_view kMissingValue = "missing value";

std::string_view describe_kind(YamlNode::Kind kind) {
  switch (kind) {
    case YamlNode::Kind::kMissing:
      return "nothing";
    case YamlNode::Kind::kText:
      return "text";
    case YamlNode::Kind::kList:
      return "a list";
    case YamlNode::Kind::kMap:
      return "a map";
  }
  return "";
}

// The position of a byte in a text of one line that begins at `begin`.
Position shift(Position begin, std::string_view text, std::size_t offset) {
  begin.column += static_cast<int>(count_characters(text.substr(0, offset)));
  return begin;
}

bool is_empty(const YamlNode& node) {
  return node.kind != YamlNode::Kind::kList && node.text.empty() && node.items.empty();
}

// Of the key only what may be shown: it may have a secret behind it, or be one.
std::string join_path(std::string_view path, std::string_view key) {
  std::string joined(path);
  const std::string_view shown = key == kMergeKey ? key : show_key(key);
  if (shown.empty() && !key.empty()) return joined + "[...]";
  if (!is_label_name(shown)) return joined + "[" + quote_text(shown) + "]";
  if (!joined.empty()) joined += '.';
  return joined += shown;
}

}  // namespace

const Place* Section::find(std::string_view key) const {
  const auto found = values.find(key);
  return found == values.end() ? nullptr : &found->second;
}

std::string file_key_of(std::string_view key) { return std::string(key) + "_file"; }

TextOrFile Section::find_text_or_file(std::string_view key) const {
  const std::string file_key = file_key_of(key);
  return {find(key), find(file_key), excused.contains(key) || excused.contains(file_key)};
}

std::string Section::path_of(std::string_view key) const { return join_path(path, key); }

void TypedReader::report(Position position, std::string_view path, std::string_view message) {
  std::string text(path);
  if (!text.empty()) text += ": ";
  text += message;
  problems_.push_back(Problem{position, std::move(text)});
}

void TypedReader::report_kind(const Place& place, std::string_view noun) {
  const YamlNode& node = *place.node;
  if (const auto slip = find_yaml_slip(node.text)) {
    report(shift(node.position, node.text, slip->offset), place.path, slip->message);
  } else {
    report(place,
           "expected " + std::string(noun) + ", got " + std::string(describe_kind(node.kind)));
  }
}

bool TypedReader::report_slip(const NamedPlace& entry, std::string_view prefix) {
  auto slip = find_yaml_slip(entry.name);
  const std::size_t sign = find_foreign_sign(entry.name);
  if (!slip && sign != entry.name.npos) slip = name_foreign_sign(entry.name, sign);
  if (!slip) return false;
  report(shift(entry.name_position, entry.name, slip->offset), entry.place.path,
         std::string(prefix) + slip->message);
  return true;
}

void TypedReader::report_hidden_value(const Place& place, std::string_view message) {
  report_near_sign(place, message, message.starts_with("expected "));
}

// Where one of a few words or a number is expected, a foreign sign is the mistake; a name may hold
// it.
void TypedReader::report_near_sign(const Place& place, std::string_view text, bool is_expected) {
  const std::string& written = place.node->text;
  const std::size_t sign = find_foreign_sign(written);
  if (sign == written.npos || !is_expected) return report(place, text);
  report(shift(place.node->position, written, sign), place.path,
         std::string(text) + "; " + name_foreign_sign(written, sign, ":").message);
}

void TypedReader::report_value(const Place& place, std::string_view message) {
  const std::string& written = place.node->text;
  bool from_variable = false;
  if (dialect_ == Dialect::kConfiguration) {
    const auto expanded = expand_environment(written, environment_);
    from_variable = !expanded || *expanded != written;
  }
  std::string text(message);
  if (is_showable(written)) {
    text = quote_text(written) + ": " + text;
    if (from_variable) text = "value of " + text;
  }
  report_near_sign(place, text, message.starts_with("expected "));
}

std::vector<Error> TypedReader::format_problems(std::string_view file_name) const {
  std::vector<Problem> sorted = problems_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Problem& a, const Problem& b) { return a.position < b.position; });
  std::vector<Error> problems;
  // What is merged into several maps is wrong in each.
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  for (const Problem& problem : sorted) {
    problems.push_back(Error{std::string(file_name) + ":" + std::to_string(problem.position.line) +
                             ":" + std::to_string(problem.position.column) + ": " + problem.text});
  }
  return problems;
}

std::vector<NamedPlace> TypedReader::read_entries(const Place& place) {
  std::vector<NamedPlace> entries;
  if (place.node->kind != YamlNode::Kind::kMap) {
    report_kind(place, "a map");
    return entries;
  }
  std::set<std::string_view> taken;
  collect_entries(*place.node, place.path, taken, entries);
  return entries;
}

// The map's own keys, then those of the maps that it merges, the first one's first.
void TypedReader::collect_entries(const YamlNode& map, const std::string& path,
                                  std::set<std::string_view>& taken,
                                  std::vector<NamedPlace>& entries) {
  std::map<std::string_view, Position> own;
  const YamlNode* merged = nullptr;
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    const YamlKey& key = map.keys[i];
    const auto [earlier, is_new] = own.emplace(key.text, key.position);
    if (!is_new) {
      report(key.position, join_path(path, key.text),
             "duplicate key, first in line " + std::to_string(earlier->second.line));
    } else if (key.text == kMergeKey) {
      merged = &map.items[i];
    } else if (taken.insert(key.text).second) {
      entries.push_back(
          NamedPlace{key.text, key.position, Place{&map.items[i], join_path(path, key.text)}});
    }
  }
  if (merged == nullptr) return;
  const bool is_list = merged->kind == YamlNode::Kind::kList;
  for (const YamlNode& from : is_list ? std::span(merged->items) : std::span(merged, 1)) {
    if (from.kind == YamlNode::Kind::kMap) {
      collect_entries(from, path, taken, entries);
    } else {
      report(from.position, path, "\"<<\" merges a map or a list of maps, such as <<: *name");
    }
  }
}

std::optional<Section> TypedReader::read_section(const Place& place,
                                                 std::span<const std::string_view> keys,
                                                 std::optional<std::string_view> ignored_prefix) {
  std::vector<NamedPlace> entries = read_entries(place);
  if (place.node->kind != YamlNode::Kind::kMap) return std::nullopt;
  Section section;
  section.position = place.node->position;
  section.path = place.path;
  for (NamedPlace& entry : entries) {
    if (ignored_prefix && entry.name.starts_with(*ignored_prefix)) continue;
    if (std::find(keys.begin(), keys.end(), entry.name) == keys.end()) {
      if (!report_slip(entry, "unknown key; ")) {
        report(entry.name_position, entry.place.path,
               "unknown key" + suggest_name(entry.name, keys));
      }
      // What stands before a sign that was meant to end the key.
      const std::string_view shown = show_key(entry.name);
      const auto meant = find_meant(shown.empty() ? entry.name : shown, keys);
      if (meant) section.excused.emplace(*meant);
    } else if (dialect_ == Dialect::kExporterToolkit && is_empty(*entry.place.node)) {
      continue;
    } else if (entry.place.node->kind == YamlNode::Kind::kMissing) {
      report(entry.name_position, entry.place.path, kMissingValue);
      section.excused.insert(entry.name);
    } else {
      section.values.emplace(entry.name, std::move(entry.place));
    }
  }
  return section;
}

std::optional<std::vector<Place>> TypedReader::read_list(const Place& place) {
  if (place.node->kind != YamlNode::Kind::kList) {
    report_kind(place, "a list");
    return std::nullopt;
  }
  std::vector<Place> items;
  for (std::size_t i = 0; i < place.node->items.size(); ++i) {
    Place item{&place.node->items[i], place.path + "[" + std::to_string(i) + "]"};
    if (item.node->kind == YamlNode::Kind::kMissing) {
      report(item, kMissingValue);
    } else {
      items.push_back(std::move(item));
    }
  }
  return items;
}

std::optional<std::string> TypedReader::read_text(const Place& place, std::string_view noun) {
  if (place.node->kind == YamlNode::Kind::kMissing) {
    report(place, kMissingValue);
    return std::nullopt;
  }
  if (place.node->kind != YamlNode::Kind::kText) {
    report_kind(place, noun);
    return std::nullopt;
  }
  if (dialect_ == Dialect::kExporterToolkit) return place.node->text;
  auto expanded = expand_environment(place.node->text, environment_);
  if (expanded) return std::move(expanded).value();
  for (const Error& problem : expanded.error()) report(place, problem.message);
  return std::nullopt;
}

const Place* TypedReader::require(const Section& section, std::string_view key) {
  const Place* place = section.find(key);
  if (place == nullptr && !section.excused.contains(key)) {
    report(section.position, section.path_of(key), "missing key");
  }
  return place;
}

}  // namespace cloud_billing
