#include "json/json_walk.h"

namespace cloud_billing {

bool is_of_type(JsonValue value, JsonType wanted) {
  JsonType type{};
  return value.type().get(type) == simdjson::SUCCESS && type == wanted;
}

JsonProblem visit_fields(JsonValue value, const FieldVisitor& visit) {
  JsonObject object;
  if (value.get_object().get(object) != simdjson::SUCCESS) return "not a JSON object";
  return visit_fields(object, visit);
}

JsonProblem visit_fields(JsonObject object, const FieldVisitor& visit) {
  for (auto field : object) {
    std::string_view name;
    JsonValue inner;
    if (field.unescaped_key().get(name) != simdjson::SUCCESS ||
        field.value().get(inner) != simdjson::SUCCESS) {
      return "not JSON";
    }
    if (const JsonProblem problem = visit(name, inner); !problem.empty()) return problem;
  }
  return {};
}

JsonProblem visit_elements(JsonValue value, const ElementVisitor& visit) {
  JsonArray array;
  if (value.get_array().get(array) != simdjson::SUCCESS) return "not a list";
  for (auto element : array) {
    JsonValue inner;
    if (element.get(inner) != simdjson::SUCCESS) return "not JSON";
    if (const JsonProblem problem = visit(inner); !problem.empty()) return problem;
  }
  return {};
}

JsonProblem visit_list(JsonValue value, const ElementVisitor& visit) {
  return is_of_type(value, JsonType::null) ? JsonProblem{} : visit_elements(value, visit);
}

}  // namespace cloud_billing
