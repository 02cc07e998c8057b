#include "system/thread_room.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/temporary_directory.h"

namespace cloud_billing {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::ptrdiff_t own_threads() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/task"), {});
}

TEST(ThreadRoom, IsCountedWithoutLeavingAThread) {
  (void)count_threads_to_be_had(1);  // with the first begins ThreadSanitizer's own
  const auto before = own_threads();
  EXPECT_EQ(count_threads_to_be_had(20), 20);
  EXPECT_EQ(count_threads_to_be_had(0), 0);
  EXPECT_EQ(own_threads(), before);
}

// Lowers what this process may have, as ulimit -u does, which holds for nobody's processes, not for
// root's. Both are gone with a process of its own.
int count_under_a_limit(rlim_t most) {
  if (::geteuid() == 0 && ::setuid(65534) != 0) return -1;
  const rlimit limit{most, most};
  if (::setrlimit(RLIMIT_NPROC, &limit) != 0) return -1;
  return static_cast<int>(count_threads_to_be_had(20));
}

TEST(ThreadRoom, IsNoneIfTheLimitIsReached) {
  EXPECT_EXIT(std::_Exit(count_under_a_limit(1)), testing::ExitedWithCode(0), "");
}

TEST(ThreadRoom, IsLimitedByUlimit) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NPROC, &before), 0);
  const rlimit lower{std::min<rlim_t>(before.rlim_max, 4321), before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NPROC, &lower), 0);
  const std::string limits = name_thread_limits();
  ::setrlimit(RLIMIT_NPROC, &before);
  EXPECT_THAT(limits, HasSubstr("ulimit -u is " + std::to_string(lower.rlim_cur)));
}

// A system of files that says what /proc and /sys say elsewhere.
class ThreadLimits : public TemporaryDirectoryTest {
 protected:
  void write(const std::string& path, const std::string& text) const {
    const std::filesystem::path file = root() + path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  [[nodiscard]] std::string root() const { return directory_.string(); }
};

TEST_F(ThreadLimits, NameTheLowestOfTheControlGroupsAround) {
  write("/proc/self/cgroup", "0::/system.slice/billing.service\n");
  write("/sys/fs/cgroup/system.slice/billing.service/pids.max", "512\n");
  write("/sys/fs/cgroup/system.slice/pids.max", "max\n");
  write("/proc/sys/kernel/threads-max", "126000\n");
  EXPECT_THAT(
      name_thread_limits(root()),
      StartsWith("pids.max of " + root() +
                 "/sys/fs/cgroup/system.slice/billing.service is 512 (TasksMax= of systemd, "
                 "--pids-limit of a container engine)"));
  EXPECT_THAT(name_thread_limits(root()), HasSubstr("; kernel.threads-max is 126000"));
  write("/sys/fs/cgroup/system.slice/pids.max", "100\n");
  EXPECT_THAT(name_thread_limits(root()),
              StartsWith("pids.max of " + root() + "/sys/fs/cgroup/system.slice is 100 "));
}

TEST_F(ThreadLimits, OfVersion1AreThoseOfItsControllerPids) {
  write("/proc/self/cgroup",
        "12:memory:/docker/0a1b\n4:pids:/docker/0a1b\n1:name=systemd:/x\n0::/y\n");
  write("/sys/fs/cgroup/pids/pids.max", "200\n");  // a container sees its own group as the root
  write("/sys/fs/cgroup/memory/pids.max", "3\n");
  EXPECT_THAT(name_thread_limits(root()),
              StartsWith("pids.max of " + root() + "/sys/fs/cgroup/pids is 200 "));
}

TEST_F(ThreadLimits, ThatAreNoneAreNotNamed) {
  write("/proc/self/cgroup", "0::/\n");
  write("/sys/fs/cgroup/pids.max", "max\n");
  EXPECT_THAT(name_thread_limits(root()), Not(HasSubstr("pids.max")));
}

}  // namespace
}  // namespace cloud_billing
