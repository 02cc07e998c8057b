#include "core/foreign_sign.h"

#include <gtest/gtest.h>

namespace cloud_billing {
namespace {

// Code points and names after the Unicode Character Database.
TEST(ForeignSign, SignsOfChineseKeyboardsAreNamedWithTheirCode) {
  EXPECT_EQ(describe_character("：x"), "a full-width colon \"：\" (U+FF1A)");
  EXPECT_EQ(describe_character("，"), "a full-width comma \"，\" (U+FF0C)");
  EXPECT_EQ(describe_character("“"), "a curly quote \"“\" (U+201C)");
  EXPECT_EQ(describe_character("［"), "a full-width bracket \"［\" (U+FF3B)");
  EXPECT_EQ(describe_character("ｔ"), "a full-width character \"ｔ\" (U+FF54)");
}

TEST(ForeignSign, BlanksAreNamedSinceTheyCannotBeSeen) {
  EXPECT_EQ(describe_character("\xE3\x80\x80"), "an ideographic space (U+3000)");
  EXPECT_EQ(describe_character("\xC2\xA0"), "a no-break space (U+00A0)");
  EXPECT_EQ(describe_character("\xE2\x80\x8B"), "a zero-width space (U+200B)");
  EXPECT_EQ(describe_character(" x"), "a blank");
}

TEST(ForeignSign, OtherCharactersHaveTheirCodeOnly) {
  EXPECT_EQ(describe_character("é"), "\"é\" (U+00E9)");
  EXPECT_EQ(describe_character("账"), "\"账\" (U+8D26)");
  EXPECT_EQ(describe_character("😀"), "\"😀\" (U+1F600)");
}

TEST(ForeignSign, WhatIsMeantIsTheSignOfAscii) {
  EXPECT_EQ(read_foreign_sign("：").value().ascii, ":");
  EXPECT_EQ(read_foreign_sign("｝").value().ascii, "}");
  EXPECT_EQ(read_foreign_sign("５").value().ascii, "5");
  EXPECT_EQ(read_foreign_sign("～").value().ascii, "~");
  EXPECT_EQ(read_foreign_sign("\xE3\x80\x80").value().ascii, " ");
  EXPECT_FALSE(read_foreign_sign("部"));
  EXPECT_FALSE(read_foreign_sign(":"));
  EXPECT_FALSE(read_foreign_sign(""));
}

TEST(ForeignSign, TheFirstOneIsFound) {
  EXPECT_EQ(find_foreign_sign("部a，“"), 4U);
  EXPECT_EQ(find_foreign_sign("部门 😀"), std::string_view::npos);
}

}  // namespace
}  // namespace cloud_billing
