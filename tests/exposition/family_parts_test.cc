#include "exposition/family_parts.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/gunzip.h"

namespace cloud_billing {
namespace {

const MetricHead kHead{"cost", "Cost."};

std::string head_text() { return "# HELP cost Cost.\n# TYPE cost gauge\n"; }

std::string packed(const Families& families) {
  std::string member = gzip_head();
  send_deflated(families, ExpositionFormat::kText, [&member](std::string_view piece) {
    member += piece;
    return true;
  });
  return gunzip(member + gzip_end(checksum_of(families, ExpositionFormat::kText)));
}

class FamilyPartsTest : public testing::Test {
 protected:
  // What is shared now, which must be the same in every form.
  std::string shared() {
    const Families families{parts_.share()};
    const std::string text = text_of(families);
    EXPECT_EQ(packed(families), text);
    EXPECT_EQ(checksum_of(families, ExpositionFormat::kText), checksum_of(text));
    return text;
  }

  FamilyParts parts_{kHead};
};

TEST_F(FamilyPartsTest, WithoutSeriesLeaveNoTrace) {
  EXPECT_EQ(shared(), "");
  parts_.set_groups(2);
  parts_.put(1, "");
  EXPECT_EQ(shared(), "");
}

TEST_F(FamilyPartsTest, StandInTheOrderOfTheirGroupsUnderOneHead) {
  parts_.set_groups(3);
  parts_.put(2, "c 3\n");
  parts_.put(0, "a 1\n");
  EXPECT_EQ(shared(), head_text() + "a 1\nc 3\n");
  parts_.put(1, "b 2\n");
  EXPECT_EQ(shared(), head_text() + "a 1\nb 2\nc 3\n");
  parts_.put(0, "");
  parts_.put(2, "c 4\n");
  EXPECT_EQ(shared(), head_text() + "b 2\nc 4\n");
}

TEST_F(FamilyPartsTest, ThatDidNotChangeStayTheSameInMemory) {
  parts_.set_groups(2);
  parts_.put(0, "a 1\n");
  parts_.put(1, "b 2\n");
  const auto before = parts_.share();
  parts_.put(0, "a 1\n");
  EXPECT_EQ(parts_.share(), before);
  parts_.put(0, "a 9\n");
  const auto after = parts_.share();
  EXPECT_NE(after, before);
  EXPECT_EQ(after->parts[1], before->parts[1]);
  EXPECT_EQ(text_of({before}), head_text() + "a 1\nb 2\n") << "who holds it sends it to its end";
}

TEST_F(FamilyPartsTest, OfGroupsThatAreGoneAreGone) {
  parts_.set_groups(2);
  parts_.put(0, "a 1\n");
  parts_.put(1, "b 2\n");
  EXPECT_EQ(shared(), head_text() + "a 1\nb 2\n");
  parts_.set_groups(1);
  EXPECT_EQ(shared(), head_text() + "a 1\n");
  parts_.set_groups(2);
  EXPECT_EQ(shared(), head_text() + "a 1\n");
}

TEST_F(FamilyPartsTest, KeepNoTextIfNoneIsWantedAndGiveTheSame) {
  parts_.set_groups(3);
  parts_.put(0, "a 1\n");
  parts_.put(1, "b 2\n");
  const std::string text = shared();
  parts_.keep_text(false);
  EXPECT_EQ(parts_.share()->parts[0]->text, "");
  EXPECT_EQ(shared(), text);
  parts_.put(1, "b 2\n");
  const auto before = parts_.share();
  EXPECT_EQ(before, parts_.share());
  parts_.put(1, "b 3\n");
  EXPECT_EQ(shared(), head_text() + "a 1\nb 3\n");
  parts_.put(2, "c 4\n");
  parts_.keep_text(true);
  EXPECT_EQ(shared(), head_text() + "a 1\nb 3\nc 4\n");
  EXPECT_EQ(parts_.share()->parts[1]->text, "b 3\n");
}

// A change of mind between two looks must not bring back what stood there.
TEST_F(FamilyPartsTest, GiveTheNewestHoweverOftenTheTextIsWantedOrNot) {
  parts_.set_groups(1);
  parts_.put(0, "a 1\n");
  EXPECT_EQ(shared(), head_text() + "a 1\n");
  parts_.put(0, "a 2\n");
  parts_.keep_text(false);
  parts_.keep_text(true);
  EXPECT_EQ(shared(), head_text() + "a 2\n");
}

}  // namespace
}  // namespace cloud_billing
