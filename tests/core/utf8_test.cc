#include "core/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace cloud_billing {
namespace {

const std::string kMark = "\xEF\xBF\xBD";

struct Case {
  const char* name;
  std::string input;
  std::string expected;
};

class ReplaceIllFormedUtf8 : public testing::TestWithParam<Case> {};

TEST_P(ReplaceIllFormedUtf8, GivesOneMarkPerMaximalSubpart) {
  EXPECT_EQ(replace_ill_formed_utf8(GetParam().input), GetParam().expected);
}

// The first three tables are the Unicode Standard's own examples (section 3.9, tables 3-8 to 3-11).
INSTANTIATE_TEST_SUITE_P(
    Utf8, ReplaceIllFormedUtf8,
    testing::Values(Case{"NonShortestForms", "\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41",
                         kMark + kMark + kMark + kMark + kMark + kMark + kMark + kMark + "A"},
                    Case{"Surrogates", "\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41",
                         kMark + kMark + kMark + kMark + kMark + kMark + kMark + kMark + "A"},
                    Case{"BeyondUnicode", "\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42",
                         kMark + kMark + kMark + kMark + kMark + "A" + kMark + kMark + "B"},
                    Case{"Truncated", "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41",
                         kMark + kMark + kMark + kMark + "A"},
                    Case{"Empty", "", ""}, Case{"Ascii", "{\"total\": 12.5}", "{\"total\": 12.5}"},
                    Case{"Chinese", "云服务器", "云服务器"},
                    Case{"LastOfEachLength", "\x7F\xDF\xBF\xEF\xBF\xBF\xF4\x8F\xBF\xBF",
                         "\x7F\xDF\xBF\xEF\xBF\xBF\xF4\x8F\xBF\xBF"},
                    Case{"CutAtTheEnd", "total \xE4\xBA", "total " + kMark},
                    Case{"Gbk", "\xD6\xD0 x", kMark + kMark + " x"},
                    Case{"LongAsciiThenBad", std::string(37, 'a') + "\x80" + std::string(21, 'b'),
                         std::string(37, 'a') + kMark + std::string(21, 'b')}),
    [](const testing::TestParamInfo<Case>& test) { return std::string(test.param.name); });

TEST(Utf8, WellFormedTextIsNotCopied) {
  std::string text(1000, 'x');
  const char* before = text.data();
  EXPECT_EQ(replace_ill_formed_utf8(std::move(text)).data(), before);
}

}  // namespace
}  // namespace cloud_billing
