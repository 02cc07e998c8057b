#include "system/file_replacement.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace cloud_billing {
namespace {

Error error_of(const std::string& path) {
  return Error{"cannot write " + path + ": " + std::generic_category().message(errno)};
}

bool write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written == 0) errno = EIO;  // it would never end
    if (written <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// Where a path leads to: itself, or what the last of its links names, which need not exist.
Result<std::filesystem::path> follow_links(const std::string& path) {
  constexpr int kMaxLinks = 40;  // as Linux
  std::filesystem::path at = path;
  std::error_code error;
  for (int i = 0; i < kMaxLinks; ++i) {
    const std::filesystem::path target = std::filesystem::read_symlink(at, error);
    if (error) return at;
    // Under /proc/<pid>/fd, where /dev/stdout leads, a link is an open file: only opening the link
    // itself reaches a pipe or what has been deleted.
    const std::filesystem::path folder = std::filesystem::canonical(at.parent_path(), error);
    if (!error && folder.native().starts_with("/proc/")) return at;
    at = at.parent_path() / target;
  }
  errno = ELOOP;
  return error_of(path);
}

// A device, a pipe or a file that is open: it is written to, never replaced by a file.
bool leads_to_stream(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_symlink(path, ignored)) return true;  // see follow_links()
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

// Of the file that is replaced, as far as this process may give them.
void take_owner_and_mode(int file, const struct stat& replaced) {
  [[maybe_unused]] const bool given = ::fchown(file, replaced.st_uid, replaced.st_gid) == 0 ||
                                      ::fchown(file, static_cast<uid_t>(-1), replaced.st_gid) == 0;
  ::fchmod(file, replaced.st_mode & 0777U);
}

// A file of its own: what a process of the same id left may have another mode.
int create_file(const std::string& path, mode_t mode) {
  ::unlink(path.c_str());
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
}

}  // namespace

FileReplacement::FileReplacement(std::string path, std::string target, std::string aside,
                                 Descriptor file)
    : path_(std::move(path)),
      target_(std::move(target)),
      aside_(std::move(aside)),
      file_(std::move(file)) {}

FileReplacement::~FileReplacement() {
  if (!aside_.empty()) ::unlink(aside_.c_str());
}

Result<std::unique_ptr<FileReplacement>> FileReplacement::open(const std::string& path,
                                                               FileReaders readers) {
  constexpr mode_t kOwnersFile = 0600;
  constexpr mode_t kReadableFile = 0644;
  constexpr mode_t kForTheUmask = 0666;
  const auto followed = follow_links(path);
  if (!followed) return followed.error();
  const std::string target = followed->string();
  if (leads_to_stream(target)) {
    Descriptor stream(::open(target.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
    if (stream.get() < 0) return error_of(path);
    return std::unique_ptr<FileReplacement>(
        new FileReplacement(path, target, "", std::move(stream)));
  }
  // In the same folder, so that renaming is one step; node_exporter reads only names that end in
  // ".prom".
  std::string aside = target + std::string(kAsideMark) + std::to_string(::getpid());
  struct stat replaced {};
  const bool keeps_mode = readers != FileReaders::kOwner && ::stat(target.c_str(), &replaced) == 0;
  const bool is_by_umask = readers == FileReaders::kByUmask && !keeps_mode;
  Descriptor file(create_file(aside, is_by_umask ? kForTheUmask : kOwnersFile));
  if (file.get() < 0) return error_of(aside);
  if (keeps_mode) {
    take_owner_and_mode(file.get(), replaced);
  } else if (!is_by_umask) {
    ::fchmod(file.get(), readers == FileReaders::kAll ? kReadableFile : kOwnersFile);
  }
  return std::unique_ptr<FileReplacement>(
      new FileReplacement(path, target, std::move(aside), std::move(file)));
}

Status FileReplacement::write(std::string_view content) {
  if (write_all(file_.get(), content)) return {};
  return error_of(aside_.empty() ? path_ : aside_);
}

Status FileReplacement::finish() {
  if (aside_.empty()) return {};
  if (::fsync(file_.get()) != 0) return error_of(aside_);
  if (::rename(aside_.c_str(), target_.c_str()) != 0) return error_of(path_);
  aside_.clear();
  return {};
}

}  // namespace cloud_billing
