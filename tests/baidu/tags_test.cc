#include "baidu/tags.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cloud_billing::baidu {
namespace {

struct TagCase {
  const char* text;
  const char* expected;  // "key=value" in the order found, joined by '|'
  const char* separators = ";,\n";
};

TEST(BaiduTags, AreSplit) {
  constexpr TagCase kCases[] = {
      {"tag:value", "tag=value"},  // seed 001
      {"", ""},
      {"/", ""},
      {"env:prod;team:infra", "env=prod|team=infra"},
      {"env:prod,team:infra\nowner:li", "env=prod|team=infra|owner=li"},
      {"env:prod; team:infra ;", "env=prod|team=infra"},
      // The key reaches up to the first colon.
      {"url:http://a:80/b", "url=http://a:80/b"},
      // A piece without a colon belongs to the value before it.
      {"note:red, blue;env:prod", "note=red, blue|env=prod"},
      {"note:a;;b", "note=a;;b"},
      {"stray;env:prod", "env=prod"},
      {"stray", ""},
      {"env:", "env="},
      {"env:;team:x", "env=|team=x"},
      {":v", "=v"},
      {"部门:研发;环境:生产", "部门=研发|环境=生产"},
      // KnownField again: the first counts, and what follows is not added to another.
      {"env:a;env:b;c;team:x", "env=a|team=x"},
      {"env:a b;team:x", "env=a b|team=x"},
      {"env:prod;team:infra", "env=prod;team:infra", "|"},
      {"env:prod|team:infra", "env=prod|team=infra", "|"},
      // A separator may be any character of UTF-8.
      {"环境:生产、团队:云", "环境=生产|团队=云", "、"},
      {"环境:生产，团队:云", "环境=生产，团队:云", "、"},
      {"env:prod;team:infra", "env=prod;team:infra", ""}};
  for (const TagCase& c : kCases) {
    std::vector<Tag> tags{{"left", "over"}};
    split_tags(c.text, c.separators, tags);
    std::string found;
    for (const Tag& tag : tags) {
      found += (found.empty() ? "" : "|") + std::string(tag.key) + "=" + std::string(tag.value);
    }
    EXPECT_EQ(found, c.expected) << c.text;
  }
}

TEST(BaiduTags, WithANulAreLeftOutAndCounted) {
  using std::string_literals::operator""s;
  const auto split = [](const std::string& text) {
    std::vector<Tag> tags;
    std::string found = std::to_string(split_tags(text, ";", tags)) + ":";
    for (const Tag& tag : tags) {
      found += " " + std::string(tag.key) + "=" + std::string(tag.value);
    }
    return found;
  };
  EXPECT_EQ(split("env:pr\0d;team:infra"s), "1: team=infra");
  EXPECT_EQ(split("e\0v:prod;team:in\0ra;zone:a"s), "2: zone=a");
  EXPECT_EQ(split("env:prod;team:infra"), "0: env=prod team=infra");
}

}  // namespace
}  // namespace cloud_billing::baidu
