#include "status_page/language.h"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "exposition/header_preferences.h"

namespace cloud_billing {
namespace {

constexpr std::array kLanguages{Language::kEnglish, Language::kChinese};

// How much a language is wanted, and from which place in the header on.
struct Wish {
  double quality = 0;
  std::size_t place = 0;
};

// "zh-Hans-CN" is "zh"; "*" stands for a language that is not named.
Wish find_wish(const std::vector<HeaderPreference>& preferences, std::string_view language) {
  Wish named{-1, 0};
  Wish any{0, preferences.size()};
  for (std::size_t i = 0; i < preferences.size(); ++i) {
    const HeaderPreference& preference = preferences[i];
    const std::string_view primary =
        std::string_view(preference.name).substr(0, preference.name.find('-'));
    if (primary == language && preference.quality > named.quality) named = {preference.quality, i};
    if (primary == "*") any.quality = preference.quality;
  }
  return named.quality < 0 ? any : named;
}

}  // namespace

Language choose_language(std::string_view name, std::string_view accept_language) {
  for (const Language language : kLanguages) {
    if (name == language_name(language)) return language;
  }
  const std::vector<HeaderPreference> preferences = read_preferences(accept_language);
  const Wish english = find_wish(preferences, language_name(Language::kEnglish));
  const Wish chinese = find_wish(preferences, language_name(Language::kChinese));
  if (chinese.quality <= 0 || chinese.quality < english.quality) return Language::kEnglish;
  if (chinese.quality > english.quality) return Language::kChinese;
  return chinese.place < english.place ? Language::kChinese : Language::kEnglish;
}

std::string_view language_name(Language language) {
  return language == Language::kChinese ? "zh" : "en";
}

std::string_view language_tag(Language language) {
  return language == Language::kChinese ? "zh-CN" : "en";
}

}  // namespace cloud_billing
