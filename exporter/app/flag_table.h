#pragma once

// The flags of the command line, and what --help says of them. Read by flags.cc only.

#include <array>
#include <string_view>

namespace cloud_billing {

struct FlagRow {
  std::string_view name;
  std::string_view value;  // what help shows as the value; empty: the flag takes none
  std::string_view meaning;
};

// In the order of --help. A value in quotes is the default, and stands nowhere else.
inline constexpr std::array kFlags{
    FlagRow{"--config.file", "\"config.yml\"", "The configuration."},
    FlagRow{
        "--config.auto-reload-interval", "DURATION",
        "How often to look whether the configuration's content has changed, and then to read it "
        "again (default: only when told to)."},
    FlagRow{"--check-config", "",
            "Check the configuration, print a line for each account, and exit: 0, or 1 with every "
            "problem found."},
    FlagRow{"--check-access", "",
            "Ask the clouds for the least of each operation that the accounts' collectors need, "
            "print what came and what to do about it, and exit: 0, or 1 if something is missing. "
            "With --log.format=json an object for each line."},
    FlagRow{"--once", "",
            "Poll every collector of every account once, print the metrics, and exit: 0, or 1 if a "
            "collector failed."},
    FlagRow{"--once.output", "FILE",
            "Where --once writes (default: stdout). The file is written aside and renamed, as "
            "node_exporter's textfile collector needs it."},
    FlagRow{"--focus.output", "FILE",
            "Read the bills of all accounts once, write them as FOCUS 1.2 CSV, a line for each row "
            "of a bill, and exit: 0, or 1 if a month of an account is missing in it. - is stdout."},
    FlagRow{"--focus.month", "YYYY-MM",
            "Which month --focus.output writes (default: the current and the previous one). "
            "Repeatable."},
    FlagRow{"--focus.services", "FILE",
            "Lines of provider,service,ServiceCategory,ServiceSubcategory that --focus.output adds "
            "to its own."},
    FlagRow{"--probe", "",
            "Ask /-/healthy of the first --web.listen-address and exit: 0 if healthy, 1 if not."},
    FlagRow{"--web.listen-address", "\":10877\"",
            "Where to listen: host:port, [v6]:port or :port. Repeatable. Port 0 picks one, and the "
            "log says which."},
    FlagRow{"--web.telemetry-path", "\"/metrics\"", "Under which path the metrics are."},
    FlagRow{
        "--web.config.file", "FILE",
        "TLS and basic auth, in the format of Prometheus's exporter-toolkit (default: neither). "
        "Read again when it or a file that it names changes."},
    FlagRow{"--web.enable-lifecycle", "", "Allow POST /-/reload and /-/poll."},
    FlagRow{"--state.dir", "DIR",
            "Remember each collector's last result here, so that a restart serves it at once. For "
            "one process."},
    FlagRow{"--shard.index", "\"0\"",
            "Poll only this shard's accounts: a number below --shard.count, or pod: the number at "
            "the end of the host name."},
    FlagRow{"--shard.count", "\"1\"", "Into how many shards the accounts are divided."},
    FlagRow{"--log.level", "\"info\"", "debug, info, warn or error."},
    FlagRow{"--log.format", "\"logfmt\"", "logfmt or json; to stderr."},
    FlagRow{"--version", "", "Print the version and exit."},
    FlagRow{"--help", "", "Print this help and exit; -h is the same."},
};

}  // namespace cloud_billing
