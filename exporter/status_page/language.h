#pragma once

// In which language the page is. Pure, any thread.

#include <string_view>

namespace cloud_billing {

enum class Language { kEnglish, kChinese };

// The language that is asked for by name ("en", "zh"), else the one that the header
// Accept-Language prefers (RFC 9110, section 12.5.4), else English. Any kind of Chinese is Chinese;
// what cannot be read counts as not sent.
[[nodiscard]] Language choose_language(std::string_view name, std::string_view accept_language);

// "en", "zh": what names it in a query.
[[nodiscard]] std::string_view language_name(Language language);

// "en", "zh-CN": what tells browsers and screen readers.
[[nodiscard]] std::string_view language_tag(Language language);

[[nodiscard]] constexpr Language other_language(Language language) {
  return language == Language::kEnglish ? Language::kChinese : Language::kEnglish;
}

}  // namespace cloud_billing
