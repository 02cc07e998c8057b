#include "config/yaml_reader.h"

#include <gtest/gtest.h>

#include <string>

namespace cloud_billing::yaml_reader_test {
namespace {

YamlNode read_valid(std::string_view text) {
  const auto result = read_yaml(text);
  EXPECT_TRUE(result) << (result ? "" : result.error().message);
  return result ? *result : YamlNode{};
}

std::string repeat(std::string_view text, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

TEST(YamlReader, KeepsTextsKeysAndPositions) {
  const YamlNode root = read_valid("a: 90e12\nb:\n  - 'x y'\n  - {c: yes}\na: again\n");
  ASSERT_EQ(root.kind, YamlNode::Kind::kMap);
  ASSERT_EQ(root.keys.size(), 3U);
  EXPECT_EQ(root.keys[0].text, "a");
  EXPECT_EQ(root.keys[2].text, "a");  // repeated keys are the caller's to refuse
  EXPECT_EQ(root.keys[2].position, (Position{5, 1}));
  EXPECT_EQ(root.items[0].text, "90e12");
  EXPECT_EQ(root.items[0].position, (Position{1, 4}));
  const YamlNode& list = root.items[1];
  ASSERT_EQ(list.kind, YamlNode::Kind::kList);
  ASSERT_EQ(list.items.size(), 2U);
  EXPECT_EQ(list.items[0].text, "x y");
  EXPECT_EQ(list.items[1].keys.at(0).position, (Position{4, 6}));
  EXPECT_EQ(list.items[1].items.at(0).text, "yes");
}

TEST(YamlReader, CountsColumnsInCharacters) {
  const YamlNode root = read_valid("部门: {é: x, 😀: y}\n");
  EXPECT_EQ(root.items.at(0).position, (Position{1, 5}));
  EXPECT_EQ(root.items.at(0).keys.at(1).position, (Position{1, 12}));
  EXPECT_EQ(root.items.at(0).items.at(1).position, (Position{1, 15}));
}

TEST(YamlReader, TellsMissingValuesFromQuotedOnes) {
  const YamlNode root = read_valid("a:\nb: ~\nc: null\nd: 'null'\ne: ''\nf: !!str null\n");
  for (const std::size_t missing : {0U, 1U, 2U}) {
    EXPECT_EQ(root.items.at(missing).kind, YamlNode::Kind::kMissing);
    EXPECT_EQ(root.items.at(missing).position, root.keys.at(missing).position);
  }
  EXPECT_EQ(root.items.at(3).text, "null");
  EXPECT_EQ(root.items.at(4).kind, YamlNode::Kind::kText);
  EXPECT_EQ(root.items.at(5).text, "null");
}

TEST(YamlReader, CopiesAliasesAndPlacesThemWhereTheyAreUsed) {
  const YamlNode root = read_valid("a: &x [1]\nb: *x\n");
  EXPECT_EQ(root.items.at(1).kind, YamlNode::Kind::kList);
  EXPECT_EQ(root.items.at(1).position, (Position{2, 4}));
  EXPECT_EQ(root.items.at(1).items.at(0).position, (Position{1, 8}));
}

TEST(YamlReader, AcceptsClosedQuotesOfEveryKind) {
  const YamlNode root = read_valid("a: 'it''s'\nb: \"x\\\"\"\nc: &n \"y\"\nd: ''\ne: \"\\\\\"\n");
  EXPECT_EQ(root.items.at(0).text, "it's");
  EXPECT_EQ(root.items.at(1).text, "x\"");
  EXPECT_EQ(root.items.at(2).text, "y");
  EXPECT_EQ(root.items.at(3).text, "");
  EXPECT_EQ(root.items.at(4).text, "\\");
}

// yaml-cpp takes the end of the text for a missing quote.
TEST(YamlReader, RefusesQuotesThatNeverClose) {
  for (const char* text :
       {"a: \"x\n", "a: 'x\n", "a: 'x''\n", "a: \"x\\\"\n", "a: &n \"x\n", "a: &n\n  'x\n"}) {
    const auto result = read_yaml(text);
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(result.error().message, "this quote is never closed") << text;
  }
}

TEST(YamlReader, AllowsAReasonableDepth) {
  EXPECT_TRUE(read_yaml(repeat("- ", 32) + "x\n"));
  EXPECT_FALSE(read_yaml(repeat("- ", 33) + "x\n"));
}

// Each of these is 200 kB that a careless reader would follow into the ground.
TEST(YamlReader, SurvivesHostileTexts) {
  for (const char* piece :
       {"[",   "{", "- ", "? ", "a: ", "[{", "{a: [", "[? ",  "[a, ", ": ",   "!",
        "&a ", "*", "'",  "\"", "|",   "%",  ",",     "--- ", "a\n",  "a:\n", "- \n"}) {
    (void)read_yaml(repeat(piece, 200000 / static_cast<int>(std::string_view(piece).size())));
  }
}

TEST(YamlReader, RefusesALongTextRepeatedByAliases) {
  const std::string text =
      "a: &a " + std::string(1000000, 'x') + "\nb: [" + repeat("*a, ", 1000) + "]\n";
  const auto result = read_yaml(text);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message,
            "the document is too large once its aliases (\"*name\") are filled in");
}

TEST(YamlReader, ReadsALongLineInLinearTime) {
  // Quadratic counting of columns would take minutes.
  const YamlNode root = read_valid("[" + repeat("é, ", 200000) + "x]");
  EXPECT_EQ(root.items.size(), 200001U);
  EXPECT_EQ(root.items.back().position, (Position{1, 600002}));
}

}  // namespace
}  // namespace cloud_billing::yaml_reader_test
