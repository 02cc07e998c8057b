#include "access/access_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace cloud_billing {
namespace {

AccessLine line_of(std::string result, std::string fact, std::string advice) {
  AccessLine line;
  line.account = "生产";
  line.provider = "fake";
  line.operation = "bill";
  line.result = std::move(result);
  line.fact = std::move(fact);
  line.advice = std::move(advice);
  return line;
}

TEST(AccessReport, TheTableTellsWhatCameAndSumsUp) {
  AccessLine good = line_of("ok", "7 rows", "");
  good.clock_difference = std::chrono::seconds(0);
  AccessLine ahead = line_of("ok", "850 CNY", "");
  ahead.clock_difference = std::chrono::seconds(3);
  EXPECT_EQ(write_table({good, ahead}, 0),
            "ACCOUNT  OPERATION  CLOCK      WHAT CAME    WHAT TO DO\n"
            "生产     bill       right      ok: 7 rows\n"
            "生产     bill       3 s ahead  ok: 850 CNY\n"
            "\n"
            "All that the collectors need is allowed.\n");
  AccessLine refused = line_of("permission", "HTTP 403, AccessDenied", "Grant it.");
  refused.clock_difference = std::chrono::seconds(-3580);
  EXPECT_EQ(write_table({refused, line_of("not sent", "", "")}, 0),
            "ACCOUNT  OPERATION  CLOCK          WHAT CAME                           WHAT TO DO\n"
            "生产     bill       60 min behind  permission: HTTP 403, AccessDenied  Grant it.\n"
            "生产     bill       -              not sent\n"
            "\n"
            "The collectors need more: see WHAT TO DO.\n");
}

TEST(AccessReport, TheSameAdviceIsWrittenOnceForAnAccount) {
  const AccessLine line = line_of("timeout", "no answer", "Check the proxy.");
  AccessLine other = line;
  other.account = "other";
  const std::string text = write_table({line, line_of("not sent", "", ""), line, other}, 0);
  EXPECT_EQ(text,
            "ACCOUNT  OPERATION  CLOCK  WHAT CAME           WHAT TO DO\n"
            "生产     bill       -      timeout: no answer  Check the proxy.\n"
            "生产     bill       -      not sent\n"
            "生产     bill       -      timeout: no answer  As above.\n"
            "other    bill       -      timeout: no answer  Check the proxy.\n"
            "\n"
            "The collectors need more: see WHAT TO DO.\n");
}

TEST(AccessReport, ALongReasonIsWrittenOnceForAnAccount) {
  const AccessLine line =
      line_of("transport", "the proxy refuses the connection to bills.example", "Check the proxy.");
  AccessLine of_member = line;
  of_member.sub_account = "5b1";
  AccessLine otherwise = line;
  otherwise.result = "timeout";
  AccessLine other = line;
  other.account = "other";
  const AccessLine unsent = line_of("not sent", "no id", "");
  EXPECT_EQ(
      write_table({line, unsent, line, of_member, otherwise, line, other}, 0),
      R"(ACCOUNT  OPERATION  CLOCK  WHAT CAME                                                     WHAT TO DO
生产     bill       -      transport: the proxy refuses the connection to bills.example  Check the proxy.
生产     bill       -      not sent: no id
生产     bill       -      transport: as above
生产     bill       -      transport: sub-account 5b1: as above
生产     bill       -      timeout: the proxy refuses the connection to bills.example    As above.
生产     bill       -      transport: the proxy refuses the connection to bills.example  As above.
other    bill       -      transport: the proxy refuses the connection to bills.example  Check the proxy.

The collectors need more: see WHAT TO DO.
)");
}

// The same number may come twice.
TEST(AccessReport, WhatWentWellIsTold) {
  const AccessLine line =
      line_of("ok", "1000000.00 of 1000000.00 CNY of credit left", "Set the clock.");
  EXPECT_THAT(write_table({line, line}, 0), testing::Not(testing::HasSubstr("as above")));
}

TEST(AccessReport, JsonTellsTheWholeReasonEachTime) {
  AccessLine line =
      line_of("transport", "the proxy refuses the connection to bills.example", "Do it.");
  line.sub_account = "5b1";
  const std::string text = write_json_lines({line, line});
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("as above")));
  EXPECT_THAT(text, testing::HasSubstr(R"("fact":"sub-account 5b1: the proxy refuses)"));
}

TEST(AccessReport, WhatCanBeDoneWithoutIsEnough) {
  AccessLine refused = line_of("permission", "HTTP 403", "Normal.");
  refused.dispensable = true;
  EXPECT_TRUE(write_table({refused}, 0).ends_with("All that the collectors need is allowed.\n"));
}

TEST(AccessReport, AShardWithoutAccountsSaysSo) {
  EXPECT_EQ(write_table({}, 0),
            "ACCOUNT  OPERATION  CLOCK  WHAT CAME  WHAT TO DO\n\nNo account is polled here.\n");
  EXPECT_EQ(write_json_lines({}), "");
}

TEST(AccessReport, JsonHasOneObjectForEachLine) {
  AccessLine good = line_of("ok", "7 rows", "");
  good.clock_difference = std::chrono::seconds(-7);
  EXPECT_EQ(write_json_lines({good, line_of("timeout", "no answer", "Check \"it\".")}),
            R"({"account":"生产","provider":"fake","operation":"bill","result":"ok",)"
            R"("fact":"7 rows","advice":"","clock_difference_seconds":-7})"
            "\n"
            R"({"account":"生产","provider":"fake","operation":"bill","result":"timeout",)"
            R"("fact":"no answer","advice":"Check \"it\".","clock_difference_seconds":null})"
            "\n");
}

}  // namespace
}  // namespace cloud_billing
