#include "web/csv_route.h"

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

class CsvRoute : public testing::Test {
 protected:
  CsvRoute() {
    world_.run_for(std::chrono::seconds(30));
    known_.config = world_.config;
    known_.now = kStart + std::chrono::seconds(30);
    known_.accounts = world_.views;
  }

  World world_{"accounts:\n" + account("web", "ak-a", "balance, bills") +
               account("games", "ak-b", "balance")};
  Snapshot known_;
};

TEST_F(CsvRoute, IsAFileThatIsNeverStoredByACache) {
  const std::string month = kChinaTime.month_at(known_.now).text();
  const WebResponse accounts = respond_with_accounts_csv({"GET", "", "", ""}, known_);
  EXPECT_EQ(accounts.content_type, "text/csv; charset=utf-8; header=present");
  EXPECT_THAT(accounts.headers, Contains(Pair("Cache-Control", "no-store")));
  EXPECT_THAT(accounts.headers, Contains(Pair("Vary", "Accept-Encoding")));
  EXPECT_THAT(
      accounts.headers,
      Contains(Pair("Content-Disposition", "attachment; filename=\"accounts-" + month + ".csv\"")));
  EXPECT_THAT(body_of(accounts), HasSubstr("\r\ngames,"));
  const WebResponse services = respond_with_services_csv({"GET", "", "", ""}, known_);
  EXPECT_THAT(services.headers, Contains(Pair("Content-Disposition", HasSubstr("\"services-"))));
  EXPECT_THAT(body_of(services), HasSubstr(",service_type,"));
}

TEST_F(CsvRoute, TakesThePagesFilters) {
  EXPECT_THAT(body_of(respond_with_accounts_csv({"GET", "", "", "account=web"}, known_)),
              Not(HasSubstr("games")));
  EXPECT_THAT(body_of(respond_with_accounts_csv({"GET", "", "", "state=failing"}, known_)),
              Not(HasSubstr("\r\nweb,")));
}

TEST_F(CsvRoute, IsOneGzipMemberWhereThatIsAccepted) {
  const WebResponse packed = respond_with_accounts_csv({"GET", "", "gzip", ""}, known_);
  EXPECT_THAT(packed.headers, Contains(Pair("Content-Encoding", "gzip")));
  EXPECT_EQ(gunzip(body_of(packed)),
            body_of(respond_with_accounts_csv({"GET", "", "", ""}, known_)));
}

TEST_F(CsvRoute, BeginsWithAByteOrderMarkIfAsked) {
  const auto begins = [this](const std::string& query) {
    return body_of(respond_with_accounts_csv({"GET", "", "", query}, known_)).substr(0, 4);
  };
  EXPECT_EQ(begins(""), "acco");
  EXPECT_EQ(begins("bom=1"),
            "\xEF\xBB\xBF"
            "a");
  EXPECT_EQ(begins("bom=yes"), "acco");
}

}  // namespace
}  // namespace cloud_billing
