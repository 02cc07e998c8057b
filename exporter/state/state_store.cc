#include "state/state_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include "core/ascii.h"
#include "core/hmac.h"
#include "system/log.h"

namespace cloud_billing {
namespace {

// A file's first line: what it is, its version, and a sum over the rest, which shows damage that
// would still read as JSON.
constexpr std::string_view kMagic = "cloud_billing_exporter state ";
constexpr int kVersion = 1;

constexpr std::string_view kSuffix = ".state";
constexpr std::size_t kLongestReadableName = 40;

// Long enough to be unique, too short to be taken for a signature.
std::string sum_of(std::string_view what, std::string_view text) {
  constexpr std::size_t kDigits = 32;
  return hex_text(hmac_sha256(what, text)).substr(0, kDigits);
}

std::string header_of(std::string_view body) {
  return std::string(kMagic) + std::to_string(kVersion) + " " + sum_of("state", body) + "\n";
}

// The body, or what is wrong with the file.
Result<std::string_view> open_envelope(std::string_view content) {
  const std::size_t end = content.find('\n');
  const std::string_view header = content.substr(0, end);
  if (!header.starts_with(kMagic)) return Error{"it is no state file of this program"};
  const std::string_view version_text = header.substr(kMagic.size());
  int version = 0;
  std::from_chars(version_text.data(), version_text.data() + version_text.size(), version);
  if (version > kVersion) return Error{"a newer version of this program wrote it"};
  const std::string_view body =
      end == std::string_view::npos ? std::string_view() : content.substr(end + 1);
  if (content.substr(0, content.size() - body.size()) != header_of(body)) {
    return Error{"it is damaged"};
  }
  return body;
}

// What a file of this name says, or what is wrong with it.
Result<AccountRecord> read_record(std::string_view content, const std::string& account) {
  const auto body = open_envelope(content);
  if (!body) return body.error();
  auto record = account_record_from_json(*body);
  if (record && record->account != account) return Error{"it is another account's"};
  return record;
}

void set_aside(const std::string& path, const std::string& reason) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const std::string aside = path + ".bad-" + std::to_string(now.time_since_epoch().count());
  std::error_code error;
  std::filesystem::rename(path, aside, error);
  log_warn("a state file is not used",
           {{"file", path}, {"reason", reason}, {"kept_as", error ? path : aside}});
}

Error explain(const std::string& directory, const std::string& what) {
  return Error{"cannot use --state.dir " + directory + ": " + what};
}

std::string last_error() { return std::generic_category().message(errno); }

}  // namespace

Result<std::unique_ptr<StateStore>> StateStore::open(const std::string& directory) {
  constexpr mode_t kOwnersDirectory = 0700;
  constexpr mode_t kOwnersFile = 0600;
  if (::mkdir(directory.c_str(), kOwnersDirectory) != 0 && errno != EEXIST) {
    return explain(directory, last_error());
  }
  const std::string path = directory + "/lock";
  Descriptor lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnersFile));
  if (lock.get() < 0) return explain(directory, last_error());
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    return explain(directory, errno == EWOULDBLOCK ? "another process uses it" : last_error());
  }
  std::unique_ptr<StateStore> store(new StateStore(directory, std::move(lock)));
  store->remove_unfinished();
  return store;
}

// What a process that was killed had begun to write.
void StateStore::remove_unfinished() const {
  const std::string unfinished = std::string(kSuffix) + std::string(kAsideMark);
  std::vector<std::filesystem::path> found;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory_, error)) {
    if (entry.path().filename().string().find(unfinished) == std::string::npos) continue;
    found.push_back(entry.path());
  }
  for (const std::filesystem::path& path : found) std::filesystem::remove(path, error);
}

// Readable if the name is plain; the sum tells names apart that look alike or are long.
std::string StateStore::path_of(const std::string& account) const {
  std::string name = account.substr(0, kLongestReadableName);
  std::replace_if(
      name.begin(), name.end(),
      [](char c) { return !is_letter_or_digit(c) && c != '-' && c != '_'; }, '_');
  return directory_ + "/" + name + "-" + sum_of("account", account) + std::string(kSuffix);
}

std::optional<AccountRecord> StateStore::load(const std::string& account) {
  const std::string path = path_of(account);
  std::error_code error;
  using std::filesystem::file_type;
  if (std::filesystem::symlink_status(path, error).type() == file_type::not_found) {
    return std::nullopt;
  }
  const file_type type = std::filesystem::status(path, error).type();
  if (type != file_type::regular && type != file_type::none) {  // none: it cannot be told
    set_aside(path, "it is no regular file");
    return std::nullopt;
  }
  const auto content = read_whole_file(path);
  if (!content) {
    log_warn("a state file cannot be read and is left as it is",
             {{"account", account}, {"error", content.error().message}});
    unreadable_.insert(account);
    return std::nullopt;
  }
  auto record = read_record(*content, account);
  if (record) return std::move(record).value();
  set_aside(path, record.error().message);
  return std::nullopt;
}

Status StateStore::save(const AccountRecord& record) {
  const std::string path = path_of(record.account);
  if (unreadable_.contains(record.account)) {
    const auto content = read_whole_file(path);
    std::error_code error;  // if it cannot be told whether the file is there, it may be
    if (!content && std::filesystem::symlink_status(path, error).type() !=
                        std::filesystem::file_type::not_found) {
      return Error{content.error().message +
                   "; make it readable or remove it, it is not replaced before"};
    }
    unreadable_.erase(record.account);
  }
  const std::string body = to_json(record);
  Status replaced = replace_file(path, header_of(body) + body, FileReaders::kOwner);
  if (!replaced) return replaced;
  return sync_directory(directory_);
}

}  // namespace cloud_billing
