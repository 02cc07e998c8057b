#pragma once

// Whole files: the configuration in, the output of --once out. Any thread.

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace cloud_billing {

struct FileError {
  std::string message;  // names the path and what the system said
};

[[nodiscard]] Result<std::string, FileError> read_whole_file(const std::string& path);

// Writes aside, flushes to the disk and renames: a reader sees the old content or the new, never a
// part.
[[nodiscard]] std::optional<FileError> replace_file(const std::string& path,
                                                    std::string_view content);

}  // namespace cloud_billing
