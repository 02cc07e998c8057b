#include "status_page/money_html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/literals.h"

namespace cloud_billing {
namespace {

using testing::HasSubstr;
using testing::Not;

const PageAddress kNoAddress;

Rendering in(Language language, bool every_digit = false) {
  return {sentences_in(language), UtcSeconds(), kNoAddress, every_digit};
}

const Rendering kEnglish = in(Language::kEnglish);
const Rendering kChinese = in(Language::kChinese);

TEST(MoneyHtml, KeepsTheCurrencyWithItsAmount) {
  EXPECT_EQ(money_html(amount("-1234.567"), "USD", kEnglish),
            "<data class=\"money\" value=\"-1234.567\"><span class=\"currency\">USD</span> "
            "-1,234.57</data>");
  EXPECT_EQ(money_html(amount("1234.567"), "CNY", kChinese),
            "<data class=\"money\" value=\"1234.567\">¥1,234.57</data>");
  EXPECT_THAT(money_html(amount("-20"), "CNY", kChinese), HasSubstr(">-¥20.00<"));
  EXPECT_THAT(money_html(amount("20"), "USD", kChinese), HasSubstr("USD</span> 20.00<"))
      << "¥ stands for one currency only";
}

TEST(MoneyHtml, ShowsEveryDigitIfAskedTo) {
  EXPECT_THAT(bare_money_html(amount("1234.567001"), in(Language::kEnglish, true)),
              HasSubstr(">1,234.567001<"));
}

TEST(MoneyHtml, NeverShowsAnUnknownAmountAsANumber) {
  EXPECT_EQ(money_html(std::nullopt, "CNY", kEnglish), "<span class=\"none\">not known</span>");
  EXPECT_EQ(money_html(std::nullopt, "CNY", kChinese), "<span class=\"none\">不详</span>");
}

TEST(MainAmount, HasTheExactAmountBesideItUnlessThatIsTheSame) {
  EXPECT_THAT(main_amount_html(amount("17950196.651673072638"), "CNY", "big", kEnglish),
              HasSubstr("17,950,196.65</data></p>\n"
                        "<p class=\"note exact\">exactly 17,950,196.651673072638</p>"));
  EXPECT_THAT(main_amount_html(amount("17.5"), "CNY", "big", kEnglish), Not(HasSubstr("exactly")));
  EXPECT_THAT(main_amount_html(amount("1.2345"), "CNY", "big", in(Language::kEnglish, true)),
              Not(HasSubstr("exactly")));
}

TEST(MainAmount, IsInRoundNumbersWhereChineseHasThem) {
  const auto chinese = [](std::string_view text) {
    return main_amount_html(amount(text), "CNY", "big", kChinese);
  };
  EXPECT_THAT(chinese("99999.99"), Not(HasSubstr("约")));
  EXPECT_THAT(chinese("100000"), HasSubstr(">约 10.00 万</p>"));
  EXPECT_THAT(chinese("1234567.891"), HasSubstr(">约 123.46 万 · 精确值 1,234,567.891</p>"));
  EXPECT_THAT(chinese("-1234567"), HasSubstr(">约 -123.46 万</p>"));
  EXPECT_THAT(chinese("1234567890"), HasSubstr(">约 12.35 亿</p>"));
}

TEST(PercentHtml, HasOneDecimal) {
  EXPECT_EQ(percent_html(0), "0.0%");
  EXPECT_EQ(percent_html(0.09), "9.0%");
  EXPECT_EQ(percent_html(0.2134), "21.3%");
  EXPECT_EQ(percent_html(1.666), "166.6%");
  EXPECT_EQ(percent_html(-0.12), "-12.0%");
}

TEST(PercentHtml, IsNeverNothingForSomethingNorAllForLess) {
  EXPECT_EQ(percent_html(0.0001), "&lt;0.1%");
  EXPECT_EQ(percent_html(0.99999), "99.9%");
  EXPECT_EQ(percent_html(1), "100.0%");
}

TEST(SignedPercentHtml, SaysWhichWayItWent) {
  EXPECT_EQ(signed_percent_html(0.031), "+3.1%");
  EXPECT_EQ(signed_percent_html(-0.5), "-50.0%");
  EXPECT_EQ(signed_percent_html(0), "0.0%");
}

}  // namespace
}  // namespace cloud_billing
