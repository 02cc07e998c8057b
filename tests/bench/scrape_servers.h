#pragma once

// The contenders of scrape_bench, each a process of its own that serves on a free port of loopback
// until its owner ends.

#include <sys/types.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace scrape_bench {

// Servers run on the last processor; with their client on the first, they do not differ by where
// the scheduler puts them.
enum class Processor { kFirst, kLast };
void pin_to(Processor processor);

class ServerProcess {
 public:
  ServerProcess(pid_t pid, std::uint16_t port) : pid_(pid), port_(port) {}
  ServerProcess(ServerProcess&& other) noexcept;
  ~ServerProcess();  // kills it
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  // From its status, such as "VmRSS", in bytes.
  [[nodiscard]] std::size_t memory(const std::string& field) const;

 private:
  pid_t pid_;
  std::uint16_t port_;
};

struct ExporterProcess {
  ServerProcess server;
  double refresh_cpu_seconds = 0;  // to render, compress and publish everything once
};

// The exporter's own publisher and web server, with about so many series. Call it while this
// process has one thread.
[[nodiscard]] ExporterProcess start_exporter(std::size_t series);

// A loop around accept, recv and send that answers a request with the whole answer given, by
// whether the request names gzip.
[[nodiscard]] ServerProcess start_bare_socket(const std::string& plain, const std::string& packed);

// The program at `path`, with the series of the text.
[[nodiscard]] ServerProcess start_exposer(const std::string& path, const std::string& text);

}  // namespace scrape_bench
