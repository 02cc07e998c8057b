#pragma once

// What a person reads of a page: its text without tags.

#include <regex>
#include <string>

namespace cloud_billing {

inline std::string text_of(const std::string& html) {
  const std::string body = html.substr(html.find("<body>"));
  return std::regex_replace(std::regex_replace(body, std::regex("<[^>]*>"), ""), std::regex("\\s+"),
                            " ");
}

}  // namespace cloud_billing
