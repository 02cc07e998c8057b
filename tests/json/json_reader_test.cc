#include "json/json_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "read_field.h"

namespace cloud_billing {
namespace {

std::string text_of(std::string_view json_value) {
  return read_field<std::string_view>(json_value, read_text,
                                      [](std::string_view text) { return std::string(text); });
}

TEST(JsonReader, IllFormedUtf8IsReplaced) {
  EXPECT_EQ(text_of("\"\xD6\xD0\""), "\xEF\xBF\xBD\xEF\xBF\xBD");  // GBK
  EXPECT_EQ(text_of("\"cut \xE4\xB8\""), "cut \xEF\xBF\xBD");
}

TEST(JsonText, KeepsNumbersAndBooleansAsWritten) {
  EXPECT_EQ(text_of("\"SCS\""), "SCS");
  EXPECT_EQ(text_of("\"\\u6d4b\\n\\\"\""), "测\n\"");
  EXPECT_EQ(text_of("null"), "");
  EXPECT_EQ(text_of("30749"), "30749");
  EXPECT_EQ(text_of("0E-8"), "0E-8");
  EXPECT_EQ(text_of("true"), "true");
  EXPECT_EQ(text_of("{}"), "not a text");
  EXPECT_EQ(text_of("[]"), "not a text");
}

TEST(JsonText, WithANulOrHalfASurrogatePairIsRefused) {
  EXPECT_EQ(text_of("\"a\\u0000b\""), "a text that cannot be read");
  EXPECT_EQ(text_of("\"\\ud800\""), "a text that cannot be read");
}

TEST(JsonDocument, WhoseRootIsNoObjectIsRefused) {
  for (const std::string_view text :
       {"", " ", "[]", "1", "\"a\"", "null", "<html>", "{\"a\": \""}) {
    std::string body(text);
    EXPECT_FALSE(open_json(body)) << text;
  }
  std::string body = "{}";
  EXPECT_TRUE(open_json(body));
}

TEST(JsonDocument, IsReadFromABodyWithoutSpareCapacity) {
  for (std::size_t size = 0; size < 200; ++size) {
    std::string body = "{\"x\": \"" + std::string(size, 'y') + "\"}";
    body.shrink_to_fit();
    auto document = open_json(body);
    ASSERT_TRUE(document);
    std::string_view text;
    ASSERT_EQ(document->find_field("x").get_string().get(text), simdjson::SUCCESS);
    ASSERT_EQ(text.size(), size);
  }
}

}  // namespace
}  // namespace cloud_billing
