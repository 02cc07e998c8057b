#include "accounts/counted_twice.h"

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace cloud_billing {
namespace {

std::string key_of(std::string_view provider, std::string_view account_id) {
  return std::string(provider).append(1, '\n').append(account_id);
}

// Finds for each account in whose bill its cost counts.
class OnceCounter {
 public:
  OnceCounter(std::size_t accounts, const std::vector<CountedTwice>& pairs, BillingMonth month)
      : readers_(accounts), counted_in_(accounts) {
    for (const CountedTwice& pair : pairs) {
      if (pair.months.contains(month)) readers_[pair.owner].insert(pair.reader);
    }
  }

  std::size_t find(std::size_t account) {
    if (counted_in_[account]) return *counted_in_[account];
    counted_in_[account] = account;  // so that a circle ends
    for (const std::size_t reader : readers_[account]) {
      const bool is_mutual = readers_[reader].contains(account);
      if (is_mutual && reader > account) continue;
      if (find(reader) != reader) continue;  // that bill does not count either
      counted_in_[account] = reader;
      break;
    }
    return *counted_in_[account];
  }

 private:
  std::vector<std::set<std::size_t>> readers_;  // of each account's rows
  std::vector<std::optional<std::size_t>> counted_in_;
};

}  // namespace

std::vector<CountedTwice> find_counted_twice(const std::vector<KnownBills>& accounts) {
  std::unordered_map<std::string, std::vector<std::size_t>> owners;
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    const std::string& id = accounts[i].results->account_id;
    if (!id.empty()) owners[key_of(accounts[i].provider, id)].push_back(i);
  }
  std::vector<CountedTwice> found;
  for (std::size_t reader = 0; reader < accounts.size(); ++reader) {
    std::map<std::size_t, std::set<BillingMonth>> months;  // by owner
    for (const auto& [month, costs] : accounts[reader].results->months) {
      for (const std::string& id : costs.value->account_ids) {
        const auto known = owners.find(key_of(accounts[reader].provider, id));
        if (known == owners.end()) continue;
        for (const std::size_t owner : known->second) {
          if (owner != reader) months[owner].insert(month);
        }
      }
    }
    for (auto& [owner, of_owner] : months) found.push_back({reader, owner, std::move(of_owner)});
  }
  return found;
}

std::vector<std::size_t> count_once(std::size_t accounts, const std::vector<CountedTwice>& pairs,
                                    BillingMonth month) {
  OnceCounter counter(accounts, pairs, month);
  std::vector<std::size_t> counted_in;
  for (std::size_t i = 0; i < accounts; ++i) counted_in.push_back(counter.find(i));
  return counted_in;
}

}  // namespace cloud_billing
