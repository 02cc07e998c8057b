#include "wire_request.h"

#include <algorithm>

namespace simulator {
namespace {

constexpr std::string_view kHexUpper = "0123456789ABCDEF";

int hex_value(char c) {
  const char upper = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  const auto at = kHexUpper.find(upper);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

const std::string* WireRequest::header(std::string_view name) const {
  const std::string wanted = to_lower(name);
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& header) {
    return to_lower(header.first) == wanted;
  });
  return found == headers.end() ? nullptr : &found->second;
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return lower;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) {
      return parts;
    }
    text.remove_prefix(end + 1);
  }
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string encode_uri(std::string_view text, bool keep_slash) {
  std::string encoded;
  for (const char c : text) {
    const bool kept = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '.' || c == '_' || c == '~' || (keep_slash && c == '/');
    if (kept) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += kHexUpper[byte >> 4U];
      encoded += kHexUpper[byte & 15U];
    }
  }
  return encoded;
}

std::string decode_uri(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                        hex_value(text[i + 2]) >= 0;
    decoded +=
        escape ? static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])) : text[i];
    i += escape ? 2 : 0;
  }
  return decoded;
}

Parameters parse_query(std::string_view raw_query) {
  Parameters parameters;
  while (!raw_query.empty()) {
    const std::string_view item = raw_query.substr(0, raw_query.find('&'));
    raw_query.remove_prefix(std::min(item.size() + 1, raw_query.size()));
    const auto equals = item.find('=');
    if (!item.empty()) {
      parameters.emplace(
          decode_uri(item.substr(0, equals)),
          equals == std::string_view::npos ? "" : decode_uri(item.substr(equals + 1)));
    }
  }
  return parameters;
}

std::string parameter(const Parameters& parameters, const std::string& name) {
  const auto found = parameters.find(name);
  return found == parameters.end() ? "" : found->second;
}

}  // namespace simulator
