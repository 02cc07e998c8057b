#include "logged_body.h"

#include <nlohmann/json.hpp>

#include "wire_request.h"

namespace simulator {

std::string add_logged_body(const std::string& query, const std::string& body) {
  std::string logged = query;
  const nlohmann::json read = nlohmann::json::parse(body, nullptr, false);
  if (!read.is_object()) {
    return logged;
  }
  for (const auto& [name, value] : read.items()) {
    if (value.is_primitive()) {
      logged += logged.empty() ? "" : "&";
      logged += encode_uri(name, false) + "=" +
                encode_uri(value.is_string() ? value.get<std::string>() : value.dump(), false);
    }
  }
  return logged;
}

}  // namespace simulator
