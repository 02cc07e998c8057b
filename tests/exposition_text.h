#pragma once

// Reading exposition text in tests: one family of it, and the labels of a series.

#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace cloud_billing {

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// The metric of a series line: what stands before its labels or its value.
inline std::string name_of(std::string_view line) {
  return std::string(line.substr(0, line.find_first_of("{ ")));
}

// HELP, TYPE and series of the metric, as they stand in the text.
inline std::string family_of(const std::string& text, std::string_view metric) {
  const std::string help = "# HELP " + std::string(metric) + ' ';
  const std::string type = "# TYPE " + std::string(metric) + ' ';
  std::string family;
  for (const std::string& line : lines_of(text)) {
    if (line.starts_with(help) || line.starts_with(type) || name_of(line) == metric) {
      family += line + '\n';
    }
  }
  return family;
}

// The names of a series line's labels, in its order.
inline std::vector<std::string> label_names(const std::string& line) {
  static const std::regex label(R"re((\w+)="(?:[^"\\]|\\.)*")re");
  std::vector<std::string> names;
  for (std::sregex_iterator found(line.begin(), line.end(), label), end; found != end; ++found) {
    names.push_back((*found)[1]);
  }
  return names;
}

}  // namespace cloud_billing
