// How long a scrape takes: this exporter's publisher and web server, prometheus-cpp's Exposer with
// the same series, and a bare socket that writes the same bytes, in turns within one run. Only the
// ratios mean something on another machine. Also what the exporter holds in memory and how much CPU
// time it takes to render everything anew. Run it as built for release.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "scrape_client.h"
#include "scrape_servers.h"

namespace scrape_bench {
namespace {

constexpr std::array<std::size_t, 3> kSeries{1'000, 10'000, 100'000};
constexpr int kRounds = 9;
constexpr int kScrapesARound = 7;  // the Exposer, which is slow, is asked once

// What this program is held to, at the sizes above; 0: not stated.
constexpr std::array<double, 3> kFasterPlain{0, 50, 50};
constexpr std::array<double, 3> kFasterPacked{0, 250, 500};
constexpr double kSlowerThanSocket = 1.3;
constexpr std::size_t kMemory = std::size_t{96} << 20;
constexpr double kRefreshCpuSeconds = 0.25;

double median(std::vector<double> times) {
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

const char* verdict(bool good) { return good ? "yes" : "NO"; }

struct Contenders {
  ScrapeClient exporter;
  ScrapeClient socket;
  ScrapeClient exposer;
};

void compare(Contenders& contenders, Coding coding, std::size_t bytes, std::size_t place) {
  std::vector<double> exporter;
  std::vector<double> socket;
  std::vector<double> exposer;
  for (int round = 0; round < kRounds; ++round) {
    for (int i = 0; i < kScrapesARound; ++i) {
      exporter.push_back(contenders.exporter.measure(coding));
      socket.push_back(contenders.socket.measure(coding));
    }
    exposer.push_back(contenders.exposer.measure(coding));
  }
  const bool packed = coding == Coding::kGzip;
  const double own = median(exporter);
  const double faster = median(exposer) / own;
  const double slower = own / median(socket);
  std::printf("%8zu  %-8s %10zu %11.3f %11.3f %11.3f %9.0fx %9.2fx", kSeries[place],
              packed ? "gzip" : "plain", bytes, own * 1e3, median(socket) * 1e3,
              median(exposer) * 1e3, faster, slower);
  const double goal = (packed ? kFasterPacked : kFasterPlain)[place];
  if (goal > 0) {
    std::printf("   >= %.0fx: %s   <= %.1fx: %s", goal, verdict(faster >= goal), kSlowerThanSocket,
                verdict(slower <= kSlowerThanSocket));
  }
  std::printf("\n");
  std::fflush(stdout);
}

std::string_view body_of(std::string_view response) {
  return response.substr(response.find("\r\n\r\n") + 4);
}

void measure_size(std::size_t place, const std::string& exposer_path) {
  const ExporterProcess exporter = start_exporter(kSeries[place]);
  ScrapeClient client(exporter.server.port(), Connections::kKept);
  const std::string plain = client.fetch(Coding::kIdentity);
  const std::string packed = client.fetch(Coding::kGzip);
  const ServerProcess socket = start_bare_socket(plain, packed);
  const ServerProcess exposer = start_exposer(exposer_path, std::string(body_of(plain)));
  Contenders contenders{{exporter.server.port(), Connections::kKept},
                        {socket.port(), Connections::kKept},
                        {exposer.port(), Connections::kClosed}};
  compare(contenders, Coding::kIdentity, body_of(plain).size(), place);
  compare(contenders, Coding::kGzip, body_of(packed).size(), place);
  if (place + 1 < kSeries.size()) return;

  const std::size_t resident = exporter.server.memory("VmRSS");
  const double mebibyte = 1 << 20;
  std::printf(
      "\nAt %zu series: resident %.1f MiB (%.1f at most, Exposer %.1f)   <= %.0f MiB: %s\n"
      "One refresh: %.3f s of CPU, compression included   <= %.2f s: %s\n",
      kSeries[place], static_cast<double>(resident) / mebibyte,
      static_cast<double>(exporter.server.memory("VmHWM")) / mebibyte,
      static_cast<double>(exposer.memory("VmRSS")) / mebibyte,
      static_cast<double>(kMemory) / mebibyte, verdict(resident <= kMemory),
      exporter.refresh_cpu_seconds, kRefreshCpuSeconds,
      verdict(exporter.refresh_cpu_seconds <= kRefreshCpuSeconds));
}

}  // namespace
}  // namespace scrape_bench

int main() {
  try {
    scrape_bench::pin_to(scrape_bench::Processor::kFirst);
    const auto own = std::filesystem::read_symlink("/proc/self/exe");
    std::printf(
        "Medians in ms; the Exposer's and our time, and ours and the bare socket's.\n"
        "%8s  %-8s %10s %11s %11s %11s %10s %10s\n",
        "series", "coding", "bytes", "exporter", "socket", "Exposer", "faster", "slower");
    for (std::size_t place = 0; place < scrape_bench::kSeries.size(); ++place) {
      scrape_bench::measure_size(place, own.parent_path() / "exposer_opponent");
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "scrape_bench: %s\n", error.what());
    return 1;
  }
  return 0;
}
