#include "status_page/sentence.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace cloud_billing {
namespace {

TEST(Sentence, PutsEachPartIntoTheGapOfItsNumber) {
  constexpr Sentence<2> kOneOrder = "{0} of {1}";
  constexpr Sentence<2> kOtherOrder = "{1}中的 {0} 个";
  EXPECT_EQ(kOneOrder("2", "6 accounts"), "2 of 6 accounts");
  EXPECT_EQ(kOtherOrder("2", "6 个账号"), "6 个账号中的 2 个");
}

TEST(Sentence, FillsAGapAsOftenAsItOccurs) {
  constexpr Sentence<1> kTwice = "{0} and {0}";
  EXPECT_EQ(kTwice("a"), "a and a");
}

TEST(Sentence, LeavesWhatLooksLikeAGapInAPartAlone) {
  constexpr Sentence<2> kBoth = "{0}, {1}";
  EXPECT_EQ(kBoth("{1}", "{0}"), "{1}, {0}");
}

// So that a table of sentences that lacks one does not compile.
TEST(Sentence, HasNoDefault) {
  EXPECT_FALSE(std::is_default_constructible_v<Words>);
  EXPECT_FALSE(std::is_default_constructible_v<Sentence<3>>);
  EXPECT_FALSE(std::is_default_constructible_v<Counted>);
}

TEST(Counted, HasTheFormsThatItsLanguageHas) {
  constexpr Counted kOneAndOthers{"{0} account", "{0} accounts"};
  constexpr Counted kAny = "{0} 个账号";
  EXPECT_EQ(kOneAndOthers(0), "0 accounts");
  EXPECT_EQ(kOneAndOthers(1), "1 account");
  EXPECT_EQ(kOneAndOthers(2), "2 accounts");
  EXPECT_EQ(kAny(1), "1 个账号");
}

}  // namespace
}  // namespace cloud_billing
