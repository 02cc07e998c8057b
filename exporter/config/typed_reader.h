#pragma once

// Walks a configuration's YAML tree into typed values and collects every mistake on the way: wrong
// types, unknown, repeated and missing keys, unset variables, refused values. Used on one thread;
// the tree must outlive it.

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

// A value of the tree and its path in the configuration, such as "accounts[1].labels.team"; of keys
// that may not be shown it has "[...]".
struct Place {
  const YamlNode* node = nullptr;  // never null, never kMissing but for the root
  std::string path;
};

struct NamedPlace {
  std::string name;
  Position name_position;
  Place place;
};

// A value that is written under its key, or in the file that `<key>_file` names.
struct TextOrFile {
  const Place* text = nullptr;  // null: not given
  const Place* file = nullptr;  // likewise
  bool is_excused = false;      // a reported mistake already explains why neither is given
};

// "<key>_file".
[[nodiscard]] std::string file_key_of(std::string_view key);

// A map whose keys are known.
struct Section {
  Position position;
  std::string path;
  std::map<std::string, Place, std::less<>> values;
  // Keys whose absence a reported mistake already explains: misspelt or written without a value.
  std::set<std::string, std::less<>> excused;

  // The key's value, or null.
  [[nodiscard]] const Place* find(std::string_view key) const;
  [[nodiscard]] TextOrFile find_text_or_file(std::string_view key) const;
  [[nodiscard]] std::string path_of(std::string_view key) const;
};

// How documents are meant.
enum class Dialect {
  kConfiguration,  // variables are filled in, and a key needs a value
  // As Go reads them: texts are as they are written, and a known key with an empty text, an empty
  // map or nothing at all counts as not given.
  kExporterToolkit,
};

class TypedReader {
 public:
  explicit TypedReader(Dialect dialect, const Environment& environment = {})
      : dialect_(dialect), environment_(environment) {}

  void report(Position position, std::string_view path, std::string_view message);
  void report(const Place& place, std::string_view message) {
    report(place.node->position, place.path, message);
  }
  [[nodiscard]] bool has_problems() const { return !problems_.empty(); }
  [[nodiscard]] std::size_t count_problems() const { return problems_.size(); }
  // "file:line:column: path: message", in the file's order.
  [[nodiscard]] std::vector<Error> format_problems(std::string_view file_name) const;

  // Each of these reports what is wrong and returns what is left: nothing if the type is wrong,
  // else everything that was readable.
  // Unknown keys with `ignored_prefix` are no mistakes.
  [[nodiscard]] std::optional<Section> read_section(
      const Place& place, std::span<const std::string_view> keys,
      std::optional<std::string_view> ignored_prefix = std::nullopt);
  // With the entries of the maps that it merges ("<<"), unless it has the key itself.
  [[nodiscard]] std::vector<NamedPlace> read_entries(const Place& place);
  [[nodiscard]] std::optional<std::vector<Place>> read_list(const Place& place);
  // A text after environment expansion, if any. `noun` says what it should be: "text", "a number".
  [[nodiscard]] std::optional<std::string> read_text(const Place& place, std::string_view noun);

  // A required key; reports it if it is absent and nothing else explains that.
  [[nodiscard]] const Place* require(const Section& section, std::string_view key);

  // Reads a text into `out` with `parse`, a function of a text to Result<T>. If that or the type is
  // wrong, reports it and leaves `out`. Returns whether `out` was set.
  template <typename Parse, typename T>
  bool read_value(const Place& place, std::string_view noun, const Parse& parse, T& out) {
    const std::optional<std::string> text = read_text(place, noun);
    if (!text) return false;
    auto value = parse(std::string_view(*text));
    if (!value) {
      report_value(place, value.error().message);
      return false;
    }
    out = std::move(value).value();
    return true;
  }
  // Likewise the value of a key, if it is given.
  template <typename Parse, typename T>
  bool read_key(const Section& section, std::string_view key, std::string_view noun,
                const Parse& parse, T& out) {
    const Place* place = section.find(key);
    return place != nullptr && read_value(*place, noun, parse, out);
  }

  // A mistake in a value, which is shown as the file has it, never a variable's content, and only
  // if it looks like no secret.
  void report_value(const Place& place, std::string_view message);

  // In one that is never shown, such as an address: it may hold a password.
  void report_hidden_value(const Place& place, std::string_view message);

  // A sign in a key that is none of YAML's, or a blank that is missing in it: reports it at its own
  // position, if there is one.
  bool report_slip(const NamedPlace& entry, std::string_view prefix = "");

 private:
  struct Problem {
    Position position;
    std::string text;
    friend bool operator==(const Problem&, const Problem&) = default;
  };
  void report_kind(const Place& place, std::string_view noun);
  void report_near_sign(const Place& place, std::string_view text, bool is_expected);
  void collect_entries(const YamlNode& map, const std::string& path,
                       std::set<std::string_view>& taken, std::vector<NamedPlace>& entries);

  const Dialect dialect_;
  const Environment environment_;  // only asked for kConfiguration
  std::vector<Problem> problems_;
};

}  // namespace cloud_billing
