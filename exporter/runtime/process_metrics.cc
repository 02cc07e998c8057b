#include "runtime/process_metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string_view>
#include <system_error>

#include "core/amount.h"

namespace cloud_billing {
namespace {

// The parts of /proc/self/stat that are shown (proc(5), fields 14, 15, 22, 23 and 24).
struct ProcessStat {
  double user_ticks = 0;
  double system_ticks = 0;
  double start_ticks = 0;  // since boot
  double virtual_bytes = 0;
  double resident_pages = 0;
};

std::optional<ProcessStat> read_process_stat() {
  std::ifstream file("/proc/self/stat");
  std::string text{std::istreambuf_iterator<char>(file), {}};
  // Field 2 is the program's name in parentheses and may hold anything, parentheses included.
  const std::size_t name_end = text.rfind(')');
  if (name_end == std::string::npos) return std::nullopt;
  std::istringstream fields(text.substr(name_end + 1));
  ProcessStat stat;
  std::string skipped;
  for (int field = 3; field <= 24 && fields; ++field) {
    switch (field) {
      case 14:
        fields >> stat.user_ticks;
        break;
      case 15:
        fields >> stat.system_ticks;
        break;
      case 22:
        fields >> stat.start_ticks;
        break;
      case 23:
        fields >> stat.virtual_bytes;
        break;
      case 24:
        fields >> stat.resident_pages;
        break;
      default:
        fields >> skipped;
    }
  }
  if (!fields) return std::nullopt;
  return stat;
}

// When the system booted, in seconds since 1970.
std::optional<double> read_boot_time() {
  std::ifstream file("/proc/stat");
  std::string word;
  while (file >> word) {
    double seconds = 0;
    if (word == "btime" && file >> seconds) return seconds;
  }
  return std::nullopt;
}

std::optional<double> count_open_descriptors() {
  std::error_code error;
  std::filesystem::directory_iterator entries("/proc/self/fd", error);
  if (error) return std::nullopt;
  double count = -1;  // without the one that reads the directory
  for (; entries != std::filesystem::directory_iterator(); entries.increment(error)) {
    if (error) return std::nullopt;
    ++count;
  }
  return count;
}

std::optional<double> read_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::nullopt;
  return static_cast<double>(limit.rlim_cur);
}

void append_metric(std::string& out, std::string_view name, std::string_view type,
                   std::string_view help, std::optional<double> value) {
  if (!value) return;
  for (const std::string_view part :
       {std::string_view("# HELP "), name, std::string_view(" "), help,
        std::string_view("\n# TYPE "), name, std::string_view(" "), type, std::string_view("\n"),
        name, std::string_view(" ")}) {
    out += part;
  }
  append_number(out, *value);
  out += '\n';
}

}  // namespace

std::string render_process_metrics() {
  const auto ticks_per_second = static_cast<double>(::sysconf(_SC_CLK_TCK));
  const auto page_bytes = static_cast<double>(::sysconf(_SC_PAGESIZE));
  const std::optional<ProcessStat> stat = read_process_stat();
  const std::optional<double> boot_time = read_boot_time();

  std::optional<double> cpu_seconds;
  std::optional<double> resident_bytes;
  std::optional<double> virtual_bytes;
  std::optional<double> start_time;
  if (stat) {
    cpu_seconds = (stat->user_ticks + stat->system_ticks) / ticks_per_second;
    resident_bytes = stat->resident_pages * page_bytes;
    virtual_bytes = stat->virtual_bytes;
    if (boot_time) start_time = *boot_time + stat->start_ticks / ticks_per_second;
  }

  std::string out;
  append_metric(out, "process_cpu_seconds_total", "counter",
                "Total user and system CPU time spent in seconds.", cpu_seconds);
  append_metric(out, "process_max_fds", "gauge", "Maximum number of open file descriptors.",
                read_descriptor_limit());
  append_metric(out, "process_open_fds", "gauge", "Number of open file descriptors.",
                count_open_descriptors());
  append_metric(out, "process_resident_memory_bytes", "gauge", "Resident memory size in bytes.",
                resident_bytes);
  append_metric(out, "process_start_time_seconds", "gauge",
                "Start time of the process since unix epoch in seconds.", start_time);
  append_metric(out, "process_virtual_memory_bytes", "gauge", "Virtual memory size in bytes.",
                virtual_bytes);
  return out;
}

}  // namespace cloud_billing
