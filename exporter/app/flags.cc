#include "app/flags.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "app/flag_table.h"
#include "app/shard_flags.h"
#include "config/value_parsers.h"
#include "core/shown_text.h"
#include "core/spelling.h"

namespace cloud_billing {
namespace {

constexpr std::array<std::pair<std::string_view, LogLevel>, 4> kLogLevels{{
    {"debug", LogLevel::kDebug},
    {"info", LogLevel::kInfo},
    {"warn", LogLevel::kWarn},
    {"error", LogLevel::kError},
}};
constexpr std::array<std::pair<std::string_view, LogFormat>, 2> kLogFormats{{
    {"logfmt", LogFormat::kLogfmt},
    {"json", LogFormat::kJson},
}};

FlagExit mistake(const Error& error) {
  return FlagExit{2, "", "cloud_billing_exporter: " + error.message + " (see --help)", {}};
}

std::string make_help() {
  constexpr std::size_t kMeaningColumn = 36;
  constexpr std::size_t kWidth = 100;
  std::string out =
      "usage: cloud_billing_exporter [flags]\n\n"
      "A Prometheus exporter for cloud account balances and bills.\n\nFlags:\n";
  for (const FlagRow& flag : kFlags) {
    std::string line = "  " + std::string(flag.name);
    if (!flag.value.empty()) line += "=" + std::string(flag.value);
    line.resize(std::max(kMeaningColumn, line.size() + 2), ' ');
    std::string_view left = flag.meaning;
    while (!left.empty()) {
      const std::size_t room = kWidth - line.size();
      const std::size_t cut = left.size() <= room ? left.size() : left.rfind(' ', room);
      out += line + std::string(left.substr(0, cut)) + "\n";
      left.remove_prefix(std::min(cut + 1, left.size()));
      line.assign(kMeaningColumn, ' ');
    }
  }
  return out;
}

// Neither it nor a flag's value may be a secret that was pasted in the wrong place.
std::string name_unknown_argument(const std::string& argument) {
  if (!argument.starts_with('-')) {
    if (is_showable(argument)) return "unexpected argument " + quote_text(argument);
    return "unexpected argument, not shown since it may be a secret";
  }
  const std::string name =
      argument.substr(0, argument.find_first_of("=:"));  // a value may be anything
  if (!is_showable(name)) return "unknown flag, not shown since it may hold a secret";
  std::vector<std::string_view> names;
  for (const FlagRow& flag : kFlags) names.push_back(flag.name);
  return "unknown flag " + quote_text(name) + did_you_mean(name, names);
}

// "--flag=" with nothing behind: CLI11 would take the next argument as the value. And of a flag
// that has no value it would quote one.
Status check_what_follows_flags(std::span<const char* const> arguments) {
  for (const std::string_view argument : arguments) {
    if (argument == "--") break;
    for (const FlagRow& flag : kFlags) {
      if (!argument.starts_with(std::string(flag.name) + "=")) continue;
      const std::string_view value = argument.substr(flag.name.size() + 1);
      if (value.empty()) return Error{std::string(flag.name) + ": the value is empty"};
      if (flag.value.empty() && value != "true" && value != "false") {
        return Error{std::string(flag.name) + ": takes no value"};
      }
    }
  }
  return {};
}

// However the flag's values came.
Status check_values(std::string_view name, const std::vector<std::string>& values) {
  if (values.size() > 1 && name != "--web.listen-address" && name != "--focus.month") {
    return Error{std::string(name) + ": given more than once"};
  }
  for (const std::string& value : values) {
    if (value.empty()) return Error{std::string(name) + ": the value is empty"};
    if (value.starts_with("--")) {
      return Error{std::string(name) + ": a value is missing before " + show_value(value)};
    }
  }
  return {};
}

Status check_path(std::string_view path) {
  if (!path.starts_with('/')) return Error{"it must begin with \"/\""};
  for (const std::string_view taken : {"/", "/accounts.csv", "/services.csv"}) {
    if (path == taken) return Error{"\"" + std::string(path) + "\" itself is taken"};
  }
  if (path == "/-" || path.starts_with("/-/")) return Error{"paths under \"/-/\" are taken"};
  const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
    return c > ' ' && c < '\x7f' && c != '?' && c != '#';
  });
  if (plain) return {};
  return Error{"no \"?\", \"#\", spaces, control or non-ASCII characters"};
}

template <typename Value, std::size_t kSize>
Result<Value> choose(std::string_view name, std::string_view text,
                     const std::array<std::pair<std::string_view, Value>, kSize>& choices) {
  std::vector<std::string_view> words;
  for (const auto& choice : choices) {
    if (choice.first == text) return choice.second;
    words.push_back(choice.first);
  }
  return Error{std::string(name) + ": " + show_value(text) + " is none of " + list_choices(words)};
}

// What the table has in quotes, or nothing.
std::string_view default_of(std::string_view name) {
  const auto* const flag = std::find_if(kFlags.begin(), kFlags.end(),
                                        [name](const FlagRow& row) { return row.name == name; });
  std::string_view value = flag->value;
  if (!value.starts_with('"')) return "";
  value.remove_prefix(1);
  value.remove_suffix(1);
  return value;
}

// What CLI11 found, by flag name.
struct Found {
  std::map<std::string_view, std::vector<std::string>> values;
  std::map<std::string_view, bool> switches;

  // The values given, or else the default one.
  [[nodiscard]] std::vector<std::string> all(std::string_view name) const {
    const std::vector<std::string>& given = values.at(name);
    return given.empty() ? std::vector{std::string(default_of(name))} : given;
  }
  [[nodiscard]] std::string value(std::string_view name) const { return all(name).front(); }
};

Result<Mode, FlagExit> choose_mode(const Found& found) {
  constexpr std::array<std::pair<std::string_view, Mode>, 4> kModes{
      {{"--check-config", Mode::kCheckConfig},
       {"--check-access", Mode::kCheckAccess},
       {"--once", Mode::kOnce},
       {"--probe", Mode::kProbe}}};
  std::optional<std::pair<std::string_view, Mode>> chosen;
  for (const auto& mode : kModes) {
    if (!found.switches.at(mode.first)) continue;
    if (chosen) {
      return mistake(Error{std::string(chosen->first) + " and " + std::string(mode.first) +
                           " exclude each other"});
    }
    chosen = mode;
  }
  if (!found.values.at("--focus.output").empty()) {
    if (!chosen) return Mode::kFocus;
    return mistake(Error{std::string(chosen->first) + " and --focus.output exclude each other"});
  }
  return chosen ? chosen->second : Mode::kServe;
}

Result<Flags, FlagExit> read_flags(const Found& found) {
  for (const auto& entry : found.values) {
    const Status good = check_values(entry.first, entry.second);
    if (!good) return mistake(good.error());
  }
  Flags flags;
  const Result<Mode, FlagExit> mode = choose_mode(found);
  if (!mode) return mode.error();
  flags.mode = *mode;
  flags.config_file = found.value("--config.file");
  if (const std::string interval = found.value("--config.auto-reload-interval");
      !interval.empty()) {
    const auto parsed = parse_interval(interval);
    if (!parsed) {
      return mistake(
          parsed.error().with_prefix("--config.auto-reload-interval: " + show_value(interval)));
    }
    flags.auto_reload_interval = *parsed;
  }
  flags.once_output = found.value("--once.output");
  if (!flags.once_output.empty() && flags.mode != Mode::kOnce) {
    return mistake(Error{"--once.output: needs --once"});
  }
  const auto focus =
      read_focus_flags(found.value("--focus.output"), found.values.at("--focus.month"),
                       found.value("--focus.services"));
  if (!focus) return mistake(focus.error());
  flags.focus = *focus;

  for (const std::string& text : found.all("--web.listen-address")) {
    const Result<ListenAddress> address = parse_listen_address(text);
    if (!address) {
      return mistake(address.error().with_prefix("--web.listen-address: " + show_value(text)));
    }
    flags.listen_addresses.push_back(*address);
  }

  flags.state_dir = found.value("--state.dir");
  flags.telemetry_path = found.value("--web.telemetry-path");
  flags.web_config_file = found.value("--web.config.file");
  flags.enable_lifecycle = found.switches.at("--web.enable-lifecycle");
  const Status path_is_good = check_path(flags.telemetry_path);
  if (!path_is_good) {
    return mistake(path_is_good.error().with_prefix("--web.telemetry-path: " +
                                                    show_value(flags.telemetry_path)));
  }

  const Result<Shard> shard =
      parse_shard(found.value("--shard.index"), found.value("--shard.count"), read_host_name());
  if (!shard) return mistake(shard.error());
  flags.shard = *shard;

  const auto level = choose("--log.level", found.value("--log.level"), kLogLevels);
  if (!level) return mistake(level.error());
  flags.log_level = *level;
  const auto format = choose("--log.format", found.value("--log.format"), kLogFormats);
  if (!format) return mistake(format.error());
  flags.log_format = *format;
  return flags;
}

// Wherever it is said: a mistake may come before it.
LogFormat find_log_format(std::span<const char* const> arguments) {
  std::string_view before;
  for (const std::string_view argument : arguments) {
    if (argument == "--log.format=json") return LogFormat::kJson;
    if (before == "--log.format" && argument == "json") return LogFormat::kJson;
    before = argument;
  }
  return LogFormat::kLogfmt;
}

Result<Flags, FlagExit> parse(int argc, const char* const* argv, std::string_view version) {
  const std::span<const char* const> arguments(argv, static_cast<std::size_t>(argc));
  const Status good = check_what_follows_flags(arguments);
  if (!good) return mistake(good.error());

  CLI::App app;
  app.set_help_flag();  // help is a flag of the table
  app.allow_extras();   // unknown ones get a message of our own
  Found found;
  for (const FlagRow& flag : kFlags) {
    const std::string name = flag.name == "--help" ? "-h,--help" : std::string(flag.name);
    if (flag.value.empty()) {
      app.add_flag(name, found.switches[flag.name]);
    } else {
      // Without extra arguments: one value each time, and brackets in it mean nothing.
      app.add_option(name, found.values[flag.name])
          ->expected(1)
          ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
          ->allow_extra_args(false);
    }
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ArgumentMismatch&) {
    const std::string last = arguments.back();
    return mistake(Error{(is_showable(last) ? last : "the last flag") + ": a value is missing"});
  } catch (const CLI::ParseError& error) {
    return mistake(Error{is_showable(error.what())
                             ? error.what()
                             : "the flags are not understood, and not shown since they may "
                               "hold a secret: see --help"});
  }
  if (found.switches["--help"]) return FlagExit{0, make_help(), "", {}};
  if (found.switches["--version"]) return FlagExit{0, std::string(version) + "\n", "", {}};
  std::vector<std::string> unknown = app.remaining();
  std::erase(unknown, "--");
  if (!unknown.empty()) return mistake(Error{name_unknown_argument(unknown.front())});
  return read_flags(found);
}

}  // namespace

Result<Flags, FlagExit> parse_flags(int argc, const char* const* argv, std::string_view version) {
  auto flags = parse(argc, argv, version);
  if (!flags) {
    flags.error().log_format = find_log_format({argv, static_cast<std::size_t>(argc)});
  }
  return flags;
}

}  // namespace cloud_billing
