#include "config/yaml_explanation.h"

#include <algorithm>
#include <array>

namespace cloud_billing {
namespace {

constexpr std::array kExplanations{
    YamlExplanation{"illegal tab", kTabIndents, false},
    YamlExplanation{"illegal map value",
                    "unexpected \":\"; put a text that contains \": \" in quotes, and check the "
                    "indentation",
                    false},
    YamlExplanation{"end of map flow", "this \"{\" is not closed by a \"}\"", true},
    YamlExplanation{"end of sequence flow", "this \"[\" is not closed by a \"]\"", true},
    YamlExplanation{"end of map not found",
                    "this does not continue what is above; check the indentation and the quotes",
                    false},
    YamlExplanation{"end of sequence not found",
                    "this does not continue the list above; check the indentation and the quotes",
                    false},
    YamlExplanation{kNoTextAsKey, kNoTextAsKey, false, Slip::kAnywhere},
    YamlExplanation{"illegal block entry", "a list item (\"- \") cannot begin here", false},
    YamlExplanation{"illegal flow end",
                    "a closing bracket without an opening one; put a text that begins with it in "
                    "quotes",
                    false},
    YamlExplanation{"unknown token",
                    "a value cannot begin with this character; put the text in quotes", false},
    YamlExplanation{"unknown escape character",
                    "unknown escape in a text in double quotes; write \"\\\\\" for a backslash",
                    false, Slip::kNowhere},
    YamlExplanation{"invalid unicode",
                    "an escape in a text in double quotes that is no Unicode character", false,
                    Slip::kNowhere},
    YamlExplanation{"the referenced anchor is not defined",
                    "an alias (\"*name\") without an anchor (\"&name\") above it; put a text that "
                    "begins with \"*\" in quotes",
                    false, Slip::kNowhere},
};

}  // namespace

const YamlExplanation* find_yaml_explanation(std::string_view message) {
  const auto* const found = std::find_if(
      kExplanations.begin(), kExplanations.end(),
      [message](const YamlExplanation& row) { return message.starts_with(row.yaml_cpp); });
  return found == kExplanations.end() ? nullptr : found;
}

}  // namespace cloud_billing
