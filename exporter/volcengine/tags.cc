#include "volcengine/tags.h"

#include <algorithm>

#include "json/json_walk.h"
#include "json/nested_json.h"
#include "volcengine/field_reader.h"

namespace cloud_billing::volcengine {
namespace {

// A list of texts, or a single one. The joined text is made only if there are several.
JsonProblem read_values(JsonValue value, std::string_view& joined,
                        std::deque<std::string>& storage) {
  if (!is_of_type(value, JsonType::array)) return read_text(value, joined);
  std::size_t count = 0;
  return visit_elements(value, [&](JsonValue element) {
    std::string_view text;
    const JsonProblem problem = read_text(element, text);
    if (++count == 1) {
      joined = text;
      return problem;
    }
    if (count == 2) storage.emplace_back(joined);
    storage.back() += ',';
    storage.back() += text;
    joined = storage.back();
    return problem;
  });
}

}  // namespace

void VolcengineTags::read(std::string_view text, std::vector<Tag>& tags) {
  tags.clear();
  if (kFieldReader.means_none(text) || text == "{}") return;
  joined_.clear();
  text_ = text;
  auto document = open_nested_json(text_);
  JsonObject object;
  if (!document || document->get_object().get(object) != simdjson::SUCCESS) return;
  const JsonProblem problem =
      visit_fields(object, [this, &tags](std::string_view key, JsonValue value) {
        if (key.find('\0') != std::string_view::npos) return JsonProblem("a key with a NUL");
        const bool known =
            std::any_of(tags.begin(), tags.end(), [key](const Tag& tag) { return tag.key == key; });
        if (known) return JsonProblem{};
        std::string_view joined;
        const JsonProblem in_value = read_values(value, joined, joined_);
        if (in_value.empty()) tags.push_back({key, joined});
        return in_value;
      });
  if (!problem.empty()) tags.clear();
}

}  // namespace cloud_billing::volcengine
