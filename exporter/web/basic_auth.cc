#include "web/basic_auth.h"

#include <crypt.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <random>
#include <utility>

#include "core/hmac.h"

namespace cloud_billing {
namespace {

// Beyond this many good passwords they are worked out again: enough for one each.
constexpr std::size_t kMaxAdmitted = 1024;

// Each holds a worker of the web server, of which scrapes need some.
constexpr int kMaxChecking = 64;

class Counted {
 public:
  explicit Counted(std::atomic<int>& counter) : counter_(counter), count_(++counter) {}
  ~Counted() { --counter_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
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
  const bool is_basic =
      std::equal(kScheme.begin(), kScheme.end(), header.begin(), [](char expected, char c) {
        return expected == (c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c);
      });
  if (!is_basic) return std::nullopt;
  header.remove_prefix(std::min(header.find_first_not_of(' ', kScheme.size()), header.size()));
  const auto text = decode_base64(header);
  if (!text) return std::nullopt;
  const std::size_t colon = text->find(':');
  // bcrypt would read up to a zero byte only.
  if (colon == std::string::npos || text->find('\0') != std::string::npos) return std::nullopt;
  return std::pair(text->substr(0, colon), text->substr(colon + 1));
}

std::string make_random_key() {
  std::random_device device;
  std::string key;
  for (int i = 0; i < 32; ++i) key += static_cast<char>(device() & 0xFFU);
  return key;
}

// Takes the same time wherever they differ.
bool are_equal(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference |=
        static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
  }
  return difference == 0;
}

// The most expensive hash: how long a check takes tells nothing about who exists.
const std::string& costliest(const BasicAuth::Users& users) {
  const auto by_cost = [](const auto& a, const auto& b) {
    return a.second.substr(4, 2) < b.second.substr(4, 2);
  };
  return std::max_element(users.begin(), users.end(), by_cost)->second;
}

}  // namespace

BasicAuth::BasicAuth(Users users)
    : cache_key_(make_random_key()), users_(std::make_shared<const Users>(std::move(users))) {}

BasicAuth::~BasicAuth() = default;

void BasicAuth::replace(Users users) {
  auto replaced = std::make_shared<const Users>(std::move(users));
  const std::lock_guard lock(mutex_);
  users_ = std::move(replaced);
  admitted_.clear();
}

bool BasicAuth::asks() const {
  const std::lock_guard lock(mutex_);
  return !users_->empty();
}

bool BasicAuth::admits(std::string_view authorization) {
  std::shared_ptr<const Users> users;
  {
    const std::lock_guard lock(mutex_);
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
    const std::lock_guard lock(mutex_);
    if (admitted_.contains(digest)) return true;
  }
  const bool good = is_password(password, hash) && known != users->end();
  if (good) {
    const std::lock_guard lock(mutex_);
    if (admitted_.size() >= kMaxAdmitted) admitted_.clear();
    if (users == users_) admitted_.insert(digest);
  }
  return good;
}

bool BasicAuth::is_password(const std::string& password, const std::string& hash) {
  const Counted counted(checking_);
  if (counted.count() > kMaxChecking) return false;
  const Turn turn(turns_);
  if (stopped_) return false;
  const auto state = std::make_unique<crypt_data>();  // 32 KiB: too much for a worker's stack
  const char* const computed = crypt_r(password.c_str(), hash.c_str(), state.get());
  return computed != nullptr && are_equal(computed, hash);
}

}  // namespace cloud_billing
