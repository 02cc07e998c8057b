#include "scrape_servers.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "app/providers.h"
#include "publishing/publisher.h"
#include "publishing/self_metrics.h"
#include "scrape_views.h"
#include "web/scrape_route.h"
#include "web/server.h"

namespace scrape_bench {
namespace {

struct Pipe {
  Pipe() {
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  }
  int ends[2]{-1, -1};  // to read, to write
};

void send_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::write(fd, bytes.data(), bytes.size());
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

// Up to the end of the line, or of everything.
std::string read_line(int fd) {
  std::string line;
  char c = 0;
  while (::read(fd, &c, 1) == 1 && c != '\n') line += c;
  if (line.empty()) throw std::runtime_error("a server did not start");
  return line;
}

// Runs `serve` in a child, which tells through its argument, a descriptor, a line and stays.
std::pair<pid_t, std::string> start_child(const std::function<void(int)>& serve) {
  const Pipe pipe;
  const pid_t pid = ::fork();
  if (pid < 0) throw std::runtime_error("no process");
  if (pid == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    pin_to(Processor::kLast);
    ::close(pipe.ends[0]);
    try {
      serve(pipe.ends[1]);
    } catch (const std::exception&) {  // the parent sees that no line came
    }
    ::_exit(1);
  }
  ::close(pipe.ends[1]);
  std::string line = read_line(pipe.ends[0]);
  ::close(pipe.ends[0]);
  return {pid, std::move(line)};
}

std::uint16_t to_port(const std::string& text) {
  return static_cast<std::uint16_t>(std::stoul(text));
}

double cpu_seconds() {
  timespec used{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

// As the exporter does it: on the publisher's thread, once a second at most.
double measure_refresh(cloud_billing::Publisher& publisher, ScrapeViews& made) {
  constexpr std::chrono::milliseconds kPause{20};
  std::vector<double> times;
  for (int i = 0; i < 3; ++i) {
    change_amounts(made);
    const auto before = publisher.current()->views();
    const double begin = cpu_seconds();
    for (std::size_t place = 0; place < made.views.size(); ++place) {
      publisher.show(place, made.views[place]);
    }
    while (publisher.current()->views() == before) std::this_thread::sleep_for(kPause);
    std::this_thread::sleep_for(kPause);  // it also gives memory back
    times.push_back(cpu_seconds() - begin);
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

[[noreturn]] void serve_exporter(std::size_t series, int report) {
  const cloud_billing::SystemClock clock;
  const auto now = std::chrono::floor<std::chrono::seconds>(clock.wall());
  ScrapeViews made = make_views(series, now);
  cloud_billing::SelfMetrics records{cloud_billing::all_providers()};
  records.apply_config(*made.config);
  cloud_billing::Program program;
  program.config = made.config;
  cloud_billing::Publisher publisher(std::move(program), records, clock);
  publisher.publish_now();
  publisher.start_thread();
  const double refresh = measure_refresh(publisher, made);
  auto server = cloud_billing::MetricsServer::start(
      {{"127.0.0.1", 0}},
      {{"/metrics", {"GET"}, [&publisher](const cloud_billing::WebRequest& request) {
          return cloud_billing::respond_to_scrape(request, publisher.current());
        }}});
  if (!server) throw std::runtime_error(server.error().message);
  send_all(report, std::to_string((*server)->bound_addresses().at(0).port) + " " +
                       std::to_string(refresh) + "\n");
  while (true) ::pause();
}

[[noreturn]] void serve_bare(const std::string& plain, const std::string& packed, int report) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* any = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  if (::bind(listener, any, size) != 0 || ::listen(listener, 16) != 0 ||
      ::getsockname(listener, any, &size) != 0) {
    throw std::runtime_error("no socket");
  }
  send_all(report, std::to_string(ntohs(address.sin_port)) + "\n");
  while (true) {
    const int fd = ::accept(listener, nullptr, nullptr);
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    std::array<char, 4096> request{};
    ssize_t got = 0;
    while ((got = ::recv(fd, request.data(), request.size(), 0)) > 0) {
      const std::string_view text(request.data(), static_cast<std::size_t>(got));
      send_all(fd, text.find("gzip") == std::string_view::npos ? plain : packed);
    }
    ::close(fd);
  }
}

}  // namespace

void pin_to(Processor processor) {
  const bool last = processor == Processor::kLast;
  static const cpu_set_t allowed = [] {  // of the first call: children inherit it
    cpu_set_t all;
    CPU_ZERO(&all);
    ::sched_getaffinity(0, sizeof all, &all);
    return all;
  }();
  std::size_t chosen = CPU_SETSIZE;
  for (std::size_t i = 0; i < CPU_SETSIZE && (last || chosen == CPU_SETSIZE); ++i) {
    if (CPU_ISSET(i, &allowed)) chosen = i;
  }
  if (chosen == CPU_SETSIZE) return;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(chosen, &one);
  ::sched_setaffinity(0, sizeof one, &one);
}

ServerProcess::ServerProcess(ServerProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), port_(other.port_) {}

ServerProcess::~ServerProcess() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

std::size_t ServerProcess::memory(const std::string& field) const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  std::string word;
  while (status >> word) {
    std::size_t kilobytes = 0;
    if (word == field + ":" && status >> kilobytes) return kilobytes * 1024;
  }
  return 0;
}

ExporterProcess start_exporter(std::size_t series) {
  const auto [pid, line] = start_child([series](int report) { serve_exporter(series, report); });
  return {{pid, to_port(line)}, std::stod(line.substr(line.find(' ')))};
}

ServerProcess start_bare_socket(const std::string& plain, const std::string& packed) {
  const auto [pid, line] =
      start_child([&plain, &packed](int report) { serve_bare(plain, packed, report); });
  return {pid, to_port(line)};
}

ServerProcess start_exposer(const std::string& path, const std::string& text) {
  const int input = ::memfd_create("series", 0);
  send_all(input, text);
  ::lseek(input, 0, SEEK_SET);
  const auto [pid, line] = start_child([&path, input](int report) {
    ::dup2(input, STDIN_FILENO);
    ::dup2(report, STDOUT_FILENO);
    ::execl(path.c_str(), path.c_str(), nullptr);
  });
  ::close(input);
  return {pid, to_port(line)};
}

}  // namespace scrape_bench
