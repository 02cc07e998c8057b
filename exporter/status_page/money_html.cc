#include "status_page/money_html.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "status_page/html.h"
#include "status_page/money_text.h"

namespace cloud_billing {
namespace {

constexpr std::int64_t kTenThousand = 10'000;
constexpr std::int64_t kHundredMillion = 100'000'000;

std::string shown_text(Amount amount, const Rendering& page) {
  return page.every_digit ? exact_money_text(amount) : money_text(amount);
}

std::string not_known_html(const Rendering& page) {
  return fill_form(R"(<span class="none">{}</span>)", page.say.money.not_known);
}

// Chinese writes its own currency as a sign before the digits, other languages as a code. `sign`
// stands before both.
std::string with_currency(std::string_view sign, std::string_view digits, std::string_view currency,
                          const Rendering& page) {
  if (page.say.language == Language::kChinese && currency == "CNY") {
    return fill_form("{}¥{}", sign, digits);
  }
  return fill_form(R"(<span class="currency">{}</span> {}{})", escape_html(currency), sign, digits);
}

std::string data_html(Amount amount, std::string_view html) {
  return fill_form(R"(<data class="money" value="{}">{}</data>)", amount.to_decimal(), html);
}

bool is_at_least(Amount amount, std::int64_t whole) {
  return nearest_double(amount.magnitude()) >= static_cast<double>(whole);
}

// "约 123.46 万"; empty for what is read at a glance as it is.
std::string round_words(Amount amount, const MoneySentences& say) {
  const auto in_units_of = [&](std::int64_t unit, const Sentence<1>& sentence) {
    return sentence(money_text(amount.divided_by(unit)));
  };
  if (say.hundred_millions && is_at_least(amount, kHundredMillion)) {
    return in_units_of(kHundredMillion, *say.hundred_millions);
  }
  if (say.ten_thousands && is_at_least(amount, 10 * kTenThousand)) {
    return in_units_of(kTenThousand, *say.ten_thousands);
  }
  return "";
}

std::string tenths_of_percent(double share) {
  const auto tenths = static_cast<long long>(std::llround(std::clamp(share, 0.0, 1e9) * 1000));
  if (tenths == 0 && share > 0) return "&lt;0.1%";
  const long long shown = tenths == 1000 && share < 1 ? 999 : tenths;
  return fill_form("{}.{}%", std::to_string(shown / 10), std::to_string(shown % 10));
}

}  // namespace

std::string money_html(std::optional<Amount> amount, std::string_view currency,
                       const Rendering& page) {
  if (!amount) return not_known_html(page);
  const std::string_view sign = *amount < Amount() ? "-" : "";
  return data_html(*amount,
                   with_currency(sign, shown_text(amount->magnitude(), page), currency, page));
}

std::string signed_money_html(Amount amount, std::string_view currency, const Rendering& page) {
  if (amount <= Amount()) return money_html(amount, currency, page);
  return data_html(amount, with_currency("+", shown_text(amount, page), currency, page));
}

std::string bare_money_html(std::optional<Amount> amount, const Rendering& page) {
  return amount ? data_html(*amount, shown_text(*amount, page)) : not_known_html(page);
}

std::string main_amount_html(std::optional<Amount> amount, std::string_view currency,
                             std::string_view css_class, const Rendering& page) {
  std::string out =
      fill_form("<p class=\"{}\">{}</p>\n", css_class, money_html(amount, currency, page));
  if (!amount) return out;
  std::string note = round_words(*amount, page.say.money);
  const std::string exact = exact_money_text(*amount);
  if (exact != shown_text(*amount, page)) {
    note += (note.empty() ? "" : " · ") + page.say.money.exactly(exact);
  }
  return note.empty() ? out : out + fill_form("<p class=\"note exact\">{}</p>\n", note);
}

std::string percent_html(double share) {
  return (share < 0 ? "-" : "") + tenths_of_percent(std::abs(share));
}

std::string signed_percent_html(double share) {
  return (share > 0 ? "+" : "") + percent_html(share);
}

}  // namespace cloud_billing
