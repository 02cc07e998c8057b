#include "app/authority_watch.h"

#include <utility>

#include "app/config_file.h"
#include "system/log.h"

namespace cloud_billing {

AuthorityWatch::AuthorityWatch(const std::string& ca_file)
    : files_(find_authority_files(read_environment, ca_file)), current_(nullptr) {
  watch();
  read();
}

void AuthorityWatch::use(const std::string& ca_file) {
  if (ca_file == files_.added_file) return follow();
  files_ = find_authority_files(read_environment, ca_file);
  watch();
  read();
}

void AuthorityWatch::follow() {
  if (watched_.take_changed().empty()) return;
  if (!files_.added_file.empty()) {
    if (const Status good = check_ca_file(files_.added_file); !good) {
      log_error("http.ca_file changed and is refused, the one before stays",
                {{"error", good.error().message}});
      return;
    }
  }
  read();
  log_info("trusted certificates read again", {});
}

// Before reading, so that no change is lost.
void AuthorityWatch::watch() {
  watched_ = {};
  for (const std::string& path : files_.paths()) watched_.watch(path);
}

void AuthorityWatch::read() {
  auto authorities = TrustedAuthorities::read(files_);
  if (!authorities->problem().empty()) {
    log_warn("trusted certificates", {{"error", authorities->problem()}});
  }
  current_.set(std::move(authorities));
}

}  // namespace cloud_billing
