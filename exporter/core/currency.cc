#include "core/currency.h"

#include <algorithm>
#include <string>

#include "core/ascii.h"

namespace cloud_billing {
namespace {

struct CurrencyName {
  std::string_view written;  // in lower case
  std::string_view code;
};

// For these clouds the yen's sign is the yuan's.
constexpr std::array kNames{
    CurrencyName{"rmb", "CNY"},      CurrencyName{"¥", "CNY"},    CurrencyName{"￥", "CNY"},
    CurrencyName{"cn¥", "CNY"},      CurrencyName{"cn￥", "CNY"}, CurrencyName{"rmb¥", "CNY"},
    CurrencyName{"rmb￥", "CNY"},    CurrencyName{"cny¥", "CNY"}, CurrencyName{"cny￥", "CNY"},
    CurrencyName{"元", "CNY"},       CurrencyName{"圆", "CNY"},   CurrencyName{"人民币", "CNY"},
    CurrencyName{"人民币元", "CNY"}, CurrencyName{"us$", "USD"},  CurrencyName{"usd$", "USD"},
    CurrencyName{"美元", "USD"},
};

constexpr std::array<std::string_view, 3> kWideBlanks{"\u00A0", "\u3000", "\uFEFF"};

// Without blanks at both ends, those of Chinese input methods too.
std::string_view trim_all_blanks(std::string_view text) {
  for (bool trimmed = true; trimmed;) {
    trimmed = false;
    text = trim_blanks(text);
    for (const std::string_view blank : kWideBlanks) {
      if (text.starts_with(blank)) {
        text.remove_prefix(blank.size());
        trimmed = true;
      }
      if (text.ends_with(blank)) {
        text.remove_suffix(blank.size());
        trimmed = true;
      }
    }
  }
  return text;
}

constexpr CurrencyCode code_of(std::string_view letters) {
  return CurrencyCode({letters[0], letters[1], letters[2]});
}

}  // namespace

std::optional<CurrencyCode> read_currency(std::string_view text) {
  // Asked of every row of a bill, and nearly always answered at once.
  const bool is_written_so = text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) {
                               return c >= 'A' && c <= 'Z';
                             });
  if (is_written_so && text != "RMB") return code_of(text);
  const std::string lower = to_lower_case(trim_all_blanks(text));
  for (const CurrencyName& name : kNames) {
    if (lower == name.written) return code_of(name.code);
  }
  if (lower.size() != 3 || !std::all_of(lower.begin(), lower.end(), is_letter)) {
    return std::nullopt;
  }
  std::array<char, 3> letters{};
  std::transform(lower.begin(), lower.end(), letters.begin(),
                 [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  return CurrencyCode(letters);
}

}  // namespace cloud_billing
