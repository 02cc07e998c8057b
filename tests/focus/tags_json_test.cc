#include "focus/tags_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <vector>

namespace cloud_billing {
namespace {

std::string tags_json(std::span<const Tag> tags) {
  std::string json;
  append_tags_json(json, tags);
  return json;
}

TEST(TagsJson, IsOneFlatObject) {
  const std::vector<Tag> tags{{"team", "infra"}, {"成本中心", "华北"}};
  EXPECT_EQ(tags_json(tags), R"({"team":"infra","成本中心":"华北"})");
}

TEST(TagsJson, OfATagWithoutAValueIsTrue) {
  const std::vector<Tag> tags{{"spot", ""}};
  EXPECT_EQ(tags_json(tags), R"({"spot":true})");
}

TEST(TagsJson, OfNoTagsIsNothing) { EXPECT_EQ(tags_json({}), ""); }

TEST(TagsJson, EscapesWhatJsonWantsEscaped) {
  const std::string odd = "a\"b\\c\n\r\t\x01/";
  const std::vector<Tag> tags{{odd, odd}};
  EXPECT_EQ(nlohmann::json::parse(tags_json(tags)), (nlohmann::json{{odd, odd}}));
}

TEST(TagsJson, WritesEachQuoteAsTheCallerWants) {
  const std::vector<Tag> tags{{"a\"b", "\\c"}};
  std::string field;
  append_tags_json(field, tags, R"("")");
  EXPECT_EQ(field, R"({""a\""b"":""\\c""})");
}

}  // namespace
}  // namespace cloud_billing
