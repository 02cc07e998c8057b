#pragma once

// Walks small parts of a JSON response: every field of an object, every element of a list. Long
// lists of rows have a reader of their own: RowReader (row_reader.h). Same thread and lifetimes as
// json_reader.h.

#include <functional>
#include <string_view>

#include "json/json_reader.h"

namespace cloud_billing {

using FieldVisitor = std::function<JsonProblem(std::string_view name, JsonValue value)>;
using ElementVisitor = std::function<JsonProblem(JsonValue value)>;

[[nodiscard]] bool is_of_type(JsonValue value, JsonType wanted);

// Calls visit(name, value) for every field; the first problem ends it.
[[nodiscard]] JsonProblem visit_fields(JsonValue value, const FieldVisitor& visit);
[[nodiscard]] JsonProblem visit_fields(JsonObject object, const FieldVisitor& visit);

// Calls visit(value) for every element; the first problem ends it.
[[nodiscard]] JsonProblem visit_elements(JsonValue value, const ElementVisitor& visit);
// The same; null means a list without elements.
[[nodiscard]] JsonProblem visit_list(JsonValue value, const ElementVisitor& visit);

}  // namespace cloud_billing
