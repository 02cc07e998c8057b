#pragma once

// How many threads this process may have, and what says so: some limits count what other processes
// have, so that only trying tells. Called on the main thread, before the threads that need room.

#include <cstddef>
#include <string>

namespace cloud_billing {

// How many more threads could be had just now, `most` at most. None of them is left.
[[nodiscard]] std::size_t count_threads_to_be_had(std::size_t most);

// The limits that this process is under, the lowest first, such as "pids.max of
// /sys/fs/cgroup/system.slice is 200 (TasksMax= of systemd, --pids-limit of a container engine);
// ulimit -u is 15452". Paths are from `root` on.
[[nodiscard]] std::string name_thread_limits(const std::string& root = "");

}  // namespace cloud_billing
