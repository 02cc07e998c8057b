#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>

#include "status_page/page.h"
#include "tests/status_page/scene.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;
using testing::IsEmpty;

// Something of everything that the page can say.
class EverySentence : public StatusScene {
 public:
  EverySentence() {
    config.other_shards.accounts = 5;
    auto [account, view] = add("acme");
    account.budget = amount("100");
    account.low_balance = amount("50");
    account.collectors = {Collector::kBalance, Collector::kBills, Collector::kOrders,
                          Collector::kHistory};
    view.collectors.push_back(view.collectors[0]);
    view.collectors[2].collector = Collector::kOrders;
    view.collectors.push_back(view.collectors[0]);
    view.collectors[3].collector = Collector::kHistory;
    view.collectors[0].last_failure = PollFailure{Reason::kServer, "Log words", kNoon - hours(1)};
    view.collectors[1].up = false;
    view.collectors[1].last_failure = PollFailure{Reason::kAuth, "", kNoon - minutes(3)};
    view.collectors[2].last_success = kNoon - hours(300);
    MonthCosts november = month_of(
        {{"S1", "1234567.891"}, {"S2", "2"}, {"S3", "2"}, {"S4", "2"}, {"S5", "2"}, {"S6", "2"}});
    november.data_through = kChinaTime.start_of(std::chrono::year(2026) / 11 / 22);
    view.results.months.emplace(kNovember, read(november, kNoon));
    view.results.months.emplace(kNovember.previous(), read(month_of({{"S1", "31"}}), kNoon));
    view.results.balance = read(
        Balance{"CNY", amount("-20"), amount("1"), amount("2"), amount("3"), amount("4"), "id"},
        kNoon);
    view.results.orders =
        read(Orders({{{"unpaid", "x", "y"}, {2, {{"CNY", amount("1")}}}}}, {}), kNoon);
    const auto newest = std::chrono::year(2026) / 11 / 21;
    KnownDays days({newest, {{{"CNY", "S1", "postpaid"}, amount("9")}}}, kNoon);
    days.add_earlier({days_before(newest, 7), {{{"CNY", "S1", "postpaid"}, amount("4")}}}, kNoon);
    view.results.days = read(days, kNoon);
    view.days_failure = PollFailure{Reason::kPermission, "Log words", kNoon};
    AccountView& waiting = add("beta").second;
    for (CollectorStatus& status : waiting.collectors) status = {status.collector, {}, {}, 0};
    auto [dollars, dollar_view] = add("gamma");
    dollars.budget = amount("7");
    dollar_view.results.months.emplace(kNovember, read(month_of({{"S1", "8"}}, "USD"), kNoon));
  }

  [[nodiscard]] std::string page(Language language, AccountSearch search = {}) const {
    Snapshot snapshot = input();
    snapshot.shard = {1, 3};
    snapshot.last_reload_successful = false;
    return render_status_page(snapshot, {.search = std::move(search),
                                         .telemetry_path = "/metrics",
                                         .language = language,
                                         .refresh = std::chrono::seconds(60)});
  }
};

// What a person reads, but for what says of itself that it is in another language.
std::string read_text(const std::string& html, const std::string& other_tag) {
  std::string body = html.substr(html.find("<title>"));
  body = std::regex_replace(body, std::regex("<style>[^<]*</style>"), " ");
  body = std::regex_replace(
      body, std::regex("<(a|span)( href=\"[^\"]*\")? lang=\"" + other_tag + "\"[^>]*>[^<]*</"),
      " </");
  // Names of regions and hints are read, too.
  body = std::regex_replace(body, std::regex("(aria-label|placeholder|data-is|title)=\"([^\"]*)\""),
                            ">$2<");
  return std::regex_replace(body, std::regex("<[^>]*>|&[a-z]+;"), " ");
}

std::set<std::string> find_words(const std::string& text) {
  const std::regex word("[A-Za-z][A-Za-z_]+");
  return {std::sregex_token_iterator(text.begin(), text.end(), word), {}};
}

// Of the scene and the program, and codes that are the same in every language.
std::set<std::string> foreign_words(const std::string& text) {
  std::set<std::string> words = find_words(text);
  for (const char* const name :
       {"acme", "beta", "gamma", "baidu", "billed_cost", "Cloud", "Billing", "Exporter", "abcdef",
        "UTC", "CNY", "USD", "CSV", "auth", "permission", "server", "budget", "currency",
        "low_balance"}) {
    words.erase(name);
  }
  return words;
}

bool has_han(const std::string& text) {
  return std::regex_search(text, std::regex("[\xE4-\xE9][\x80-\xBF][\x80-\xBF]"));
}

TEST(PageInChinese, HasNoEnglishWord) {
  EverySentence scene;
  EXPECT_THAT(foreign_words(read_text(scene.page(Language::kChinese), "en")), IsEmpty());
  EXPECT_THAT(foreign_words(read_text(scene.page(Language::kChinese, {"acme beta", ""}), "en")),
              IsEmpty());
  for (int i = 0; i < 120; ++i) scene.add("acme");
  EXPECT_THAT(foreign_words(read_text(scene.page(Language::kChinese), "en")), IsEmpty())
      << "as a table";
}

TEST(PageInEnglish, HasNoChineseWord) {
  EverySentence scene;
  EXPECT_FALSE(has_han(read_text(scene.page(Language::kEnglish), "zh-CN")));
  for (int i = 0; i < 120; ++i) scene.add("acme");
  EXPECT_FALSE(has_han(read_text(scene.page(Language::kEnglish), "zh-CN"))) << "as a table";
  EXPECT_TRUE(has_han(read_text(scene.page(Language::kChinese), "en")));
}

TEST(PageInEitherLanguage, SaysWhichItIsAndLeadsToTheOther) {
  const EverySentence scene;
  const std::string english = scene.page(Language::kEnglish);
  EXPECT_THAT(english, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(english,
              HasSubstr("<a href=\"?lang=zh\" lang=\"zh-CN\" hreflang=\"zh-CN\">中文</a>"));
  const std::string chinese = scene.page(Language::kChinese);
  EXPECT_THAT(chinese, HasSubstr("<html lang=\"zh-CN\">"));
  EXPECT_THAT(chinese, HasSubstr("<a href=\"?lang=en\" lang=\"en\" hreflang=\"en\">English</a>"));
}

TEST(PageInChinese, WritesDatesAndAmountsAsChineseDoes) {
  const std::string page = EverySentence().page(Language::kChinese);
  EXPECT_THAT(page, HasSubstr("<title>2026年11月云账单</title>"));
  EXPECT_THAT(page, HasSubstr("账单数据截至 11月21日。"));
  EXPECT_THAT(page, HasSubstr("¥1,234,577.89"));
  EXPECT_THAT(page, HasSubstr("约 123.46 万 · 精确值 1,234,577.891"));
  EXPECT_THAT(page, HasSubstr("3 分钟前采集<b>账单</b>失败"));
}

// What the log said stays as the log has it, after what it means.
TEST(PageInEitherLanguage, SaysInItsOwnWordsFirstWhyAPollFailed) {
  StatusScene scene;
  AccountView& view = scene.add("acme").second;
  view.collectors[1].up = false;
  view.collectors[1].last_failure =
      PollFailure{Reason::kPermission, "ListBillDetail: AccessDenied", kNoon - minutes(3)};
  const auto page = [&scene](Language language) {
    return render_status_page(scene.input(), {.telemetry_path = "/metrics", .language = language});
  };
  EXPECT_THAT(page(Language::kChinese),
              HasSubstr("3 分钟前采集<b>账单</b>失败：该密钥无权读取（permission）。<br>"
                        "<span lang=\"en\">ListBillDetail: AccessDenied</span>"));
  EXPECT_THAT(page(Language::kEnglish),
              HasSubstr("<b>bills</b> failed 3 min ago – permission: the key may not read this.<br>"
                        "<span lang=\"en\">ListBillDetail: AccessDenied</span>"));
}

}  // namespace
}  // namespace cloud_billing
