#include "system/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "system/descriptor.h"

namespace cloud_billing {
namespace {

Error error_of(std::string_view doing, const std::string& path) {
  return Error{"cannot " + std::string(doing) + " " + path + ": " +
               std::generic_category().message(errno)};
}

bool write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
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
  return error_of("write", path);
}

// A device, a pipe or a file that is open: it is written to, never replaced by a file.
bool is_stream(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_symlink(path, ignored)) return true;  // see follow_links()
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

// Of the file that is replaced, as far as this process may give them; else 0644 or, for the owner
// only, 0600, whatever the umask is.
void set_owner_and_mode(int file, const std::string& target, FileReaders readers) {
  mode_t mode = readers == FileReaders::kAll ? 0644 : 0600;
  struct stat replaced {};
  if (readers == FileReaders::kAll && ::stat(target.c_str(), &replaced) == 0) {
    mode = replaced.st_mode & 0777U;
    [[maybe_unused]] const bool given =
        ::fchown(file, replaced.st_uid, replaced.st_gid) == 0 ||
        ::fchown(file, static_cast<uid_t>(-1), replaced.st_gid) == 0;
  }
  ::fchmod(file, mode);
}

}  // namespace

Result<std::string> read_whole_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return error_of("read", path);
  std::string content;
  std::array<char, 65536> buffer{};
  while (true) {
    const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return error_of("read", path);
    if (count == 0) return content;
    content.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

Status replace_file(const std::string& path, std::string_view content, FileReaders readers) {
  constexpr mode_t kOwnersFile = 0600;  // until it is whole
  const auto followed = follow_links(path);
  if (!followed) return followed.error();
  const std::string target = followed->string();
  if (is_stream(target)) {
    const Descriptor stream(::open(target.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
    if (stream.get() < 0 || !write_all(stream.get(), content)) return error_of("write", path);
    return {};
  }
  // In the same folder, so that renaming is one step; node_exporter reads only names that end in
  // ".prom".
  const std::string aside = target + std::string(kAsideMark) + std::to_string(::getpid());
  {
    const Descriptor file(
        ::open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kOwnersFile));
    if (file.get() < 0) return error_of("write", aside);
    set_owner_and_mode(file.get(), target, readers);
    if (!write_all(file.get(), content) || ::fsync(file.get()) != 0) {
      const Error error = error_of("write", aside);
      ::unlink(aside.c_str());
      return error;
    }
  }
  if (::rename(aside.c_str(), target.c_str()) != 0) {
    const Error error = error_of("write", path);
    ::unlink(aside.c_str());
    return error;
  }
  return {};
}

Status sync_directory(const std::string& path) {
  const Descriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() < 0) return error_of("open", path);
  // Some file systems cannot, and need not.
  if (::fsync(directory.get()) != 0 && errno != EINVAL) return error_of("write", path);
  return {};
}

std::string path_named_in(const std::string& file, const std::string& path) {
  if (path.empty()) return path;
  return (std::filesystem::path(file).parent_path() / path).string();
}

}  // namespace cloud_billing
