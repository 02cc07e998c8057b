#include "config/typed_reader.h"

#include <algorithm>
#include <cstddef>

#include "config/label_name.h"
#include "core/spelling.h"

namespace cloud_billing {
namespace {

constexpr std::string_view kMissingValue = "missing value";
constexpr std::string_view kMergeKey = "<<";  // YAML 1.1 filled in another map's keys

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

std::string expect(std::string_view noun, YamlNode::Kind got) {
  return "expected " + std::string(noun) + ", got " + std::string(describe_kind(got));
}

bool is_empty(const YamlNode& node) {
  return node.kind != YamlNode::Kind::kList && node.text.empty() && node.items.empty();
}

std::string join_path(std::string_view path, std::string_view key) {
  std::string joined(path);
  if (!is_label_name(key)) return joined + "[" + quote_text(key) + "]";
  if (!joined.empty()) joined += '.';
  return joined += key;
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

void TypedReader::report_value(const Place& place, std::string_view message) {
  const std::string& written = place.node->text;
  bool from_variable = false;
  if (dialect_ == Dialect::kConfiguration) {
    const auto expanded = expand_environment(written, environment_);
    from_variable = !expanded || *expanded != written;
  }
  report(place,
         (from_variable ? "value of " : "") + quote_text(written) + ": " + std::string(message));
}

std::vector<Error> TypedReader::format_problems(std::string_view file_name) const {
  std::vector<Problem> sorted = problems_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Problem& a, const Problem& b) { return a.position < b.position; });
  std::vector<Error> problems;
  for (const Problem& problem : sorted) {
    problems.push_back(Error{std::string(file_name) + ":" + std::to_string(problem.position.line) +
                             ":" + std::to_string(problem.position.column) + ": " + problem.text});
  }
  return problems;
}

std::vector<NamedPlace> TypedReader::read_entries(const Place& place) {
  std::vector<NamedPlace> entries;
  const YamlNode& map = *place.node;
  if (map.kind != YamlNode::Kind::kMap) {
    report(place, expect("a map", map.kind));
    return entries;
  }
  std::map<std::string_view, Position> first;
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    const YamlKey& key = map.keys[i];
    const std::string path = join_path(place.path, key.text);
    const auto [earlier, is_new] = first.emplace(key.text, key.position);
    if (!is_new) {
      report(key.position, path,
             "duplicate key, first in line " + std::to_string(earlier->second.line));
    } else if (key.text == kMergeKey) {
      report(key.position, place.path, "merge keys (\"<<\") are not supported; write the keys out");
    } else {
      entries.push_back(NamedPlace{key.text, key.position, Place{&map.items[i], path}});
    }
  }
  return entries;
}

std::optional<Section> TypedReader::read_section(const Place& place,
                                                 std::span<const std::string_view> keys) {
  std::vector<NamedPlace> entries = read_entries(place);
  if (place.node->kind != YamlNode::Kind::kMap) return std::nullopt;
  Section section;
  section.position = place.node->position;
  section.path = place.path;
  for (const YamlKey& key : place.node->keys) {
    if (key.text == kMergeKey) section.excused.insert(keys.begin(), keys.end());
  }
  for (NamedPlace& entry : entries) {
    if (std::find(keys.begin(), keys.end(), entry.name) == keys.end()) {
      report(entry.name_position, entry.place.path, "unknown key" + did_you_mean(entry.name, keys));
      if (const auto meant = closest_word(entry.name, keys)) section.excused.emplace(*meant);
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
    report(place, expect("a list", place.node->kind));
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
    report(place, expect(noun, place.node->kind));
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
