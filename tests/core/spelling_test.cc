#include "core/spelling.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace cloud_billing {
namespace {

// Distances from the literature's examples and by hand.
TEST(Spelling, CountsEditsBetweenWords) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("abc", ""), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("saturday", "sunday"), 3U);
  EXPECT_EQ(edit_distance("htpp", "http"), 1U);  // a swap of neighbours
  EXPECT_EQ(edit_distance("ca", "abc"), 3U);     // optimal string alignment, not 2
}

TEST(Spelling, SuggestsOnlyWhatIsNear) {
  constexpr std::array<std::string_view, 3> kWords{"access_key_id", "budget", "labels"};
  EXPECT_EQ(did_you_mean("acces_key_id", kWords), ", did you mean \"access_key_id\"?");
  EXPECT_EQ(did_you_mean("Budget", kWords), ", did you mean \"budget\"?");
  EXPECT_EQ(did_you_mean("colour", kWords), "");
  EXPECT_EQ(did_you_mean("", kWords), "");
  EXPECT_EQ(did_you_mean(std::string(1000000, 'x'), kWords), "");
}

TEST(Spelling, ShowsTextsOnOneLine) {
  EXPECT_EQ(quote_text("a\n\t\r\x1b\x7f"), R"("a\n\t\r\x1b\x7f")");
  EXPECT_EQ(quote_text("\xC2\x85"), R"("\x85")");
  EXPECT_EQ(quote_text("部门"), "\"部门\"");
  EXPECT_EQ(quote_text(std::string(1000, 'x')), "\"" + std::string(59, 'x') + "...\"");
  // Cut between characters, never inside one.
  EXPECT_EQ(quote_text(std::string(58, 'x') + "部门部门"), "\"" + std::string(58, 'x') + "部...\"");
}

TEST(Spelling, ListsChoices) {
  constexpr std::array<std::string_view, 3> kWords{"a", "b", "c"};
  EXPECT_EQ(list_choices(std::span(kWords).first(1)), R"("a")");
  EXPECT_EQ(list_choices(std::span(kWords).first(2)), R"("a" or "b")");
  EXPECT_EQ(list_choices(kWords), R"("a", "b" or "c")");
}

TEST(Spelling, CountsCharactersNotBytes) {
  EXPECT_EQ(count_characters("aé部😀"), 4U);
  EXPECT_TRUE(has_control_character("a\x01"));
  EXPECT_TRUE(has_control_character("\xC2\x9F"));
  EXPECT_FALSE(has_control_character("\xC2\xA0 é部😀"));
}

}  // namespace
}  // namespace cloud_billing
