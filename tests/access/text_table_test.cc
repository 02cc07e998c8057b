#include "access/text_table.h"

#include <gtest/gtest.h>

#include <string>

namespace cloud_billing {
namespace {

TEST(DisplayWidth, AChineseCharacterTakesTwoColumns) {
  EXPECT_EQ(display_width(""), 0U);
  EXPECT_EQ(display_width("baidu-prod"), 10U);
  EXPECT_EQ(display_width("百度生产"), 8U);
  EXPECT_EQ(display_width("账号：A"), 7U);  // the full-width colon too
  EXPECT_EQ(display_width("é"), 1U);
  EXPECT_EQ(display_width("e\u0301"), 1U);  // the accent stands on the letter
  EXPECT_EQ(display_width("한국"), 4U);
  EXPECT_EQ(display_width("😀"), 2U);
}

TEST(LayOut, ColumnsBeginAtTheSameColumnWhateverTheirLanguage) {
  EXPECT_EQ(
      lay_out({{"ACCOUNT", "CAME", "DO"}, {"百度生产", "ok", ""}, {"x", "refused", "grant"}}, 0),
      "ACCOUNT   CAME     DO\n"
      "百度生产  ok\n"
      "x         refused  grant\n");
}

TEST(LayOut, WithoutAWidthARowIsOneLineHoweverLong) {
  const std::string advice(300, 'a');
  EXPECT_EQ(lay_out({{"x", "refused", advice}}, 0), "x  refused  " + advice + "\n");
}

TEST(LayOut, OnATerminalTheLastColumnsAreFoldedAtBlanks) {
  EXPECT_EQ(lay_out({{"ACCOUNT", "WHAT CAME", "WHAT TO DO"},
                     {"prod", "permission", "Grant the user the policy ReadBills in the console."}},
                    50),
            "ACCOUNT  WHAT CAME   WHAT TO DO\n"
            "prod     permission  Grant the user the policy\n"
            "                     ReadBills in the console.\n");
}

TEST(LayOut, ATerminalThatIsTooNarrowGetsFoldedColumnsOfSomeWidth) {
  const std::string text = lay_out({{"account", "refused", "Grant the user the policy."}}, 10);
  EXPECT_EQ(text, "account  refused  Grant the user the\n                  policy.\n");
}

TEST(LayOut, BothFoldedColumnsShareTheRoom) {
  const std::string words = "one two three four five six seven eight nine ten";
  EXPECT_EQ(lay_out({{"a", words, words}}, 60),
            "a  one two three four five six  one two three four five six\n"
            "   seven eight nine ten         seven eight nine ten\n");
}

}  // namespace
}  // namespace cloud_billing
