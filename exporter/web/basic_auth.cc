#include "web/basic_auth.h"

#include <crypt.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "core/ascii.h"
#include "core/hmac.h"
#include "core/secret_text.h"

namespace cloud_billing {
namespace {

// Beyond this many good passwords they are worked out again: enough for one each.
constexpr std::size_t kMaxAdmitted = 1024;

// Each holds a worker of the web server, of which scrapes need some.
constexpr int kMaxChecking = 64;

constexpr std::size_t kCacheKeyBytes = 32;

// One of the checks that run or wait.
class CheckUnderWay {
 public:
  explicit CheckUnderWay(std::atomic<int>& counter) : counter_(counter), count_(++counter) {}
  ~CheckUnderWay() { --counter_; }
  CheckUnderWay(const CheckUnderWay&) = delete;
  CheckUnderWay& operator=(const CheckUnderWay&) = delete;
  [[nodiscard]] int count() const { return count_; }

 private:
  std::atomic<int>& counter_;
  const int count_;
};

class Turn {
 public:
  explicit Turn(std::counting_semaphore<2>& turns) : turns_(turns) { turns_.acquire(); }
  ~Turn() { turns_.release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  std::counting_semaphore<2>& turns_;
};

std::optional<unsigned> base64_value(char c) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::size_t at = kAlphabet.find(c);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<unsigned>(at);
}

std::optional<std::string> decode_base64(std::string_view text) {
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const auto value = base64_value(c);
    if (!value) return std::nullopt;
    bits = (bits << 6U) | *value;
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
    }
  }
  return out;
}

// RFC 7617: "Basic", in any case, and base64 of user:password.
std::optional<std::pair<std::string, std::string>> read_authorization(std::string_view header) {
  constexpr std::string_view kScheme = "basic ";
  if (header.size() < kScheme.size()) return std::nullopt;
  if (to_lower_case(header.substr(0, kScheme.size())) != kScheme) return std::nullopt;
  header.remove_prefix(std::min(header.find_first_not_of(' ', kScheme.size()), header.size()));
  const auto text = decode_base64(header);
  if (!text) return std::nullopt;
  const std::size_t colon = text->find(':');
  // bcrypt would read up to a zero byte only.
  if (colon == std::string::npos || text->find('\0') != std::string::npos) return std::nullopt;
  return std::pair(text->substr(0, colon), text->substr(colon + 1));
}

// The most expensive hash: what a check takes tells nothing about who exists.
const std::string& costliest(const BasicAuth::Users& users) {
  const auto by_cost = [](const auto& a, const auto& b) {
    return a.second.substr(4, 2) < b.second.substr(4, 2);
  };
  return std::max_element(users.begin(), users.end(), by_cost)->second;
}

}  // namespace

BasicAuth::BasicAuth(Users users)
    : cache_key_(make_random_key(kCacheKeyBytes)),
      users_(std::make_shared<const Users>(std::move(users))) {}

BasicAuth::~BasicAuth() = default;

void BasicAuth::replace(Users users) {
  auto replaced = std::make_shared<const Users>(std::move(users));
  const MutexLock lock(mutex_);
  users_ = std::move(replaced);
  admitted_.clear();
}

bool BasicAuth::asks() const {
  const MutexLock lock(mutex_);
  return !users_->empty();
}

bool BasicAuth::admits(std::string_view authorization) {
  std::shared_ptr<const Users> users;
  {
    const MutexLock lock(mutex_);
    users = users_;
  }
  if (users->empty()) return true;
  const auto given = read_authorization(authorization);
  if (!given) return false;
  const auto& [user, password] = *given;
  const auto known = users->find(user);
  const std::string& hash = known == users->end() ? costliest(*users) : known->second;
  const Sha256Digest digest = hmac_sha256(cache_key_, user + '\0' + hash + '\0' + password);
  if (known != users->end()) {
    const MutexLock lock(mutex_);
    if (admitted_.contains(digest)) return true;
  }
  const bool good = is_password(password, hash) && known != users->end();
  if (good) {
    const MutexLock lock(mutex_);
    if (admitted_.size() >= kMaxAdmitted) admitted_.clear();
    if (users == users_) admitted_.insert(digest);
  }
  return good;
}

bool BasicAuth::is_password(const std::string& password, const std::string& hash) {
  const CheckUnderWay check(checking_);
  if (check.count() > kMaxChecking) return false;
  const Turn turn(turns_);
  if (stopped_) return false;
  const auto state = std::make_unique<crypt_data>();  // 32 KiB: too much for a worker's stack
  const char* const computed = crypt_r(password.c_str(), hash.c_str(), state.get());
  return computed != nullptr && are_equal_secrets(computed, hash);
}

}  // namespace cloud_billing
