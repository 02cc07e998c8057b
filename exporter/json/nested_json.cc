#include "json/nested_json.h"

namespace cloud_billing {

Result<JsonDocument, JsonProblem> open_nested_json(std::string& text) {
  thread_local simdjson::ondemand::parser parser;
  text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
  JsonDocument document;
  const auto error =
      parser.iterate(simdjson::padded_string_view(text.data(), text.size(), text.capacity()))
          .get(document);
  if (error != simdjson::SUCCESS) return JsonProblem("not JSON");
  JsonObject root;
  if (document.get_object().get(root) != simdjson::SUCCESS) return JsonProblem("not a JSON object");
  document.rewind();
  return document;
}

}  // namespace cloud_billing
