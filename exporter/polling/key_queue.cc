#include "polling/key_queue.h"

namespace cloud_billing {

Lanes form_lanes(std::list<AccountState>& accounts, const Lanes& before, SteadyTime now) {
  Lanes lanes;
  for (AccountState& account : accounts) {
    if (!account.secrets) continue;
    const std::string key =
        std::string(account.provider->facts().name) + " " + account.secrets->access_key_id;
    const auto known = before.find(key);
    const auto [lane, is_new] = lanes.try_emplace(key);
    if (is_new && known != before.end()) lane->second.pace.continue_from(known->second.pace);
    lane->second.pace.limit_to(account.account().requests_per_second);
    for (CollectorState& collector : account.collectors) {
      lane->second.turns.emplace_back(&account, &collector);
    }
  }
  for (const auto& [key, lane] : before) {
    if (lane.pace.next_turn() <= now) continue;
    const auto [kept, is_gone] = lanes.try_emplace(key);
    if (is_gone) kept->second.pace = lane.pace;
  }
  return lanes;
}

}  // namespace cloud_billing
