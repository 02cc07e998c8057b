#pragma once

// The log: one line per event to stderr, logfmt or JSON. Any thread; lines never interleave.
// Never pass a key, a signature, a token or a response's body: the log adds nothing and hides
// nothing.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cloud_billing {

enum class LogLevel { kDebug, kInfo, kWarn, kError };
enum class LogFormat { kLogfmt, kJson };

using LogField = std::pair<std::string_view, std::string>;

// Set once, before threads start. Defaults: info, logfmt.
void configure_log(LogLevel level, LogFormat format);

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

// One finished line without the newline: what log() writes. Exposed for its tests.
[[nodiscard]] std::string format_log_line(LogFormat format, std::string_view time, LogLevel level,
                                          std::string_view message,
                                          std::initializer_list<LogField> fields);

}  // namespace cloud_billing
