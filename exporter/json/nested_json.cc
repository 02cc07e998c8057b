#include "json/nested_json.h"

namespace cloud_billing {

Result<JsonDocument, JsonProblem> open_nested_json(std::string& text) {
  thread_local JsonParser parser;
  JsonDocument document;
  if (open_document(parser, text, document) != simdjson::SUCCESS) return JsonProblem("not JSON");
  JsonObject root;
  if (document.get_object().get(root) != simdjson::SUCCESS) return JsonProblem("not a JSON object");
  document.rewind();
  return document;
}

}  // namespace cloud_billing
