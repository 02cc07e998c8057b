#include "system/log.h"

#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <thread>
#include <vector>

namespace cloud_billing {
namespace {

constexpr std::string_view kTime = "2026-11-23T10:00:00.123Z";

std::string logfmt_value(const std::string& value) {
  const std::string line =
      format_log_line(LogFormat::kLogfmt, kTime, LogLevel::kInfo, "m", {{"key", value}});
  const std::string before = "time=2026-11-23T10:00:00.123Z level=info msg=m key=";
  EXPECT_EQ(line.substr(0, before.size()), before);
  return line.substr(before.size());
}

TEST(Log, LogfmtKeepsTheOrderOfTheFields) {
  EXPECT_EQ(format_log_line(LogFormat::kLogfmt, kTime, LogLevel::kWarn, "poll failed",
                            {{"account", "baidu-prod"}, {"collector", "bills"}}),
            "time=2026-11-23T10:00:00.123Z level=warn msg=\"poll failed\" account=baidu-prod "
            "collector=bills");
}

TEST(Log, LogfmtQuotesWhatAReaderCouldMistake) {
  EXPECT_EQ(logfmt_value("plain-value:8080/path"), "plain-value:8080/path");
  EXPECT_EQ(logfmt_value("云账户"), "云账户");
  EXPECT_EQ(logfmt_value(""), R"("")");
  EXPECT_EQ(logfmt_value("a b"), R"("a b")");
  EXPECT_EQ(logfmt_value("a=b"), R"("a=b")");
  EXPECT_EQ(logfmt_value("say \"no\""), R"("say \"no\"")");
  EXPECT_EQ(logfmt_value("c:\\x y"), R"("c:\\x y")");
}

TEST(Log, LogfmtEscapesWhatWouldBreakTheLineOrATerminal) {
  EXPECT_EQ(logfmt_value("a\nlevel=error"), R"("a\nlevel=error")");
  EXPECT_EQ(logfmt_value("a\r\tb"), R"("a\r\tb")");
  EXPECT_EQ(logfmt_value("\x1b[31m"), R"("\u001b[31m")");
  EXPECT_EQ(logfmt_value("\x7f"), R"("\u007f")");
  EXPECT_EQ(logfmt_value("\xC2\x9B"), R"("\u009b")");
  EXPECT_EQ(logfmt_value("\xC2\xA5"), "\xC2\xA5");  // the yen sign is no control character
  EXPECT_EQ(logfmt_value("\xD6\xC2"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST(Log, JsonIsOneLineWithTheFieldsInOrder) {
  EXPECT_EQ(format_log_line(LogFormat::kJson, kTime, LogLevel::kError, "a \"b\"\n",
                            {{"account", "云"}, {"bytes", "\xFF"}}),
            "{\"time\":\"2026-11-23T10:00:00.123Z\",\"level\":\"error\",\"msg\":\"a \\\"b\\\"\\n\","
            "\"account\":\"云\",\"bytes\":\"\xEF\xBF\xBD\"}");
}

TEST(Log, WhatIsANumberOrATruthIsOneInJson) {
  const std::size_t accounts = 6;
  const std::initializer_list<LogField> fields{{"accounts", accounts}, {"seconds", 0.008534},
                                               {"offset", -3},         {"readable", true},
                                               {"retry_in_ms", {}},    {"account", "12"}};
  EXPECT_EQ(format_log_line(LogFormat::kJson, kTime, LogLevel::kInfo, "m", fields),
            R"({"time":"2026-11-23T10:00:00.123Z","level":"info","msg":"m","accounts":6,)"
            R"("seconds":0.008534,"offset":-3,"readable":true,"retry_in_ms":null,"account":"12"})");
  EXPECT_EQ(format_log_line(LogFormat::kLogfmt, kTime, LogLevel::kInfo, "m", fields),
            "time=2026-11-23T10:00:00.123Z level=info msg=m accounts=6 seconds=0.008534 offset=-3 "
            "readable=true retry_in_ms=null account=12");
}

class LogOutput : public testing::Test {
 protected:
  void TearDown() override { configure_log(LogLevel::kInfo, LogFormat::kLogfmt); }
};

TEST_F(LogOutput, TheTimeIsUtcWithMilliseconds) {
  testing::internal::CaptureStderr();
  log_info("started", {{"port", "10877"}});
  const std::string out = testing::internal::GetCapturedStderr();
  EXPECT_TRUE(std::regex_match(
      out, std::regex(R"(time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z level=info msg=started )"
                      R"(port=10877\n)")))
      << out;
}

TEST_F(LogOutput, LevelsBelowTheConfiguredOneAreSilent) {
  configure_log(LogLevel::kWarn, LogFormat::kJson);
  testing::internal::CaptureStderr();
  log_debug("d");
  log_info("i");
  log_warn("w");
  log_error("e");
  const std::string out = testing::internal::GetCapturedStderr();
  EXPECT_EQ(out.find("\"msg\":\"i\""), std::string::npos) << out;
  EXPECT_EQ(out.find("\"msg\":\"d\""), std::string::npos) << out;
  EXPECT_NE(out.find("\"msg\":\"w\""), std::string::npos) << out;
  EXPECT_NE(out.find("\"msg\":\"e\""), std::string::npos) << out;
  EXPECT_TRUE(log_enabled(LogLevel::kWarn));
  EXPECT_FALSE(log_enabled(LogLevel::kInfo));
}

TEST_F(LogOutput, LinesOfSeveralThreadsDoNotInterleave) {
  testing::internal::CaptureStderr();
  {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([] {
        for (int line = 0; line < 100; ++line) log_info(std::string(300, 'x'));
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  const std::string out = testing::internal::GetCapturedStderr();
  const std::regex whole("(time=\\S+ level=info msg=x{300}\n)");
  EXPECT_EQ(std::distance(std::sregex_iterator(out.begin(), out.end(), whole), {}), 400);
}

}  // namespace
}  // namespace cloud_billing
