#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "status_page/page.h"
#include "tests/status_page/page_text.h"
#include "tests/status_page/scene.h"

namespace cloud_billing {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

// What the query of an address asks for, as the web server reads it.
StatusPageRequest request_for(std::string_view name, const std::string& value) {
  StatusPageRequest request;
  request.telemetry_path = "/metrics";
  request.address.set(name, value);
  if (name == "sort") request.search.order = read_account_order(value);
  if (name == "state") request.search.condition = condition_from_name(value);
  if (name == "label") request.search.label = value;
  return request;
}

class ManyAccounts : public StatusScene {
 public:
  explicit ManyAccounts(const std::string& currency) {
    for (int i = 10; i < 24; ++i) {
      auto [account, view] = add("acme-" + std::to_string(i));
      account.labels = {{"team", i % 2 == 0 ? "even" : "odd"}};
      view.results.months.emplace(kNovember,
                                  read(month_of({{"S", std::to_string(i)}}, currency), kNoon));
    }
  }

  [[nodiscard]] std::string page(std::string_view name = "", const std::string& value = "") const {
    return render_status_page(input(), request_for(name, value));
  }
};

TEST(PageOfManyAccounts, ShowsEveryCurrencyThatAnAccountHasCostsIn) {
  const std::string text = text_of(ManyAccounts("USD").page());
  EXPECT_THAT(text, HasSubstr("USD 23.00"));
  EXPECT_THAT(text, Not(HasSubstr("CNY"))) << "nothing is known in it";
}

TEST(PageOfManyAccounts, IsOrderedByItsHeads) {
  const ManyAccounts scene("CNY");
  EXPECT_THAT(scene.page(), HasSubstr("aria-sort=\"descending\"><a href=\"?sort=cost\">This month"))
      << "the other way round than now";
  EXPECT_THAT(scene.page(), HasSubstr("aria-sort=\"none\"><a href=\"?sort=name\">Account"));
  EXPECT_THAT(scene.page(), ContainsRegex("acme-23(.|\n)*acme-10"));
  const std::string by_name = scene.page("sort", "name");
  EXPECT_THAT(by_name, HasSubstr("aria-sort=\"ascending\"><a href=\"?sort=-name\">Account"));
  EXPECT_THAT(by_name, HasSubstr("<option value=\"name\" selected>name</option>"));
  EXPECT_THAT(scene.page("sort", "-name"),
              HasSubstr("<option value=\"-name\" selected>name, reversed</option>"));
}

TEST(PageOfManyAccounts, TellsWhatTheAccountsOfEachValueOfALabelCost) {
  const std::string page = ManyAccounts("CNY").page("label", "team");
  EXPECT_THAT(text_of(page), HasSubstr("Totals by team"));
  EXPECT_THAT(page, HasSubstr("<a href=\"?label=team&amp;value=even\">even</a>"));
  EXPECT_THAT(text_of(page), HasSubstr("even7CNY 112.00"));  // 10 + 12 + ... + 22
  EXPECT_THAT(text_of(page), HasSubstr("odd7CNY 119.00"));   // 11 + 13 + ... + 23
  EXPECT_THAT(page, HasSubstr("<option value=\"team\" selected>team</option>"));
}

TEST(PageOfManyAccounts, LeadsToThoseInAState) {
  ManyAccounts scene("CNY");
  for (int i = 0; i < 6; ++i) {
    CollectorStatus& bills = scene.views[static_cast<std::size_t>(i)].collectors[1];
    bills.up = false;
    bills.last_failure = PollFailure{Reason::kAuth, "words", kNoon};
  }
  const std::string page = scene.page();
  EXPECT_THAT(page, HasSubstr("<a href=\"?state=failing\">6 accounts</a>: <b>the latest poll "
                              "failed</b> – <a href=\"?account="));
  EXPECT_THAT(page, HasSubstr("<a href=\"?state=failing\">polls fail (6)</a>"));
  EXPECT_THAT(page, HasSubstr("<a href=\"?state=ok\">ok (8)</a>"));
  const std::string failing = scene.page("state", "failing");
  EXPECT_THAT(text_of(failing), HasSubstr("6 of 14 accounts show all"));
  EXPECT_THAT(failing, HasSubstr("<a href=\"?state=failing\" aria-current=\"true\">"));
  EXPECT_THAT(failing, HasSubstr("href=\"accounts.csv?state=failing\""));
}

TEST(PageOfManyAccounts, SaysThatNothingMatchesInAState) {
  EXPECT_THAT(ManyAccounts("CNY").page("state", "low"), HasSubstr("No account matches."));
}

}  // namespace
}  // namespace cloud_billing
