#include "system/thread_room.h"

#include <pthread.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "system/mutex.h"

namespace cloud_billing {
namespace {

using Limits = std::vector<std::pair<std::uint64_t, std::string>>;

// Waits as long as the caller holds the mutex.
void* wait_for_caller(void* mutex) {
  const MutexLock lock(*static_cast<Mutex*>(mutex));
  return nullptr;
}

std::size_t count_own_threads() {
  std::error_code error;
  const std::filesystem::directory_iterator tasks("/proc/self/task", error);
  return static_cast<std::size_t>(std::distance(begin(tasks), end(tasks)));
}

// A thread that was joined counts until the system has forgotten it.
void await_own_threads(std::size_t count) {
  const auto give_up_at = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  while (count_own_threads() > count && std::chrono::steady_clock::now() < give_up_at) {
    std::this_thread::yield();
  }
}

std::optional<std::uint64_t> read_number(const std::string& path) {
  std::ifstream file(path);
  std::uint64_t number = 0;
  if (file >> number) return number;
  return std::nullopt;  // it may say "max"
}

// The lowest pids.max of a control group and of those around it, as far as they are shown: to a
// container its own group may be the outermost.
void find_group_limit(const std::string& hierarchy, const std::string& group, Limits& limits) {
  std::optional<std::uint64_t> lowest;
  std::string whose;
  for (std::string at = hierarchy + group; at.size() >= hierarchy.size();
       at.resize(at.rfind('/'))) {
    while (at.ends_with('/')) at.pop_back();
    const auto limit = read_number(at + "/pids.max");
    if (!limit || (lowest && *limit >= *lowest)) continue;
    lowest = limit;
    whose = at;
  }
  if (!lowest) return;
  limits.emplace_back(*lowest, "pids.max of " + whose + " is " + std::to_string(*lowest) +
                                   " (TasksMax= of systemd, --pids-limit of a container engine)");
}

// cgroups(7): "0::/group" in version 2, "4:pids:/group" in version 1.
void find_group_limits(const std::string& root, Limits& limits) {
  std::ifstream file(root + "/proc/self/cgroup");
  for (std::string line; std::getline(file, line);) {
    const std::size_t path = line.find(":/");
    if (path == std::string::npos) continue;
    const std::string group = line.substr(path + 1);
    if (line.starts_with("0::")) {
      find_group_limit(root + "/sys/fs/cgroup", group, limits);
    } else if (line.substr(0, path).ends_with(":pids")) {
      find_group_limit(root + "/sys/fs/cgroup/pids", group, limits);
    }
  }
}

}  // namespace

std::size_t count_threads_to_be_had(std::size_t most) {
  constexpr std::size_t kStackBytes = std::size_t{256} << 10;  // sanitizers need some
  const std::size_t before = count_own_threads();
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStackBytes);
  std::vector<pthread_t> threads;
  threads.reserve(most);
  Mutex mutex;
  {
    const MutexLock lock(mutex);
    pthread_t thread{};
    while (threads.size() < most &&
           pthread_create(&thread, &attributes, &wait_for_caller, &mutex) == 0) {
      threads.push_back(thread);
    }
  }
  for (const pthread_t thread : threads) pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  await_own_threads(before);
  return threads.size();
}

std::string name_thread_limits(const std::string& root) {
  Limits limits;
  find_group_limits(root, limits);
  rlimit own{};
  if (::getrlimit(RLIMIT_NPROC, &own) == 0 && own.rlim_cur != RLIM_INFINITY) {
    limits.emplace_back(own.rlim_cur, "ulimit -u is " + std::to_string(own.rlim_cur));
  }
  if (const auto all = read_number(root + "/proc/sys/kernel/threads-max")) {
    limits.emplace_back(*all, "kernel.threads-max is " + std::to_string(*all));
  }
  std::sort(limits.begin(), limits.end());
  std::string text;
  for (const auto& [number, limit] : limits) text += (text.empty() ? "" : "; ") + limit;
  return text;
}

}  // namespace cloud_billing
