#pragma once

// The command line: the only owner of CLI11. Read once by main, before any thread.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/focus_flags.h"
#include "config/shard.h"
#include "core/result.h"
#include "system/log.h"
#include "web/listen_address.h"

namespace cloud_billing {

enum class Mode {
  kServe,        // poll and serve
  kCheckConfig,  // --check-config
  kCheckAccess,  // --check-access
  kOnce,         // --once
  kFocus,        // --focus.output
  kProbe,        // --probe
};

// Made by parse_flags() only, whose table has the defaults.
struct Flags {
  Mode mode = Mode::kServe;
  std::string config_file;
  std::optional<std::chrono::seconds> auto_reload_interval;  // none: it is read when told to
  std::string once_output;                                   // empty: stdout
  FocusFlags focus;
  std::vector<ListenAddress> listen_addresses;  // at least one
  std::string state_dir;                        // empty: nothing is remembered
  std::string telemetry_path;
  std::string web_config_file;  // empty: plain HTTP, open to everybody
  bool enable_lifecycle = false;
  Shard shard;
  LogLevel log_level{};
  LogFormat log_format{};
};

// The program ends here: with help or version (code 0, on stdout), or with a mistake in the command
// line (code 2, on stderr).
struct FlagExit {
  int code = 0;
  std::string out;
  std::string err;         // without the newline
  LogFormat log_format{};  // of what goes to stderr, as far as the command line tells
};

// `version` is what --version prints, without the newline.
[[nodiscard]] Result<Flags, FlagExit> parse_flags(int argc, const char* const* argv,
                                                  std::string_view version);

}  // namespace cloud_billing
