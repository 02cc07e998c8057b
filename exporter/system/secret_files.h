#pragma once

// Secrets that the configuration names by path: reading them, and noticing that they changed, as
// when Kubernetes swaps the link to a mounted secret. One thread owns a SecretFiles.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/result.h"

namespace cloud_billing {

// The key in a file of at most 64 KiB, without a byte order mark and the blanks and line breaks
// around it. What is no key (core/key_text.h) is an error, and so is a line "NAME=value". The error
// tells what is in the way, never the content; `shown` stands for the path in it.
[[nodiscard]] Result<std::string> read_secret_file(const std::string& path, std::string_view shown);

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
