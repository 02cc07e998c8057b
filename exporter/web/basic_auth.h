#pragma once

// Who may read: users and the bcrypt hashes of their passwords, as in Prometheus's
// exporter-toolkit. Owner of libcrypt. Any thread; a check takes as long as bcrypt takes (60 ms at
// cost 10), but only the first time that a good password comes.

#include <atomic>
#include <map>
#include <memory>
#include <semaphore>
#include <set>
#include <string>
#include <string_view>

#include "core/hmac.h"
#include "system/mutex.h"

namespace cloud_billing {

class BasicAuth {
 public:
  using Users = std::map<std::string, std::string>;  // name to hash; none: everybody may read

  explicit BasicAuth(Users users);
  ~BasicAuth();

  // The users from now on.
  void replace(Users users);

  // From now on nobody is admitted whose password has yet to be checked, so that nothing waits.
  void stop_checking() { stopped_ = true; }

  // Whether anybody is asked for a password.
  [[nodiscard]] bool asks() const;

  // Whether the request's Authorization header (empty: none) names a user and the password. A user
  // that does not exist costs as much as one that does. False at once, for passwords that have not
  // been good before, while many others are being checked.
  [[nodiscard]] bool admits(std::string_view authorization);

 private:
  [[nodiscard]] bool is_password(const std::string& password, const std::string& hash);

  // Constant after construction.
  const std::string cache_key_;  // random, so that what is cached tells nothing
  // So many bcrypts run at once: more would take the processor from polling.
  std::counting_semaphore<2> turns_{2};

  std::atomic<int> checking_{0};  // bcrypts that run or wait for their turn
  std::atomic<bool> stopped_{false};

  mutable Mutex mutex_;
  std::shared_ptr<const Users> users_ GUARDED_BY(mutex_);
  // Keyed digests of user, hash and password that were good.
  std::set<Sha256Digest> admitted_ GUARDED_BY(mutex_);
};

}  // namespace cloud_billing
