#pragma once

// Secrets that the configuration names by path: reading them, and noticing that they changed, as
// when Kubernetes swaps the link to a mounted secret. One thread owns a SecretFiles.

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "core/result.h"

namespace cloud_billing {

// The whole file, at most 64 KiB, without one newline at its end. Empty files and control
// characters inside are errors: such a secret cannot be sent. The error names the path, never the
// content.
[[nodiscard]] Result<std::string> read_secret_file(const std::string& path);

class SecretFiles {
 public:
  // Starts with the file as it is now. Watch first and read afterwards: a change in between is then
  // reported, not lost.
  void watch(const std::string& path);

  // The watched paths, in order, whose file has changed since the last look: rewritten, replaced,
  // gone or back. Links are followed.
  [[nodiscard]] std::vector<std::string> take_changed();

 private:
  // Device, inode, size, and nanoseconds of modification and of status change; none: no file.
  using Identity =
      std::optional<std::tuple<unsigned long, unsigned long, long long, long long, long long>>;
  static Identity identify(const std::string& path);

  std::map<std::string, Identity> seen_;
};

}  // namespace cloud_billing
