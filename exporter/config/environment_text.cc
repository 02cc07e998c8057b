#include "config/environment_text.h"

#include <algorithm>
#include <cstddef>

#include "core/ascii.h"
#include "core/shown_text.h"
#include "core/utf8.h"

namespace cloud_billing {
namespace {

bool is_variable_name(std::string_view name) {
  return !name.empty() && !is_digit(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_letter_or_digit(c) || c == '_'; });
}

// A secret between the braces passes for a name by its letters.
std::string describe_variable(std::string_view name) {
  if (is_showable_variable(name)) return "environment variable " + std::string(name);
  return "an environment variable whose name is not shown, since it looks like none,";
}

std::string replace_double_dollars(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    out += text[at];
    if (text.substr(at, 2) == "$$") ++at;
  }
  return out;
}

// `reference` is what stands between "${" and "}".
Result<std::string> resolve(std::string_view reference, const Environment& environment) {
  const std::size_t separator = reference.find(":-");
  const bool has_default = separator != reference.npos;
  const std::string_view name = reference.substr(0, separator);
  const std::string_view fallback = has_default ? reference.substr(separator + 2) : "";
  if (!is_variable_name(name) || fallback.find("${") != fallback.npos) {
    return Error{"malformed variable; write ${NAME} or ${NAME:-default}, and $$ for a dollar"};
  }
  std::optional<std::string> value = environment(name);
  if (has_default && (!value || value->empty())) return replace_double_dollars(fallback);
  if (!value) return Error{describe_variable(name) + " is not set"};
  if (replace_ill_formed_utf8(*value) != *value) {
    return Error{describe_variable(name) + " is not UTF-8"};
  }
  return *std::move(value);
}

}  // namespace

Result<std::string, std::vector<Error>> expand_environment(std::string_view text,
                                                           const Environment& environment) {
  std::string out;
  std::vector<Error> problems;
  while (!text.empty()) {
    const std::size_t dollar = text.find('$');
    out += text.substr(0, dollar);
    if (dollar == text.npos) break;
    text.remove_prefix(dollar);
    if (!text.starts_with("${")) {
      out += '$';
      text.remove_prefix(text.starts_with("$$") ? 2 : 1);
      continue;
    }
    const std::size_t end = text.find('}');
    if (end == text.npos) {
      problems.push_back(Error{"\"${\" without \"}\"; write $$ for a dollar"});
      break;
    }
    const auto value = resolve(text.substr(2, end - 2), environment);
    if (value) {
      out += *value;
    } else {
      problems.push_back(value.error());
    }
    text.remove_prefix(end + 1);
  }
  if (!problems.empty()) return problems;
  return out;
}

}  // namespace cloud_billing
