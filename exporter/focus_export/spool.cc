#include "focus_export/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace cloud_billing {
namespace {

Error describe_failure(std::string_view doing, const std::string& directory) {
  return Error{"cannot " + std::string(doing) + " a temporary file in " + directory + ": " +
               std::generic_category().message(errno)};
}

// Some file systems have no files without a name: there it loses it at once.
int open_nameless(const std::string& directory) {
  constexpr mode_t kOwnersFile = 0600;
  const int nameless = ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, kOwnersFile);
  if (nameless >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) return nameless;
  std::string name = directory + "/.cloud_billing_exporter.XXXXXX";
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(name.c_str());
  return named;
}

}  // namespace

Error Spool::error_of(std::string_view doing) const { return describe_failure(doing, directory_); }

Result<Spool> Spool::open(const std::string& directory) {
  Descriptor file(open_nameless(directory));
  if (file.get() < 0) return describe_failure("make", directory);
  return Spool(std::move(file), directory);
}

Status Spool::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written =
        ::pwrite(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(size_));
    if (written < 0 && errno == EINTR) continue;
    if (written == 0) errno = EIO;
    if (written <= 0) return error_of("write");
    size_ += static_cast<std::uint64_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Status Spool::read(std::uint64_t place, std::size_t size, std::string& bytes) const {
  bytes.resize(size);
  for (std::size_t done = 0; done < size;) {
    const ssize_t count =
        ::pread(file_.get(), bytes.data() + done, size - done, static_cast<off_t>(place + done));
    if (count < 0 && errno == EINTR) continue;
    if (count == 0) errno = EIO;  // what was written is not there
    if (count <= 0) return error_of("read");
    done += static_cast<std::size_t>(count);
  }
  return {};
}

}  // namespace cloud_billing
