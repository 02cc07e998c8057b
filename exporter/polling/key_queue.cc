#include "polling/key_queue.h"

namespace cloud_billing {

KeyQueues form_key_queues(std::list<AccountState>& accounts, const KeyQueues& before,
                          SteadyTime now) {
  KeyQueues key_queues;
  for (AccountState& account : accounts) {
    account.queue = nullptr;
    if (!account.secrets) continue;
    const std::string key =
        std::string(account.provider->facts().name) + " " + account.secrets->access_key_id;
    const auto known = before.find(key);
    const auto [key_queue, is_new] = key_queues.try_emplace(key);
    if (is_new && known != before.end()) {
      key_queue->second.limiter.continue_from(known->second.limiter);
    }
    account.queue = &key_queue->second;
    key_queue->second.limiter.limit_to(account.account().requests_per_second);
    for (CollectorState& collector : account.collectors) {
      key_queue->second.turns.emplace_back(&account, &collector);
    }
  }
  for (const auto& [key, key_queue] : before) {
    if (key_queue.limiter.next_turn() <= now) continue;
    const auto [kept, is_gone] = key_queues.try_emplace(key);
    if (is_gone) kept->second.limiter = key_queue.limiter;
  }
  return key_queues;
}

}  // namespace cloud_billing
