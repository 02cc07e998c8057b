#pragma once

// A JSON document that stands as a text inside another one, such as a row's tags. It has a parser
// of its own, so that the outer document stays open. One per thread at a time: what it hands out
// lives until the next one is opened.

#include <string>

#include "core/result.h"
#include "json/json_reader.h"

namespace cloud_billing {

// As open_json(), of a text that is well-formed UTF-8 already, as the texts of an opened document
// are: nothing in it is replaced.
[[nodiscard]] Result<JsonDocument, JsonProblem> open_nested_json(std::string& text);

}  // namespace cloud_billing
