#pragma once

// Reads one field of a document with a function of the room, for the tests of its readers. The
// text of what was read, or the problem.

#include <string>
#include <string_view>

#include "json/json_reader.h"

namespace cloud_billing {

// `write` gives the text of the T that read(value, T&) filled from `json_value`.
template <typename T, typename Read, typename Write>
std::string read_field(std::string_view json_value, Read read, Write write) {
  std::string body = "{\"a\": [1, {\"x\": 2}], \"x\": " + std::string(json_value) + ", \"z\": 3}";
  auto document = open_json(body);
  if (!document) return std::string(document.error());
  JsonValue value;
  if (document->find_field("x").get(value) != simdjson::SUCCESS) return "no field";
  T result{};
  const JsonProblem problem = read(value, result);
  return problem.empty() ? write(result) : std::string(problem);
}

}  // namespace cloud_billing
