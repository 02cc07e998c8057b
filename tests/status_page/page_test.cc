#include "status_page/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

#include "tests/status_page/page_text.h"
#include "tests/status_page/scene.h"

namespace cloud_billing {
namespace {

using std::chrono::minutes;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kAttack = "<script>alert(1)</script>\"'&";

std::string page_of(const StatusScene& scene, AccountSearch search = {}, std::size_t page = 1) {
  PageAddress address;
  address.set("q", search.words);
  return render_status_page(scene.input(), {.search = std::move(search),
                                            .page = page,
                                            .telemetry_path = "/metrics",
                                            .address = address});
}

TEST(StatusPage, PrintsTheMonthExactly) {
  StatusScene scene;
  scene.add("a").second.results.months.emplace(kNovember,
                                               read(month_of({{"BCC", "1234567.123456"}}), kNoon));
  const std::string text = text_of(page_of(scene));
  EXPECT_THAT(text, HasSubstr("November 2026 so far 1 account CNY 1,234,567.12 exactly "
                              "1,234,567.123456"));
  EXPECT_THAT(text, HasSubstr("BCC 1,234,567.12 100.0%"));
}

TEST(StatusPage, BeforeTheFirstPollShowsNoAmounts) {
  StatusScene scene;
  AccountView& view = scene.add("a").second;
  for (CollectorStatus& status : view.collectors) {
    status.up.reset();
    status.last_success.reset();
    status.next_poll.reset();
  }
  const std::string text = text_of(page_of(scene));
  EXPECT_THAT(text, HasSubstr("first poll under way"));
  EXPECT_THAT(text, HasSubstr("No bill of this month is read yet."));
  EXPECT_THAT(text, HasSubstr("never"));
  EXPECT_THAT(text, Not(HasSubstr("0.00")));
}

TEST(StatusPage, TellsWhatFailedInWordsAndWhenItIsTriedAgain) {
  StatusScene scene;
  CollectorStatus& bills = scene.add("a").second.collectors[1];
  bills.up = false;
  bills.last_failure =
      PollFailure{Reason::kAuth, "month 2026-11: InvalidAccessKey <b>", kNoon - minutes(3)};
  const std::string text = text_of(page_of(scene));
  EXPECT_THAT(text, HasSubstr("bills failed 3 min ago – auth: key, signature, token or clock "
                              "refused.month 2026-11: InvalidAccessKey &lt;b&gt;"));
  EXPECT_THAT(text, HasSubstr("12:04 · in 4 min"));
  EXPECT_THAT(text, HasSubstr("Needs attention"));
}

TEST(StatusPage, RemembersTheLastErrorAfterItIsOver) {
  StatusScene scene;
  scene.add("a").second.collectors[1].last_failure =
      PollFailure{Reason::kTimeout, "page 3 <b>", kNoon - minutes(90)};
  const std::string text = text_of(page_of(scene));
  EXPECT_THAT(text,
              HasSubstr("bills: last error 10:30 · 90 min ago – timeout: no complete answer in "
                        "time page 3 &lt;b&gt;"));
  EXPECT_THAT(text, Not(HasSubstr("failed")));
  EXPECT_THAT(text, Not(HasSubstr("Needs attention")));
}

TEST(StatusPage, TellsOfEveryPollInATableToo) {
  StatusScene scene;
  for (int i = 0; i < 20; ++i) scene.add("account-" + std::to_string(i));
  AccountView& view = scene.add("troubled").second;
  view.collectors[0].last_failure = PollFailure{Reason::kServer, "a fault", kNoon - minutes(90)};
  view.collectors[1].up = false;
  view.collectors[1].last_success = kNoon - minutes(130);
  view.collectors[1].last_failure = PollFailure{Reason::kAuth, "refused", kNoon - minutes(3)};
  const std::string page = page_of(scene);
  ASSERT_THAT(page, HasSubstr("<table class=\"accounts\""));
  const std::string text = text_of(page);
  const std::string well = ", last success 11:59 · 60 s ago, next poll 12:04 · in 4 min";
  EXPECT_THAT(text, HasSubstr("account-7 baiduok 60 s ago balance ok" + well + " bills ok" + well));
  EXPECT_THAT(text, HasSubstr("troubled baidupolls fail 2 h ago balance ok" + well));
  EXPECT_THAT(text, HasSubstr("bills failed, last success 09:50 · 2 h ago, next poll 12:04"));
  EXPECT_THAT(text, HasSubstr("bills failed 3 min ago – auth: key, signature, token or clock "
                              "refused.refused"));
  EXPECT_THAT(text, HasSubstr("balance: last error 10:30 · 90 min ago – server: the cloud has a "
                              "fault a fault"));
}

TEST(StatusPage, HasNothingToAttendToWhereAllIsWell) {
  StatusScene scene;
  scene.add("a");
  EXPECT_THAT(text_of(page_of(scene)), Not(HasSubstr("Needs attention")));
}

TEST(StatusPage, WarnsOfBudgetsAndBalances) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  account.budget = amount("100");
  account.low_balance = amount("50");
  view.results.months.emplace(kNovember, read(month_of({{"BCC", "110"}}), kNoon));
  view.results.balance =
      read(Balance{"CNY", amount("20.5"), amount("20.5"), {}, {}, {}, ""}, kNoon);
  const std::string text = text_of(page_of(scene));
  EXPECT_THAT(text, HasSubstr("a: 110.0% of this month’s budget of CNY 100.00 is used"));
  EXPECT_THAT(text, HasSubstr("a: the balance of CNY 20.50 is below CNY 50.00"));
}

// The 22nd of November back to the 1st of October but for some, each at 1.
KnownDays days_without(std::initializer_list<std::string_view> missing) {
  const auto costs_of = [](BillingDay day) {
    return DayCosts{day, {{{"CNY", "BCC", "postpaid"}, amount("1")}}};
  };
  const BillingDay newest = std::chrono::year(2026) / 11 / 22;
  KnownDays known(costs_of(newest), kNoon);
  for (int back = 1; back <= 52; ++back) {
    const BillingDay day = days_before(newest, back);
    if (std::ranges::find(missing, day_text(day)) == missing.end()) {
      known.add_earlier(costs_of(day), kNoon);
    }
  }
  return known;
}

TEST(StatusPage, TellsWhichDaysAreNotKnownAndWhy) {
  StatusScene scene;
  AccountView& view = scene.add("a").second;
  view.results.days =
      read(days_without({"2026-10-01", "2026-10-02", "2026-10-03", "2026-11-05"}), kNoon);
  view.days_are_read = true;
  EXPECT_THAT(text_of(page_of(scene)), HasSubstr("Days not known: 1 Oct to 3 Oct, "
                                                 "5 Nov – they are being read."));
  view.days_are_read = false;
  EXPECT_THAT(text_of(page_of(scene)),
              HasSubstr("5 Nov – they are read after the next poll of the bills."));
  view.days_failure = PollFailure{Reason::kPermission, "<no> summary", kNoon};
  EXPECT_THAT(text_of(page_of(scene)),
              HasSubstr("5 Nov – tried again after the next poll of the bills: permission: "));
  EXPECT_THAT(page_of(scene), HasSubstr(" – <span lang=\"en\">&lt;no&gt; summary</span>.</p>"));
  view.results.days = read(days_without({}), kNoon);
  EXPECT_THAT(page_of(scene), Not(HasSubstr("Days not known")));
}

TEST(StatusPage, ShowsWhatTheDaysOfAMonthAddUpToBesideItsBill) {
  StatusScene scene;
  AccountView& view = scene.add("a").second;
  view.results.days = read(days_without({}), kNoon);
  view.results.months.emplace(kNovember.previous(), read(month_of({{"BCC", "31"}}), kNoon));
  MonthCosts november = month_of({{"BCC", "1022.25"}});
  november.data_through = kChinaTime.start_of(std::chrono::year(2026) / 11 / 23);
  view.results.months.emplace(kNovember, read(november, kNoon));
  const std::string text = text_of(page_of(scene));
  EXPECT_THAT(text, HasSubstr("The days of October 2026 add up to its bill, CNY 31.00."));
  EXPECT_THAT(text, HasSubstr("The days of November 2026 add up to CNY 22.00, CNY 1,000.25 less "
                              "than its bill."));
  for (int i = 0; i < 40; ++i) scene.add("b" + std::to_string(i));
  EXPECT_THAT(text_of(page_of(scene)), HasSubstr("add up to its bill, CNY 31.00."))
      << "in a table, too";
}

TEST(StatusPage, SaysWhichAmortisedBillHasToBeSwitchedOn) {
  StatusScene scene;
  AccountView& view = scene.add("a").second;
  MonthCosts october = month_of({{"BCC", "31"}});
  october.rows = 1;
  view.results.months.emplace(kNovember.previous(), read(october, kNoon));
  EffectiveCosts none;
  none.shares.data_through = kChinaTime.start_of(kNovember);
  view.results.effective_months.emplace(kNovember.previous(), read(none, kNoon));
  const std::string note =
      "The amortised bill of October 2026 has no rows although the bill has: switch it on in the "
      "cloud's console, where it is named 成本分摊.";
  EXPECT_THAT(text_of(page_of(scene)), HasSubstr(note));
  none.shares.rows = 1;
  view.results.effective_months.insert_or_assign(kNovember.previous(), read(none, kNoon));
  EXPECT_THAT(text_of(page_of(scene)), Not(HasSubstr(note)));
}

TEST(StatusPage, EscapesWhateverComesFromOutside) {
  StatusScene scene;
  const std::string attack(kAttack);
  auto [account, view] = scene.add(attack);
  account.labels = {{"team", attack}};
  account.currency = attack;
  MonthCosts month = month_of({{attack, "5"}}, attack);
  month.service_names = {{attack, attack + "2"}};
  view.results.months.emplace(kNovember, read(month, kNoon));
  view.results.balance = read(Balance{attack, {}, amount("1"), amount("2"), {}, {}, attack}, kNoon);
  view.results.orders =
      read(Orders({{{"unpaid", "x", "y"}, {1, {{attack, amount("1")}}}}}, {}), kNoon);
  view.collectors[0].up = false;
  view.collectors[0].last_failure = PollFailure{Reason::kServer, attack, kNoon};
  for (const AccountSearch& search :
       {AccountSearch{}, AccountSearch{attack, ""}, AccountSearch{"", attack}}) {
    const std::string page = page_of(scene, search);
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;2"));
    EXPECT_THAT(page, HasSubstr("?account=%3Cscript%3Ealert%281%29%3C%2Fscript%3E%22%27%26"));
  }
  for (int i = 0; i < 20; ++i) scene.add(attack + std::to_string(i));
  EXPECT_THAT(page_of(scene), Not(HasSubstr("<script"))) << "as a table";
}

TEST(StatusPage, RepeatsWhatWasSearchedFor) {
  StatusScene scene;
  scene.add("a");
  const std::string page = page_of(scene, {"\"><b>x", ""});
  EXPECT_THAT(page, HasSubstr("value=\"&quot;&gt;&lt;b&gt;x\">"));
  EXPECT_THAT(text_of(page), HasSubstr("0 of 1 account for “&quot;&gt;&lt;b&gt;x” show all"));
  EXPECT_THAT(page, HasSubstr("No account matches."));
}

TEST(StatusPage, ShowsManyAccountsAsATableInPages) {
  StatusScene scene;
  for (int i = 100; i < 350; ++i) scene.add("account-" + std::to_string(i));
  const std::string first = page_of(scene);
  EXPECT_THAT(first, HasSubstr("account-100"));
  EXPECT_THAT(first, HasSubstr("account-199"));
  EXPECT_THAT(first, Not(HasSubstr("account-200<")));
  EXPECT_THAT(text_of(first), HasSubstr("250 accounts"));
  EXPECT_THAT(first, HasSubstr("<a href=\"?page=2\">Next</a>"));
  const std::string last = page_of(scene, {"account", ""}, 99);
  EXPECT_THAT(last, HasSubstr("account-349"));
  EXPECT_THAT(last, HasSubstr("<a href=\"?page=2&amp;q=account\">Previous</a>"));
  EXPECT_THAT(text_of(last), HasSubstr("Page 3 of 3"));
}

TEST(StatusPage, SaysWhatRunsAndWhatWasRefused) {
  StatusScene scene;
  scene.add("a");
  scene.config.other_shards.accounts = 5;
  Snapshot input = scene.input();
  input.shard = {1, 3};
  input.last_reload_successful = false;
  const std::string page = render_status_page(input, {.telemetry_path = "/bill/metrics"});
  const std::string text = text_of(page);
  EXPECT_THAT(text, HasSubstr("Cloud Billing Exporter 1.2.3 (abcdef0) · configuration loaded "
                              "09:00 · 3 h ago, a later one refused · shard 1 of 3 polls 1 of 6"));
  EXPECT_THAT(text, HasSubstr("The configuration was changed and refused"));
  for (const char* link : {"\"./bill/metrics\"", "\"-/healthy\"", "\"-/ready\"", "\"#help\""}) {
    EXPECT_THAT(page, HasSubstr(link));
  }
}

// A browser applies the style sheet only if its hash is the policy's.
TEST(StatusPage, PolicyAllowsExactlyItsStyleSheet) {
  const std::string page = page_of(StatusScene());
  const std::size_t begin = page.find("<style>") + 7;
  const std::string style = page.substr(begin, page.find("</style>") - begin);
  std::array<unsigned char, 32> digest{};
  ASSERT_EQ(EVP_Digest(style.data(), style.size(), digest.data(), nullptr, EVP_sha256(), nullptr),
            1);
  std::array<unsigned char, 45> base64{};
  EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(digest.size()));
  EXPECT_THAT(std::string(status_page_policy()),
              HasSubstr("style-src 'sha256-" +
                        std::string(reinterpret_cast<const char*>(base64.data())) + "'"));
}

}  // namespace
}  // namespace cloud_billing
