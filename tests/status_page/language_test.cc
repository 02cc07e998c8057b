#include "status_page/language.h"

#include <gtest/gtest.h>

namespace cloud_billing {
namespace {

void expect(Language language, std::string_view accept_language) {
  EXPECT_EQ(choose_language("", accept_language), language) << accept_language;
}

TEST(ChooseLanguage, FollowsWhatTheBrowserPrefers) {
  for (const char* const header :
       {"zh", "zh-CN", "zh-Hans", "zh-TW,zh;q=0.9", "ZH-cn", "zh-CN,zh;q=0.9,en;q=0.8",
        "en;q=0.8, zh;q=0.9", "fr, zh;q=0.1", "zh, en", "en;q=0, *"}) {
    expect(Language::kChinese, header);
  }
  for (const char* const header :
       {"", "en", "en-GB,en;q=0.9,zh;q=0.8", "fr, de;q=0.5", "*", "zh;q=0", "en, zh", "zh;q=0.5, *",
        "zhx", "zh;q=nonsense", "zh;q=2", ";;,", "zh;q=0, *"}) {
    expect(Language::kEnglish, header);
  }
}

TEST(ChooseLanguage, TakesTheOneAskedForByName) {
  EXPECT_EQ(choose_language("zh", "en"), Language::kChinese);
  EXPECT_EQ(choose_language("en", "zh"), Language::kEnglish);
}

TEST(ChooseLanguage, IgnoresNamesThatMeanNothing) {
  EXPECT_EQ(choose_language("fr", "zh"), Language::kChinese);
  EXPECT_EQ(choose_language("ZH", "en"), Language::kEnglish);
}

}  // namespace
}  // namespace cloud_billing
