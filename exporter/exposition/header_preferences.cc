#include "exposition/header_preferences.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <system_error>
#include <utility>

#include "core/ascii.h"

namespace cloud_billing {
namespace {

// Splits at `separator`, but not inside a quoted string.
std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == separator && !quoted) {
      parts.push_back(trim_blanks(text.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  parts.push_back(trim_blanks(text.substr(std::min(begin, text.size()))));
  return parts;
}

std::optional<double> read_quality(std::string_view text) {
  double quality = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), quality, std::chars_format::fixed);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (!(quality >= 0 && quality <= 1)) return std::nullopt;
  return quality;
}

std::optional<HeaderPreference> read_preference(std::string_view element) {
  const std::vector<std::string_view> parts = split(element, ';');
  HeaderPreference preference;
  preference.name = to_lower_case(parts.front());
  if (preference.name.empty()) return std::nullopt;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::size_t equals = std::min(parts[i].find('='), parts[i].size());
    const std::string name = to_lower_case(trim_blanks(parts[i].substr(0, equals)));
    std::string_view value = trim_blanks(parts[i].substr(std::min(equals + 1, parts[i].size())));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    if (name == "version") preference.version = value;
    if (name != "q") continue;
    const std::optional<double> quality = read_quality(value);
    if (!quality) return std::nullopt;
    preference.quality = *quality;
  }
  return preference;
}

}  // namespace

std::vector<HeaderPreference> read_preferences(std::string_view header) {
  std::vector<HeaderPreference> preferences;
  for (const std::string_view element : split(header, ',')) {
    if (auto preference = read_preference(element)) preferences.push_back(*std::move(preference));
  }
  return preferences;
}

}  // namespace cloud_billing
