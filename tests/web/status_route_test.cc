#include "web/status_route.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/gunzip.h"
#include "tests/polling/poller_world.h"
#include "tests/web/body_text.h"

namespace cloud_billing {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

class StatusRoute : public testing::Test {
 protected:
  StatusRoute() {
    world_.run_for(std::chrono::seconds(30));
    known_.config = world_.config;
    known_.now = kStart + std::chrono::seconds(30);
    known_.accounts = world_.views;
  }

  std::string page(const std::string& query) {
    return body_of(respond_with_status_page({"GET", "", "", query}, known_, "/metrics"));
  }

  World world_{"accounts:\n" + account("web", "ak-a", "balance, bills") +
               account("games", "ak-b", "balance")};
  Snapshot known_;
};

TEST_F(StatusRoute, ShowsWhatThePollerKnowsWithoutWaitingForAnything) {
  EXPECT_THAT(page(""), HasSubstr(">web</a>"));
  EXPECT_THAT(page(""), HasSubstr(">games</a>"));
  EXPECT_THAT(page(""), HasSubstr("850.50"));
}

TEST_F(StatusRoute, TakesItsSearchFromTheQuery) {
  EXPECT_THAT(page("q=WEB"), Not(HasSubstr(">games</a>")));
  EXPECT_THAT(page("account=games"), Not(HasSubstr(">web</a>")));
  EXPECT_THAT(page("page=nonsense&q="), HasSubstr(">games</a>"));
}

TEST_F(StatusRoute, IsNeverStored) {
  const WebResponse response = respond_with_status_page({"GET", "", "", ""}, known_, "/metrics");
  EXPECT_EQ(response.content_type, "text/html; charset=utf-8");
  EXPECT_THAT(response.headers, Contains(Pair("Cache-Control", "no-store")));
  EXPECT_THAT(response.headers,
              Contains(Pair("Content-Security-Policy", HasSubstr("default-src 'none'"))));
}

TEST_F(StatusRoute, IsOneGzipMemberWhereThatIsAccepted) {
  const auto respond = [this](const std::string& accept_encoding) {
    return respond_with_status_page({"GET", "", accept_encoding, ""}, known_, "/metrics");
  };
  for (const char* const accepting : {"gzip", "gzip, deflate, br", "br;q=1, *;q=0.5"}) {
    const WebResponse response = respond(accepting);
    EXPECT_THAT(response.headers, Contains(Pair("Content-Encoding", "gzip"))) << accepting;
    EXPECT_EQ(gunzip(body_of(response)), page("")) << accepting;
    EXPECT_LT(response.body.length, page("").size() / 2);
  }
  for (const char* const refusing : {"", "identity", "gzip;q=0", "br"}) {
    const WebResponse response = respond(refusing);
    EXPECT_THAT(response.headers, Not(Contains(Pair("Content-Encoding", "gzip")))) << refusing;
    EXPECT_THAT(response.headers, Contains(Pair("Vary", HasSubstr("Accept-Encoding"))));
    EXPECT_EQ(body_of(response), page("")) << refusing;
  }
}

TEST_F(StatusRoute, IsInTheLanguageThatTheBrowserPrefersUnlessAskedForAnother) {
  const auto respond = [this](const std::string& query, const std::string& accept_language) {
    return respond_with_status_page({"GET", "", "", query, "", accept_language}, known_,
                                    "/metrics");
  };
  const WebResponse chinese = respond("", "zh-CN,zh;q=0.9,en;q=0.8");
  EXPECT_THAT(body_of(chinese), HasSubstr("<html lang=\"zh-CN\">"));
  EXPECT_THAT(chinese.headers, Contains(Pair("Content-Language", "zh-CN")));
  EXPECT_THAT(chinese.headers, Contains(Pair("Vary", HasSubstr("Accept-Language"))));
  EXPECT_THAT(body_of(respond("lang=en", "zh")), HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(body_of(respond("lang=zh", "")), HasSubstr("<html lang=\"zh-CN\">"));
  EXPECT_THAT(body_of(respond("lang=fr", "")), HasSubstr("<html lang=\"en\">"));
}

TEST_F(StatusRoute, KeepsInEveryLinkWhatWasAskedFor) {
  const std::string asked = page("lang=zh&refresh=60&q=a&unknown=x");
  EXPECT_THAT(asked, HasSubstr("href=\"?account=web&amp;lang=zh&amp;q=a&amp;refresh=60\""));
  EXPECT_THAT(asked, HasSubstr("<input type=\"hidden\" name=\"lang\" value=\"zh\">"));
  EXPECT_THAT(asked, Not(HasSubstr("unknown")));
}

TEST_F(StatusRoute, ReloadsItselfAsOftenAsAskedWithinReason) {
  const std::string reload = "<meta http-equiv=\"refresh\" content=\"";
  EXPECT_THAT(page("refresh=60"), HasSubstr(reload + "60\">"));
  EXPECT_THAT(page("refresh=60"), HasSubstr("This page reloads every 60 s."));
  EXPECT_THAT(page("refresh=5"), HasSubstr(reload + "5\">"));
  EXPECT_THAT(page("refresh=3600"), HasSubstr(reload + "3600\">"));
  for (const char* const ignored : {"", "refresh=4", "refresh=3601", "refresh=-60", "refresh=60s",
                                    "refresh=60;url=x", "refresh=99999999999", "refresh="}) {
    EXPECT_THAT(page(ignored), Not(HasSubstr("http-equiv"))) << ignored;
  }
}

TEST_F(StatusRoute, ShowsEveryDigitIfAskedTo) {
  EXPECT_THAT(page(""), HasSubstr("href=\"?digits=all\""));
  EXPECT_THAT(page("digits=all"), HasSubstr(">Round to two decimals</a>"));
}

}  // namespace
}  // namespace cloud_billing
