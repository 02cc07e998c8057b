#include "web/poll_route.h"
#include "tests/web/body_text.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace cloud_billing {
namespace {

using Outcome = OrderedPolls::Outcome;

// What is asked for, and what is answered if that is the outcome.
struct PollRouteTest : testing::Test {
  WebResponse respond(const std::string& query) {
    WebRequest request;
    request.method = "POST";
    request.query = query;
    return respond_to_poll(request, [this](std::optional<std::string> account) {
      asked.push_back(std::move(account));
      return outcome;
    });
  }

  OrderedPolls outcome{Outcome::kScheduled, 3};
  std::vector<std::optional<std::string>> asked;
};

TEST_F(PollRouteTest, SaysHowManyPollsItScheduled) {
  const WebResponse response = respond("");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(body_of(response), "scheduled 3 polls\n");
}

TEST_F(PollRouteTest, IsAboutAllAccountsOrTheOneThatIsNamed) {
  for (const std::string query : {"", "account=a%20b%E4%BA%91", "x=1&account=a", "accounts=a"}) {
    (void)respond(query);
  }
  EXPECT_EQ(asked,
            (std::vector<std::optional<std::string>>{std::nullopt, "a b云", "a", std::nullopt}));
}

// An empty variable in somebody's script polls nothing.
TEST_F(PollRouteTest, TakesANameThatIsEmptyOrTooLongForNoAccount) {
  for (const std::string& query :
       {std::string("account="), std::string("account"), "account=" + std::string(2000, 'a')}) {
    (void)respond(query);
  }
  EXPECT_EQ(asked, (std::vector<std::optional<std::string>>{"", "", ""}));
}

TEST_F(PollRouteTest, KnowsNoOtherAccounts) {
  outcome = {Outcome::kNoSuchAccount, 0};
  EXPECT_EQ(respond("account=other").status, 404);
}

TEST_F(PollRouteTest, SaysSoIfNobodyTookIt) {
  outcome = {};
  const WebResponse response = respond("");
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(body_of(response), "nothing was scheduled: the poller is busy or stops\n");
}

}  // namespace
}  // namespace cloud_billing
