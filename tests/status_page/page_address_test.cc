#include "status_page/page_address.h"

#include <gtest/gtest.h>

namespace cloud_billing {
namespace {

PageAddress address() {
  PageAddress address;
  address.set("lang", "zh");
  address.set("page", "2");
  address.set("q", "a&b \"c\"");
  address.set("state", "");
  return address;
}

TEST(PageAddress, IsSafeInAnAttribute) {
  EXPECT_EQ(address().html(), "?lang=zh&amp;page=2&amp;q=a%26b%20%22c%22");
}

TEST(PageAddress, KeepsTheRestOfWhatWasAskedFor) {
  EXPECT_EQ(address().with("state", "low").html(), "?lang=zh&amp;q=a%26b%20%22c%22&amp;state=low")
      << "of other accounts, the first page";
  EXPECT_EQ(address().with("page", "3").without({"q"}).html(), "?lang=zh&amp;page=3");
}

TEST(PageAddress, IsThePathAloneIfNothingWasAskedFor) {
  EXPECT_EQ(PageAddress().html(), "./");
  EXPECT_EQ(address().without({"lang", "page", "q"}).html("accounts.csv"), "accounts.csv");
  EXPECT_EQ(address().without({"page", "q"}).html("accounts.csv"), "accounts.csv?lang=zh");
}

TEST(PageAddress, IsSentWithAForm) {
  EXPECT_EQ(address().hidden_fields({"page"}),
            "<input type=\"hidden\" name=\"lang\" value=\"zh\">\n"
            "<input type=\"hidden\" name=\"q\" value=\"a&amp;b &quot;c&quot;\">\n");
}

}  // namespace
}  // namespace cloud_billing
