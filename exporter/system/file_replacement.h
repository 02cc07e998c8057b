#pragma once

// A file that is written piece by piece beside the one that it replaces, and takes its name at the
// end. Any thread, one at a time.

#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"
#include "system/descriptor.h"

namespace cloud_billing {

// All, the owner only, or those that the umask leaves.
enum class FileReaders { kAll, kOwner, kByUmask };

// What a file that is being written is called: its name, this, and the process's id.
inline constexpr std::string_view kAsideMark = ".tmp";

class FileReplacement {
 public:
  // A file that is replaced keeps its owner and its mode, but for the owner only it has 0600. A new
  // one has what the umask leaves of 0666, or 0644 or 0600 whatever the umask is. A device, a pipe
  // or a file that is open (/dev/stdout) is written to at once. Errors name the path and what the
  // system said.
  [[nodiscard]] static Result<std::unique_ptr<FileReplacement>> open(const std::string& path,
                                                                     FileReaders readers);

  FileReplacement(const FileReplacement&) = delete;
  FileReplacement& operator=(const FileReplacement&) = delete;
  // What was not finished is removed.
  ~FileReplacement();

  // Whether it is written to at once.
  [[nodiscard]] bool is_stream() const { return aside_.empty(); }

  [[nodiscard]] Status write(std::string_view content);
  // Flushes to the disk and renames: a reader sees the old content or the new, never a part.
  [[nodiscard]] Status finish();

 private:
  FileReplacement(std::string path, std::string target, std::string aside, Descriptor file);

  const std::string path_;    // as it was given
  const std::string target_;  // where it leads to
  std::string aside_;         // empty: `file_` is a stream, or nothing is left to be removed
  const Descriptor file_;
};

}  // namespace cloud_billing
