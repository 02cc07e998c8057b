#include "status_page/sentences.h"

namespace cloud_billing {
namespace {

constexpr Sentences kEnglish{Language::kEnglish, kEnglishPage,   kEnglishAttention, kEnglishChoices,
                             kEnglishMoney,      kEnglishPolls,  kEnglishTable,     kEnglishTimes,
                             kEnglishPlots,      kEnglishRunsOut};
constexpr Sentences kChinese{Language::kChinese, kChinesePage,   kChineseAttention, kChineseChoices,
                             kChineseMoney,      kChinesePolls,  kChineseTable,     kChineseTimes,
                             kChinesePlots,      kChineseRunsOut};

}  // namespace

const Sentences& sentences_in(Language language) {
  return language == Language::kChinese ? kChinese : kEnglish;
}

}  // namespace cloud_billing
