#include "focus_export/account_turns.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace cloud_billing {

AccountTurns::AccountTurns(std::vector<std::string> keys)
    : keys_(std::move(keys)), waiting_(keys_.size()) {
  std::iota(waiting_.begin(), waiting_.end(), std::size_t{0});
}

std::optional<std::size_t> AccountTurns::begin_next() {
  if (under_way_.size() >= kMostAtOnce) return std::nullopt;
  const auto next = std::find_if(waiting_.begin(), waiting_.end(), [this](std::size_t account) {
    return of_key_[keys_[account]] < kMostOfKey;
  });
  if (next == waiting_.end()) return std::nullopt;
  const std::size_t account = *next;
  waiting_.erase(next);
  under_way_.push_back(account);
  ++of_key_[keys_[account]];
  return account;
}

void AccountTurns::end(std::size_t account) {
  std::erase(under_way_, account);
  --of_key_[keys_[account]];
}

void AccountTurns::put_last(std::size_t account) {
  std::erase(under_way_, account);
  under_way_.push_back(account);
}

}  // namespace cloud_billing
