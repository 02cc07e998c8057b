#pragma once

// Walks a configuration's YAML tree into typed values and collects every mistake on the way: wrong
// types, unknown, repeated and missing keys, unset variables, refused values. Used by config.cc and
// account_config.cc on one thread; the tree and the environment must outlive it.

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/environment_text.h"
#include "config/position.h"
#include "config/yaml_reader.h"
#include "core/result.h"

namespace cloud_billing {

// A value of the tree and its path in the configuration, such as "accounts[1].labels.team".
struct Place {
  const YamlNode* node = nullptr;  // never null, never kMissing but for the root
  std::string path;
};

struct NamedPlace {
  std::string name;
  Position name_position;
  Place place;
};

// A map whose keys are known.
struct Section {
  Position position;
  std::string path;
  std::map<std::string, Place, std::less<>> values;
  // Keys whose absence a reported mistake already explains: misspelt, written without a value, or
  // perhaps meant to come from a merge key.
  std::set<std::string, std::less<>> excused;

  // The key's value, or null.
  [[nodiscard]] const Place* find(std::string_view key) const;
  [[nodiscard]] std::string path_of(std::string_view key) const;
};

class TypedReader {
 public:
  explicit TypedReader(const Environment& environment) : environment_(&environment) {}
  // As Go's readers take a document: texts as they are written, and a known key with an empty text,
  // map or nothing at all counts as not given.
  TypedReader() = default;

  void report(Position position, std::string_view path, std::string_view message);
  void report(const Place& place, std::string_view message) {
    report(place.node->position, place.path, message);
  }
  [[nodiscard]] bool has_problems() const { return !problems_.empty(); }
  // "file:line:column: path: message", in the file's order.
  [[nodiscard]] std::vector<std::string> format_problems(std::string_view file_name) const;

  // Each of these reports what is wrong and returns what is left: nothing where the type is wrong,
  // else everything that was readable.
  [[nodiscard]] std::optional<Section> read_section(const Place& place,
                                                    std::span<const std::string_view> keys);
  [[nodiscard]] std::vector<NamedPlace> read_entries(const Place& place);
  [[nodiscard]] std::optional<std::vector<Place>> read_list(const Place& place);
  // A text after environment expansion, if any. `noun` says what it should be: "text", "a number".
  [[nodiscard]] std::optional<std::string> read_text(const Place& place, std::string_view noun);

  // A required key; reports it where it is absent and nothing else explains that.
  [[nodiscard]] const Place* require(const Section& section, std::string_view key);

  // Reads a text into `out` with `parse`, a function of a text to Result<T, std::string>. Where
  // that or the type is wrong, reports it and leaves `out`.
  template <typename Parse, typename T>
  bool read_value(const Place& place, std::string_view noun, const Parse& parse, T& out) {
    const std::optional<std::string> text = read_text(place, noun);
    if (!text) return false;
    auto value = parse(std::string_view(*text));
    if (!value) {
      report_value(place, value.error());
      return false;
    }
    out = std::move(value).value();
    return true;
  }

  // A mistake in a value, which is shown as the file has it: never a variable's content.
  void report_value(const Place& place, std::string_view message);

 private:
  struct Problem {
    Position position;
    std::string text;
  };
  const Environment* environment_ = nullptr;  // null: nothing is expanded, what is empty is absent
  std::vector<Problem> problems_;
};

}  // namespace cloud_billing
