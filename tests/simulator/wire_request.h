#pragma once

// A request exactly as it came over the wire, and the small texts of HTTP that both clouds'
// signatures and parameters are made of. Pure.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace simulator {

// A request as received. Path and query are the raw text of the request line.
struct WireRequest {
  std::string method;
  std::string path;
  std::string query;  // without '?'
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  // The first value of a header, whatever its case; null when absent.
  [[nodiscard]] const std::string* header(std::string_view name) const;
};

// ASCII only.
[[nodiscard]] std::string to_lower(std::string_view text);

// Without blanks and tabs at both ends.
[[nodiscard]] std::string_view trim(std::string_view text);

// Always at least one part.
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);

[[nodiscard]] bool contains(const std::vector<std::string>& names, std::string_view name);

[[nodiscard]] std::string encode_uri(std::string_view text, bool keep_slash);

// Decodes %XX; a '+' is itself.
[[nodiscard]] std::string decode_uri(std::string_view text);

using Parameters = std::map<std::string, std::string>;

// Names and values of a query, decoded; the first of equal names counts.
[[nodiscard]] Parameters parse_query(std::string_view raw_query);

// The value, or "" when absent.
[[nodiscard]] std::string parameter(const Parameters& parameters, const std::string& name);

}  // namespace simulator
