#include "system/secret_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <string_view>
#include <system_error>

#include "core/ascii.h"
#include "core/key_text.h"
#include "system/descriptor.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kMaxSecretKibibytes = 64;
constexpr std::size_t kMaxSecretBytes = kMaxSecretKibibytes << 10U;

Error error_of(std::string_view shown, std::string_view what) {
  return Error{"cannot read the secret in " + std::string(shown) + ": " + std::string(what)};
}

Error system_error_of(std::string_view shown) {
  return error_of(shown, std::generic_category().message(errno));
}

long long in_nanoseconds(const timespec& time) {
  return static_cast<long long>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

Result<std::string> read_secret_file(const std::string& path, std::string_view shown) {
  // O_NONBLOCK: a pipe without a writer would hold us up.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) return system_error_of(shown);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return system_error_of(shown);
  if (!S_ISREG(status.st_mode)) return error_of(shown, "it is not a file");

  std::string text;
  std::array<char, 4096> chunk{};
  while (text.size() <= kMaxSecretBytes) {
    const ssize_t got = ::read(file.get(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error_of(shown);
    if (got == 0) break;
    text.append(chunk.data(), static_cast<std::size_t>(got));
  }
  if (text.size() > kMaxSecretBytes) {
    return error_of(shown, "it is larger than " + std::to_string(kMaxSecretKibibytes) + " KiB");
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return error_of(shown, "it is UTF-16; save it as UTF-8");
  }
  const std::string_view key = trim_key(text);
  if (key.empty()) return error_of(shown, "it is empty");
  if (is_assignment(key)) {
    return error_of(shown, "it holds a line NAME=value; write the value alone into it");
  }
  if (std::any_of(key.begin(), key.end(), is_control)) {
    return error_of(shown, "it holds more than one line, or a control character");
  }
  if (const auto refusal = refuse_key(key)) return error_of(shown, "it " + *refusal);
  return std::string(key);
}

void SecretFiles::watch(const std::string& path) { seen_[path] = identify(path); }

std::vector<std::string> SecretFiles::take_changed() {
  std::vector<std::string> changed;
  for (auto& [path, before] : seen_) {
    Identity now = identify(path);
    if (now == before) continue;
    before = now;
    changed.push_back(path);
  }
  return changed;
}

SecretFiles::Identity SecretFiles::identify(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return std::make_tuple(static_cast<unsigned long>(status.st_dev),
                         static_cast<unsigned long>(status.st_ino),
                         static_cast<long long>(status.st_size), in_nanoseconds(status.st_mtim),
                         in_nanoseconds(status.st_ctim));
}

}  // namespace cloud_billing
