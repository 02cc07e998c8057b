#include "status_page/html.h"
#include "core/percent_encoding.h"

#include <gtest/gtest.h>

namespace cloud_billing {
namespace {

TEST(EscapeHtml, LeavesNoMarkup) {
  EXPECT_EQ(escape_html(R"(<script>alert("1" & '2')</script>)"),
            "&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;");
  EXPECT_EQ(escape_html("云服务器"), "云服务器");
}

TEST(EscapeHtml, ReplacesWhatNoDocumentMayHold) {
  EXPECT_EQ(escape_html(std::string_view("a\0b\x1b\x7f", 5)), "a\uFFFDb\uFFFD\uFFFD");
  EXPECT_EQ(escape_html("a\xff"), "a\uFFFD");
}

TEST(EncodeQuery, LeavesUnreservedCharactersOnly) {
  EXPECT_EQ(percent_encode("aZ09-_.~"), "aZ09-_.~");
  EXPECT_EQ(percent_encode("a b&c=\"<#%+云"), "a%20b%26c%3D%22%3C%23%25%2B%E4%BA%91");
}

TEST(FillForm, TakesPartsAsTheyAre) {
  EXPECT_EQ(fill_form("<b>{}</b>{}", "{}", std::string("x{}y")), "<b>{}</b>x{}y");
}

}  // namespace
}  // namespace cloud_billing
