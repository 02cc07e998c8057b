#include "publishing/process_metrics.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <ctime>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "exposition/family_writer.h"
#include "system/descriptor.h"
#include "system/log.h"

namespace cloud_billing {
namespace {

double cpu_seconds() {
  timespec used{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

struct Memory {
  double virtual_bytes = 0;
  double resident_bytes = 0;
};

// From /proc/self/statm, which costs a scrape a few microseconds; /proc/self/stat adds up all
// threads.
std::optional<Memory> read_memory() {
  const Descriptor file(::open("/proc/self/statm", O_RDONLY | O_CLOEXEC));
  std::array<char, 256> buffer{};
  const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
  if (got <= 0) return std::nullopt;
  std::istringstream fields(std::string(buffer.data(), static_cast<std::size_t>(got)));
  double virtual_pages = 0;
  double resident_pages = 0;
  if (!(fields >> virtual_pages >> resident_pages)) return std::nullopt;
  const auto page_bytes = static_cast<double>(::sysconf(_SC_PAGESIZE));
  return Memory{virtual_pages * page_bytes, resident_pages * page_bytes};
}

// When this process started, in clock ticks since the system booted (proc(5), field 22).
std::optional<double> read_start_ticks() {
  std::ifstream file("/proc/self/stat");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  // Field 2 is the program's name in parentheses and may hold anything, parentheses included.
  const std::size_t name_end = text.rfind(')');
  if (name_end == std::string::npos) return std::nullopt;
  std::istringstream fields(text.substr(name_end + 1));
  std::string skipped;
  for (int field = 3; field < 22; ++field) fields >> skipped;
  double ticks = 0;
  if (!(fields >> ticks)) return std::nullopt;
  return ticks;
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

std::optional<double> read_start_time() {
  const std::optional<double> boot_time = read_boot_time();
  const std::optional<double> ticks = read_start_ticks();
  if (!boot_time || !ticks) return std::nullopt;
  return *boot_time + *ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::optional<double> count_open_descriptors() {
  DIR* const entries = ::opendir("/proc/self/fd");
  if (entries == nullptr) return std::nullopt;
  double count = -3;  // without ".", ".." and the one that reads the directory
  while (::readdir(entries) != nullptr) ++count;
  ::closedir(entries);
  return count;
}

std::optional<double> read_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::nullopt;
  return static_cast<double>(limit.rlim_cur);
}

// A row of the table of process metrics; `read` finds nothing if this system does not tell it.
struct ProcessMetric {
  MetricHead head;
  std::optional<double> (*read)(const std::optional<Memory>& memory) = nullptr;
};

const std::vector<ProcessMetric>& process_metrics() {
  using OfMemory = const std::optional<Memory>&;
  static const std::vector<ProcessMetric> table{
      {{"process_cpu_seconds_total",
        "Total user and system CPU time spent in seconds.",
        {},
        MetricType::kCounter},
       [](OfMemory) { return std::optional(cpu_seconds()); }},
      {{"process_max_fds", "Maximum number of open file descriptors."},
       [](OfMemory) { return read_descriptor_limit(); }},
      {{"process_open_fds", "Number of open file descriptors."},
       [](OfMemory) { return count_open_descriptors(); }},
      {{"process_resident_memory_bytes", "Resident memory size in bytes."},
       [](OfMemory memory) {
         return memory ? std::optional(memory->resident_bytes) : std::nullopt;
       }},
      {{"process_start_time_seconds", "Start time of the process since unix epoch in seconds."},
       [](OfMemory) {
         static const std::optional<double> start_time = read_start_time();  // does not change
         return start_time;
       }},
      {{"process_virtual_memory_bytes", "Virtual memory size in bytes."},
       [](OfMemory memory) {
         return memory ? std::optional(memory->virtual_bytes) : std::nullopt;
       }},
      {{"cloud_billing_log_lines_dropped_total",
        "Lines of the log that could not be written, because nobody reads it or there is no room.",
        {},
        MetricType::kCounter},
       [](OfMemory) { return std::optional(static_cast<double>(log_lines_dropped())); }},
  };
  return table;
}

}  // namespace

std::vector<MetricHead> process_metric_heads() {
  std::vector<MetricHead> heads;
  for (const ProcessMetric& metric : process_metrics()) heads.push_back(metric.head);
  return heads;
}

std::string render_process_metrics(ExpositionFormat format) {
  const std::optional<Memory> memory = read_memory();
  std::string out;
  for (const ProcessMetric& metric : process_metrics()) {
    std::string series;
    FamilyWriter family(series, metric.head.name);
    if (const std::optional<double> value = metric.read(memory)) family.add({}, {}, *value);
    append_family(out, metric.head, series, format);
  }
  return out;
}

}  // namespace cloud_billing
