#include "system/log.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "core/spelling.h"
#include "core/utf8.h"
#include "system/log_queue.h"

namespace cloud_billing {
namespace {

std::atomic<LogLevel> configured_level{LogLevel::kInfo};
std::atomic<LogFormat> configured_format{LogFormat::kLogfmt};

constexpr std::size_t kMostWaitingBytes = std::size_t{1} << 20;  // some 5,000 lines
constexpr std::chrono::milliseconds kFlushPatience{500};

constexpr std::string_view level_name(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarn:
      return "warn";
    case LogLevel::kError:
      break;
  }
  return "error";
}

// A terminal may act on control characters.
bool needs_quotes(std::string_view value) {
  if (value.empty() || value.find_first_of(" =\"") != std::string_view::npos) return true;
  if (value.find("\xEF\xBF\xBD") != std::string_view::npos) return true;
  return has_control_character(value);
}

void append_escaped(std::string& out, std::string_view value) {
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (const std::size_t length = control_length(value.substr(at)); length > 0) {
      at += length - 1;  // U+0080 to U+009F: the second byte is the code point
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04x",
                    static_cast<unsigned>(static_cast<unsigned char>(value[at])));
      out += escape.data();
    } else {
      out += c;
    }
  }
}

void append_logfmt(std::string& out, std::string_view key, std::string_view raw_value) {
  const std::string value = replace_ill_formed_utf8(std::string(raw_value));
  if (!out.empty()) out += ' ';
  out += key;
  out += '=';
  if (!needs_quotes(value)) {
    out += value;
    return;
  }
  out += '"';
  append_escaped(out, value);
  out += '"';
}

std::string format_time(std::chrono::system_clock::time_point time) {
  const auto since_epoch =
      std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
  const std::time_t seconds = static_cast<std::time_t>(since_epoch / 1000);
  std::tm utc{};
  ::gmtime_r(&seconds, &utc);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", utc.tm_year + 1900,
                utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec,
                static_cast<int>(since_epoch % 1000));
  return text.data();
}

nlohmann::ordered_json json_of(const LogValue& value) {
  return std::visit(
      [](const auto& given) -> nlohmann::ordered_json {
        if constexpr (std::is_same_v<std::decay_t<decltype(given)>, std::monostate>)
          return nullptr;
        else
          return given;
      },
      value);
}

std::string text_of(const LogValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? *text : json_of(value).dump();
}

std::string line_of_now(LogLevel level, std::string_view message,
                        std::initializer_list<LogField> fields) {
  return format_log_line(configured_format, format_time(std::chrono::system_clock::now()), level,
                         message, fields);
}

// Never destroyed: its thread may wait for a reader until the process is gone.
LogQueue& queue() {
  static LogQueue& queue = *new LogQueue(STDERR_FILENO, kMostWaitingBytes, [](std::uint64_t lines) {
    return line_of_now(LogLevel::kWarn, "log lines were dropped: nobody took them in time",
                       {{"lines", lines}});
  });
  return queue;
}

}  // namespace

void configure_log(LogLevel level, LogFormat format) {
  configured_level = level;
  configured_format = format;
}

LogFormat log_format() { return configured_format; }

void start_log_thread() { queue().start_thread(); }

void flush_log() { queue().flush(kFlushPatience); }

std::uint64_t log_lines_dropped() { return queue().dropped(); }

bool log_enabled(LogLevel level) { return level >= configured_level.load(); }

std::string format_log_line(LogFormat format, std::string_view time, LogLevel level,
                            std::string_view message, std::initializer_list<LogField> fields) {
  if (format == LogFormat::kJson) {
    nlohmann::ordered_json line{{"time", time}, {"level", level_name(level)}, {"msg", message}};
    for (const auto& [key, value] : fields) line[std::string(key)] = json_of(value);
    return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  }
  std::string line;
  append_logfmt(line, "time", time);
  append_logfmt(line, "level", level_name(level));
  append_logfmt(line, "msg", message);
  for (const auto& [key, value] : fields) append_logfmt(line, key, text_of(value));
  return line;
}

void log(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
  if (!log_enabled(level)) return;
  queue().push(line_of_now(level, message, fields));
}

void log_text(std::string_view line) { queue().push(line); }

}  // namespace cloud_billing
