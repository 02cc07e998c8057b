#pragma once

// The log: one line per event to stderr, logfmt or JSON. Any thread; lines never interleave, and
// once the log's thread runs nobody waits for who reads them. Never pass a key, a signature, a
// token or a response's body: the log adds nothing and hides nothing.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace cloud_billing {

enum class LogLevel { kDebug, kInfo, kWarn, kError };
enum class LogFormat { kLogfmt, kJson };

// What is a number stays one in JSON; without a value it is null.
using LogValue =
    std::variant<std::monostate, std::string, std::int64_t, std::uint64_t, double, bool>;
using LogField = std::pair<std::string_view, LogValue>;

// Set once, before threads start. Defaults: info, logfmt.
void configure_log(LogLevel level, LogFormat format);
[[nodiscard]] LogFormat log_format();

// From now on a thread of the log's own writes; lines that find no room are dropped and counted.
// Until then who logs writes. Throws std::system_error if no thread can be had.
void start_log_thread();

// Before the program ends: lets what was logged be written, for half a second at most.
void flush_log();

// Lines that could not be written, since the start.
[[nodiscard]] std::uint64_t log_lines_dropped();

[[nodiscard]] bool log_enabled(LogLevel level);

// Writes one line: time (UTC, RFC 3339 with milliseconds), level, msg, then the fields in order.
void log(LogLevel level, std::string_view message, std::initializer_list<LogField> fields = {});

inline void log_debug(std::string_view m, std::initializer_list<LogField> f = {}) {
  log(LogLevel::kDebug, m, f);
}
inline void log_info(std::string_view m, std::initializer_list<LogField> f = {}) {
  log(LogLevel::kInfo, m, f);
}
inline void log_warn(std::string_view m, std::initializer_list<LogField> f = {}) {
  log(LogLevel::kWarn, m, f);
}
inline void log_error(std::string_view m, std::initializer_list<LogField> f = {}) {
  log(LogLevel::kError, m, f);
}

// Writes one line as it is, between those of log(); no control character belongs into it.
void log_text(std::string_view line);

// One finished line without the newline: what log() writes. Exposed for its tests.
[[nodiscard]] std::string format_log_line(LogFormat format, std::string_view time, LogLevel level,
                                          std::string_view message,
                                          std::initializer_list<LogField> fields);

}  // namespace cloud_billing
