#pragma once

// Reads YAML text into a small tree of its own, so that only yaml_reader.cc includes yaml-cpp. Used
// by the configuration. The tree is as written: nothing is typed, keys may repeat (their meaning is
// the caller's), and aliases are replaced by copies. Bounded: a document that is too long, nested
// too deeply or grows too large through its aliases is refused. Pure, any thread.

#include <string>
#include <string_view>
#include <vector>

#include "config/position.h"
#include "core/result.h"

namespace cloud_billing {

struct YamlKey {
  std::string text;
  Position position;
};

struct YamlNode {
  enum class Kind {
    kMissing,  // nothing, `~` or a plain `null`
    kText,     // any scalar: YAML's own types are not guessed
    kList,
    kMap,
  };
  Kind kind = Kind::kMissing;
  Position position;  // a copy made for an alias has the alias's position, its inside the anchor's
  std::string text;   // kText, well-formed UTF-8
  std::vector<YamlNode> items;  // kList, kMap
  std::vector<YamlKey> keys;    // kMap: keys[i] names items[i]; in the document's order
};

// The key of YAML 1.1 whose value, a map or a list of maps, gives a map the keys that it lacks.
inline constexpr std::string_view kMergeKey = "<<";

struct YamlProblem {
  Position position;
  std::string message;  // quotes nothing of the text, which may hold secrets
};

// The root of a single document, or what makes it unreadable. An empty document is kMissing.
[[nodiscard]] Result<YamlNode, YamlProblem> read_yaml(std::string_view text);

}  // namespace cloud_billing
