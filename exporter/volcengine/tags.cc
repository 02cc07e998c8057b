#include "volcengine/tags.h"

#include <algorithm>

#include "json/json_walk.h"
#include "json/nested_json.h"
#include "volcengine/field_reader.h"

namespace cloud_billing::volcengine {
namespace {

// The values of one tag.
struct TagValues {
  std::string_view joined;
  bool has_any = false;    // an empty list is one empty value
  std::size_t unread = 0;  // left out
};

// A list of texts, or a single one. The joined text is made only if there are several.
TagValues read_values(JsonValue value, char separator, std::deque<std::string>& storage) {
  TagValues values;
  if (!is_of_type(value, JsonType::array)) {
    values.has_any = read_text(value, values.joined).empty();
    values.unread = values.has_any ? 0 : 1;
    return values;
  }
  std::size_t count = 0;
  const JsonProblem problem = visit_elements(value, [&](JsonValue element) {
    std::string_view text;
    if (!read_text(element, text).empty()) {
      ++values.unread;
      return JsonProblem{};
    }
    if (++count == 1) {
      values.joined = text;
      return JsonProblem{};
    }
    if (count == 2) storage.emplace_back(values.joined);
    storage.back() += separator;
    storage.back() += text;
    values.joined = storage.back();
    return JsonProblem{};
  });
  if (!problem.empty()) ++values.unread;
  values.has_any = count > 0 || values.unread == 0;
  return values;
}

}  // namespace

std::size_t VolcengineTags::read(std::string_view text, std::vector<Tag>& tags) {
  tags.clear();
  if (kFieldReader.means_none(text) || text == "{}") return 0;
  joined_.clear();
  text_ = text;
  // A NUL may not stand in JSON: written out it makes its own tag unreadable, not all of them.
  for (std::size_t at = 0; (at = text_.find('\0', at)) != std::string::npos;) {
    text_.replace(at, 1, R"(\u0000)");
  }
  auto document = open_nested_json(text_);
  JsonObject object;
  if (!document || document->get_object().get(object) != simdjson::SUCCESS) return 1;
  std::size_t unread = 0;
  for (auto field : object) {
    std::string_view key;
    JsonValue value;
    if (field.error() != simdjson::SUCCESS) return unread + 1;
    if (field.unescaped_key().get(key) != simdjson::SUCCESS ||
        key.find('\0') != std::string_view::npos) {
      ++unread;
      continue;
    }
    if (field.value().get(value) != simdjson::SUCCESS) return unread + 1;
    const bool known =
        std::any_of(tags.begin(), tags.end(), [key](const Tag& tag) { return tag.key == key; });
    if (known) continue;
    const TagValues values = read_values(value, separator_, joined_);
    if (values.has_any) tags.push_back({key, values.joined});
    unread += values.unread;
  }
  return unread;
}

}  // namespace cloud_billing::volcengine
