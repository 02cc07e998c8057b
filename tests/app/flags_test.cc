#include "app/flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cloud_billing {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Result<Flags, FlagExit> parse(const std::vector<const char*>& arguments) {
  std::vector<const char*> argv{"cloud_billing_exporter"};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  const int argc = static_cast<int>(argv.size());
  argv.push_back(nullptr);
  return parse_flags(argc, argv.data(), "cloud_billing_exporter, version 0.1.0 (revision abc)");
}

Flags parse_good(const std::vector<const char*>& arguments) {
  const auto flags = parse(arguments);
  if (flags.ok()) return *flags;
  ADD_FAILURE() << flags.error().err;
  return {};
}

// The message, after checking that it goes to stderr with code 2.
std::string parse_bad(const std::vector<const char*>& arguments) {
  const auto flags = parse(arguments);
  if (flags.ok()) return "accepted";
  EXPECT_EQ(flags.error().code, 2);
  EXPECT_EQ(flags.error().out, "");
  EXPECT_THAT(flags.error().err, HasSubstr("see --help"));
  return flags.error().err;
}

TEST(Flags, DefaultsAreThoseOfTheDocumentation) {
  const Flags flags = parse_good({});
  EXPECT_EQ(flags.mode, Mode::kServe);
  EXPECT_EQ(flags.config_file, "config.yml");
  EXPECT_EQ(flags.once_output, "");
  EXPECT_EQ(flags.state_dir, "");
  EXPECT_THAT(flags.listen_addresses, ElementsAre(ListenAddress{"", 10877}));
  EXPECT_EQ(flags.telemetry_path, "/metrics");
  EXPECT_FALSE(flags.enable_lifecycle);
  EXPECT_EQ(to_text(flags.shard), "0 of 1");
  EXPECT_EQ(flags.log_level, LogLevel::kInfo);
  EXPECT_EQ(flags.log_format, LogFormat::kLogfmt);
}

TEST(Flags, FocusOutputIsAModeWithItsMonths) {
  const Flags flags =
      parse_good({"--focus.output=-", "--focus.month=2026-10", "--focus.month", "2026-09",
                  "--focus.month=2026-10", "--focus.services=services.csv"});
  EXPECT_EQ(flags.mode, Mode::kFocus);
  EXPECT_EQ(flags.focus.output, "-");
  ASSERT_EQ(flags.focus.months.size(), 2U);
  EXPECT_EQ(flags.focus.months[0].text(), "2026-09");
  EXPECT_EQ(flags.focus.months[1].text(), "2026-10");
  EXPECT_EQ(flags.focus.services, "services.csv");
}

TEST(Flags, FocusOutputExcludesOtherModesAndItsFlagsNeedIt) {
  EXPECT_THAT(parse_bad({"--focus.output=a", "--check-access"}),
              HasSubstr("--check-access and --focus.output exclude each other"));
  EXPECT_THAT(parse_bad({"--focus.month=2026-09"}),
              HasSubstr("--focus.month: needs --focus.output"));
  EXPECT_THAT(parse_bad({"--focus.services=a"}),
              HasSubstr("--focus.services: needs --focus.output"));
  EXPECT_THAT(parse_bad({"--focus.output=a", "--focus.output=b"}),
              HasSubstr("--focus.output: given more than once"));
  for (const char* month : {"--focus.month=2026-13", "--focus.month=2026-9", "--focus.month=now"}) {
    EXPECT_THAT(parse_bad({"--focus.output=a", month}), HasSubstr("is no month as 2026-09"));
  }
}

TEST(Flags, AValueFollowsAnEqualsSignOrASpace) {
  EXPECT_EQ(parse_good({"--config.file=a b.yml"}).config_file, "a b.yml");
  EXPECT_EQ(parse_good({"--config.file", "b=c.yml"}).config_file, "b=c.yml");
  EXPECT_EQ(parse_good({"--config.file=b=c.yml"}).config_file, "b=c.yml");
  EXPECT_EQ(parse_good({"--config.file", "[x]"}).config_file, "[x]");
  EXPECT_EQ(parse_good({"--log.level=debug"}).log_level, LogLevel::kDebug);
  EXPECT_EQ(parse_good({"--log.level", "error"}).log_level, LogLevel::kError);
  EXPECT_EQ(parse_good({"--log.format", "json"}).log_format, LogFormat::kJson);
  EXPECT_EQ(parse_good({"--web.telemetry-path=/billing/metrics"}).telemetry_path,
            "/billing/metrics");
}

TEST(Flags, EachModeHasItsFlag) {
  EXPECT_EQ(parse_good({"--check-config"}).mode, Mode::kCheckConfig);
  EXPECT_EQ(parse_good({"--check-access"}).mode, Mode::kCheckAccess);
  EXPECT_EQ(parse_good({"--once"}).mode, Mode::kOnce);
  EXPECT_EQ(parse_good({"--probe"}).mode, Mode::kProbe);
  EXPECT_EQ(parse_good({"--once", "--once.output=/tmp/a.prom"}).once_output, "/tmp/a.prom");
  EXPECT_EQ(parse_good({"--state.dir=/var/lib/bills"}).state_dir, "/var/lib/bills");
}

TEST(Flags, TheListenAddressMayBeRepeated) {
  const Flags flags = parse_good({"--web.listen-address=:1", "--web.listen-address", "[::1]:2",
                                  "--web.listen-address=localhost:0"});
  EXPECT_THAT(flags.listen_addresses, ElementsAre(ListenAddress{"", 1}, ListenAddress{"::1", 2},
                                                  ListenAddress{"localhost", 0}));
}

TEST(Flags, AnUnknownFlagIsNamedAndTheNearestOneProposed) {
  EXPECT_THAT(parse_bad({"--config.fil=x"}),
              testing::AllOf(HasSubstr("unknown flag \"--config.fil\""),
                             HasSubstr("did you mean \"--config.file\"?")));
  EXPECT_THAT(parse_bad({"--nonsense"}), HasSubstr("\"--nonsense\""));
  EXPECT_THAT(parse_bad({"-c"}), HasSubstr("\"-c\""));
  EXPECT_THAT(parse_bad({"-config.file=x"}), HasSubstr("unknown flag"));
}

TEST(Flags, TheValueOfAnUnknownFlagIsNotShown) {
  EXPECT_THAT(parse_bad({"--secret=hush"}), testing::Not(HasSubstr("hush")));
  EXPECT_THAT(parse_bad({"--secret:hush"}), testing::Not(HasSubstr("hush")));
}

TEST(Flags, WhatMayBeASecretIsNotShown) {
  constexpr const char* kSecret = "WkRZeE1qTTBOVFkzT0Rrd01UST0";
  const std::string secret = kSecret;
  for (const std::string& argument :
       {secret, "BAIDU_SK=" + secret, "-" + secret, "--" + secret, "--secret_access_key-" + secret,
        "--once=" + secret, "--log.level=" + secret, "--log.format=" + secret,
        "--web.listen-address=" + secret, "--web.telemetry-path=" + secret,
        "--config.auto-reload-interval=" + secret, "--shard.index=" + secret,
        "--shard.count=" + secret}) {
    EXPECT_THAT(parse_bad({argument.c_str()}), testing::Not(HasSubstr(secret))) << argument;
  }
  EXPECT_THAT(parse_bad({"--", kSecret}), testing::Not(HasSubstr(secret)));
  EXPECT_THAT(parse_bad({"--config.file", "--", kSecret}), testing::Not(HasSubstr(secret)));
  EXPECT_THAT(parse_bad({"--config.file", ("--" + secret).c_str()}),
              testing::Not(HasSubstr(secret)));
  EXPECT_THAT(parse_bad({kSecret}), HasSubstr("unexpected argument, not shown"));
  EXPECT_THAT(parse_bad({("--" + secret).c_str()}), HasSubstr("unknown flag, not shown"));
  EXPECT_THAT(parse_bad({("--log.level=" + secret).c_str()}),
              HasSubstr("--log.level: this value is none of \"debug\""));
}

TEST(Flags, AFlagWithoutValuesTakesNone) {
  EXPECT_EQ(parse_good({"--once=true"}).mode, Mode::kOnce);
  EXPECT_EQ(parse_good({"--once=false"}).mode, Mode::kServe);
  for (const char* const value : {"--once=maybe", "--once=5", "--once=0"}) {
    EXPECT_THAT(parse_bad({value}), HasSubstr("--once: takes no value")) << value;
  }
}

TEST(Flags, AnArgumentWithoutFlagIsRefused) {
  EXPECT_THAT(parse_bad({"config.yml"}), HasSubstr("unexpected argument \"config.yml\""));
  EXPECT_THAT(parse_bad({"--once", "out.prom"}), HasSubstr("\"out.prom\""));
  EXPECT_THAT(parse_bad({"--", "out.prom"}), HasSubstr("\"out.prom\""));
  EXPECT_THAT(parse_bad({"--web.listen-address", ":1", ":2"}), HasSubstr("\":2\""));
}

TEST(Flags, ASingleValueGivenTwiceIsRefused) {
  EXPECT_THAT(parse_bad({"--config.file=a", "--config.file=b"}),
              HasSubstr("--config.file: given more than once"));
  EXPECT_THAT(parse_bad({"--log.level=info", "--log.level", "info"}), HasSubstr("--log.level"));
}

TEST(Flags, AMissingOrEmptyValueIsRefused) {
  EXPECT_THAT(parse_bad({"--config.file="}), HasSubstr("--config.file: the value is empty"));
  EXPECT_THAT(parse_bad({"--config.file=", "--once"}), HasSubstr("--config.file"));
  EXPECT_THAT(parse_bad({"--config.file", ""}), HasSubstr("--config.file: the value is empty"));
  EXPECT_THAT(parse_bad({"--config.file"}), HasSubstr("--config.file: a value is missing"));
  EXPECT_THAT(parse_bad({"--config.file", "--once"}),
              HasSubstr("--config.file: a value is missing"));
  EXPECT_THAT(parse_bad({"--web.listen-address="}), HasSubstr("--web.listen-address"));
}

TEST(Flags, ABadValueIsNamed) {
  EXPECT_THAT(parse_bad({"--log.level=loud"}),
              HasSubstr("--log.level: \"loud\" is none of \"debug\", \"info\", \"warn\" or"));
  EXPECT_THAT(parse_bad({"--log.level=INFO"}), HasSubstr("\"INFO\""));
  EXPECT_THAT(parse_bad({"--log.format=xml"}), HasSubstr("--log.format: \"xml\""));
  EXPECT_THAT(parse_bad({"--web.listen-address=:99999"}),
              HasSubstr("--web.listen-address: \":99999\""));
  EXPECT_THAT(parse_bad({"--web.listen-address=:1", "--web.listen-address=::1:80"}),
              HasSubstr("\"::1:80\""));
  EXPECT_THAT(parse_bad({"--once=maybe"}), HasSubstr("--once"));
}

TEST(Flags, ReloadingOverHttpIsAllowedByAFlag) {
  EXPECT_TRUE(parse_good({"--web.enable-lifecycle"}).enable_lifecycle);
}

TEST(Flags, AShardIsAnIndexBelowTheCount) {
  EXPECT_EQ(to_text(parse_good({"--shard.index=1", "--shard.count=3"}).shard), "1 of 3");
  EXPECT_THAT(parse_bad({"--shard.index=3", "--shard.count=3"}), HasSubstr("--shard.index"));
  EXPECT_THAT(parse_bad({"--shard.count=none"}), HasSubstr("--shard.count: \"none\""));
}

TEST(Flags, ATelemetryPathThatCannotBeServedIsRefused) {
  for (const char* path : {"metrics", "/", "/-/metrics", "/-/", "/-", "/a?b", "/a#b", "/a b",
                           "/a\tb", "/\xC3\xA4", "/a\x7f", "/accounts.csv", "/services.csv"}) {
    EXPECT_THAT(parse_bad({"--web.telemetry-path", path}), HasSubstr("--web.telemetry-path"))
        << path;
  }
  EXPECT_EQ(parse_good({"--web.telemetry-path", "/-x"}).telemetry_path, "/-x");
}

TEST(Flags, ModesExcludeEachOther) {
  EXPECT_THAT(parse_bad({"--once", "--probe"}), HasSubstr("--once and --probe"));
  EXPECT_THAT(parse_bad({"--probe", "--check-config"}), HasSubstr("--check-config and --probe"));
  EXPECT_THAT(parse_bad({"--once", "--check-config"}), HasSubstr("--check-config and --once"));
  EXPECT_THAT(parse_bad({"--once", "--check-access"}), HasSubstr("--check-access and --once"));
}

TEST(Flags, AnOutputFileNeedsOnce) {
  EXPECT_THAT(parse_bad({"--once.output=a.prom"}), HasSubstr("--once.output: needs --once"));
}

TEST(Flags, VersionGoesToStdout) {
  const auto flags = parse({"--version"});
  ASSERT_FALSE(flags.ok());
  EXPECT_EQ(flags.error().code, 0);
  EXPECT_EQ(flags.error().out, "cloud_billing_exporter, version 0.1.0 (revision abc)\n");
  EXPECT_EQ(flags.error().err, "");
}

TEST(Flags, TheConfigurationIsLookedAtOnlyWhereThatIsAskedFor) {
  EXPECT_EQ(parse_good({}).auto_reload_interval, std::nullopt);
  EXPECT_EQ(parse_good({"--config.auto-reload-interval=30s"}).auto_reload_interval,
            std::chrono::seconds(30));
  for (const char* const bad : {"0s", "30", "often", "-5s"}) {
    const std::string flag = std::string("--config.auto-reload-interval=") + bad;
    EXPECT_THAT(parse_bad({flag.c_str()}),
                HasSubstr("--config.auto-reload-interval: \"" + std::string(bad) + "\": "));
  }
}

TEST(Flags, HelpHasAShortName) {
  const auto help = parse({"-h"});
  ASSERT_FALSE(help.ok());
  EXPECT_EQ(help.error().code, 0);
  EXPECT_EQ(help.error().out, parse({"--help"}).error().out);
}

TEST(Flags, MistakesAreToldInTheFormatOfTheLogWhereverItIsGiven) {
  for (const std::vector<const char*>& arguments :
       {std::vector{"--log.format=json", "--no-such-flag"},
        std::vector{"--no-such-flag", "--log.format", "json"},
        std::vector{"--log.format=json", "--log.level=loud"}}) {
    EXPECT_EQ(parse(arguments).error().log_format, LogFormat::kJson);
  }
  for (const std::vector<const char*>& arguments :
       {std::vector{"--no-such-flag"}, std::vector{"--log.format=xml"},
        std::vector{"--config.file=json", "--log.level=loud"}}) {
    EXPECT_EQ(parse(arguments).error().log_format, LogFormat::kLogfmt);
  }
}

TEST(Flags, HelpShowsEveryFlagWithItsDefault) {
  const auto flags = parse({"--help"});
  ASSERT_FALSE(flags.ok());
  EXPECT_EQ(flags.error().code, 0);
  EXPECT_EQ(flags.error().err, "");
  const std::string& help = flags.error().out;
  for (const char* text :
       {"--config.file=\"config.yml\"", "--check-config", "--check-access", "--once ",
        "--once.output=", "--probe", "--web.listen-address=\":10877\"",
        "--web.telemetry-path=\"/metrics\"", "--web.enable-lifecycle",
        "--state.dir=", "--shard.index=\"0\"", "--shard.count=\"1\"", "--log.level=\"info\"",
        "--log.format=\"logfmt\"", "--version", "--help"}) {
    EXPECT_THAT(help, HasSubstr(text));
  }
  std::size_t begin = 0;
  for (std::size_t end = 0; (end = help.find('\n', begin)) != std::string::npos; begin = end + 1) {
    EXPECT_LE(end - begin, 100U) << help.substr(begin, end - begin);
  }
}

}  // namespace
}  // namespace cloud_billing
