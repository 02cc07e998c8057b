#include "app/config_watch.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "system/whole_file.h"

namespace cloud_billing {
namespace {

constexpr std::chrono::seconds kSettled{1};

Sha256Digest digest_of(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return {};  // a pipe would be waited for
  const auto text = read_whole_file(path);
  return text ? sha256(*text) : Sha256Digest{};
}

}  // namespace

ConfigWatch::ConfigWatch(std::string path, std::optional<std::chrono::seconds> interval)
    : path_(std::move(path)), interval_(interval) {
  note_reading();
}

bool ConfigWatch::take_change(SteadyTime now) {
  if (!interval_ || now < next_look_) return false;
  const Sha256Digest found = digest_of(path_);
  const bool is_new = found != known_;
  const bool has_settled = seen_ == found;
  next_look_ = now + (is_new && !has_settled ? kSettled : *interval_);
  if (is_new && !has_settled) {
    seen_ = found;
    return false;
  }
  seen_.reset();
  if (is_new) known_ = found;
  return is_new;
}

void ConfigWatch::note_reading() {
  if (!interval_) return;
  known_ = digest_of(path_);
  seen_.reset();
}

}  // namespace cloud_billing
