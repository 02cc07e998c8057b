#include "system/whole_file.h"

#include <fcntl.h>
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
  const auto file = FileReplacement::open(path, readers);
  if (!file) return file.error();
  if (Status written = (*file)->write(content); !written) return written;
  return (*file)->finish();
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
