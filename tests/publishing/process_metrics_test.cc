#include "publishing/process_metrics.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <sstream>
#include <string>

namespace cloud_billing {
namespace {

double value_of(const std::string& text, const std::string& name) {
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line)) {
    if (line.rfind(name + " ", 0) == 0) return std::stod(line.substr(name.size() + 1));
  }
  ADD_FAILURE() << name << " is missing in\n" << text;
  return 0;
}

TEST(ProcessMetrics, AllStandardMetricsArePresentWithHelpAndType) {
  const std::string text = render_process_metrics(ExpositionFormat::kText);
  for (const char* name : {"process_cpu_seconds_total", "process_max_fds", "process_open_fds",
                           "process_resident_memory_bytes", "process_start_time_seconds",
                           "process_virtual_memory_bytes"}) {
    EXPECT_NE(text.find("# HELP " + std::string(name) + " "), std::string::npos) << name;
    EXPECT_NE(text.find("# TYPE " + std::string(name) + " "), std::string::npos) << name;
    (void)value_of(text, name);
  }
  EXPECT_NE(text.find("# TYPE process_cpu_seconds_total counter\n"), std::string::npos);
  EXPECT_EQ(text.find('e' + std::string("+")), std::string::npos) << "no exponents\n" << text;
}

TEST(ProcessMetrics, InOpenMetricsTheCountersFamilyHasNoSuffix) {
  const std::string text = render_process_metrics(ExpositionFormat::kOpenMetrics);
  EXPECT_NE(text.find("# TYPE process_cpu_seconds counter\n"), std::string::npos) << text;
  EXPECT_NE(text.find("# HELP process_cpu_seconds Total"), std::string::npos) << text;
  EXPECT_NE(text.find("\nprocess_cpu_seconds_total "), std::string::npos) << text;
  EXPECT_NE(text.find("# TYPE process_open_fds gauge\n"), std::string::npos) << text;
}

TEST(ProcessMetrics, TimeSpentComputingCounts) {
  const double before =
      value_of(render_process_metrics(ExpositionFormat::kText), "process_cpu_seconds_total");
  double after = before;
  while (after <= before) {
    after = value_of(render_process_metrics(ExpositionFormat::kText), "process_cpu_seconds_total");
  }
  EXPECT_GT(before, 0);
}

TEST(ProcessMetrics, AnOpenedFileCounts) {
  const double before =
      value_of(render_process_metrics(ExpositionFormat::kText), "process_open_fds");
  const int fd = ::open("/dev/null", O_RDONLY);
  EXPECT_EQ(value_of(render_process_metrics(ExpositionFormat::kText), "process_open_fds"),
            before + 1);
  ::close(fd);
}

TEST(ProcessMetrics, TheLimitIsTheSoftOne) {
  rlimit limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &limit), 0);
  EXPECT_EQ(value_of(render_process_metrics(ExpositionFormat::kText), "process_max_fds"),
            static_cast<double>(limit.rlim_cur));
}

TEST(ProcessMetrics, MemoryAndTimesAreInBytesAndSeconds) {
  const std::string text = render_process_metrics(ExpositionFormat::kText);
  const double resident = value_of(text, "process_resident_memory_bytes");
  EXPECT_GT(resident, 1 << 20);  // a C++ program with gtest has more than 1 MiB
  EXPECT_GT(value_of(text, "process_virtual_memory_bytes"), resident);
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  const double started = value_of(text, "process_start_time_seconds");
  EXPECT_LE(started, static_cast<double>(now) + 2);
  EXPECT_GT(started, static_cast<double>(now) - 86400);
}

}  // namespace
}  // namespace cloud_billing
