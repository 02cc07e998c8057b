#pragma once

// Whole files: the configuration in, the output of --once and the state out. Any thread.

#include <string>
#include <string_view>

#include "core/result.h"
#include "system/file_replacement.h"

namespace cloud_billing {

// Errors name the path and what the system said.
[[nodiscard]] Result<std::string> read_whole_file(const std::string& path);

// Writes aside, flushes to the disk and renames: a reader sees the old content or the new, never a
// part. Owner and mode are those of FileReplacement::open(). A process that is killed meanwhile
// leaves a file beside, named with kAsideMark.
[[nodiscard]] Status replace_file(const std::string& path, std::string_view content,
                                  FileReaders readers = FileReaders::kAll);

// Flushes names to the disk, such as those that replace_file() gave.
[[nodiscard]] Status sync_directory(const std::string& path);

// The path of a file that another one names: relative paths start in that file's folder. Empty for
// an empty one.
[[nodiscard]] std::string path_named_in(const std::string& file, const std::string& path);

}  // namespace cloud_billing
