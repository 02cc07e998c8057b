#include "accounts/counted_twice.h"

#include <algorithm>
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

// The entries of one account of a cloud, in their order.
struct EntriesOfId {
  std::vector<std::size_t> owners;                           // whose id it is
  std::map<BillingMonth, std::vector<std::size_t>> readers;  // whose rows hold it
};

// By provider and id; ids of which there is no entry are left out.
using EntriesById = std::unordered_map<std::string, EntriesOfId>;

EntriesById entries_by_id(const std::vector<KnownBills>& accounts) {
  EntriesById entries;
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    const std::string& id = accounts[i].results->account_id;
    if (!id.empty()) entries[key_of(accounts[i].provider, id)].owners.push_back(i);
  }
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    for (const auto& [month, costs] : accounts[i].results->months) {
      for (const std::string& id : costs.value->account_ids) {
        const auto known = entries.find(key_of(accounts[i].provider, id));
        if (known != entries.end()) known->second.readers[month].push_back(i);
      }
    }
  }
  return entries;
}

// The pairs of a reader and an owner.
class Pairs {
 public:
  void add(std::size_t reader, std::size_t owner, BillingMonth month) {
    if (reader != owner) months_[{reader, owner}].insert(month);
  }

  void add_all(const EntriesOfId& entries) {
    for (const auto& [month, readers] : entries.readers) {
      for (const std::size_t reader : readers) {
        for (const std::size_t owner : entries.owners) add(reader, owner, month);
      }
    }
  }

  void add_first(const EntriesOfId& entries) {
    for (const auto& [month, readers] : entries.readers) {
      for (const std::size_t reader : readers) {
        add(reader, first_other(entries.owners, reader), month);
      }
      for (const std::size_t owner : entries.owners) add(first_other(readers, owner), owner, month);
    }
  }

  std::vector<CountedTwice> take() && {
    std::vector<CountedTwice> pairs;
    for (auto& [pair, months] : months_) {
      pairs.push_back({pair.first, pair.second, std::move(months)});
    }
    return pairs;
  }

 private:
  // The account itself if there is no other.
  static std::size_t first_other(const std::vector<std::size_t>& accounts, std::size_t account) {
    if (accounts.front() != account) return accounts.front();
    return accounts.size() > 1 ? accounts[1] : account;
  }

  std::map<std::pair<std::size_t, std::size_t>, std::set<BillingMonth>> months_;
};

// Finds for each account in whose bill its cost counts.
class OnceCounter {
 public:
  OnceCounter(const std::vector<KnownBills>& accounts, BillingMonth month)
      : accounts_(accounts),
        month_(month),
        entries_(entries_by_id(accounts)),
        first_(accounts.size()),
        counted_in_(accounts.size()) {
    for (std::size_t i = 0; i < accounts.size(); ++i) first_[i] = i;
    for (const auto& [key, entries] : entries_) {
      const std::size_t first = first_of(entries);
      for (const std::size_t owner : entries.owners) first_[owner] = first;
    }
  }

  std::size_t find(std::size_t account) {
    if (counted_in_[account]) return *counted_in_[account];
    counted_in_[account] = account;  // so that a circle ends
    const std::size_t first = first_[account];
    const std::size_t found = first == account ? find_in_others(account) : find(first);
    if (found != first || holds(first, id_of(account))) counted_in_[account] = found;
    return *counted_in_[account];
  }

 private:
  [[nodiscard]] const std::string& id_of(std::size_t account) const {
    return accounts_[account].results->account_id;
  }
  [[nodiscard]] bool holds(std::size_t account, const std::string& id) const {
    const auto& months = accounts_[account].results->months;
    const auto known = months.find(month_);
    return known != months.end() && known->second.value->account_ids.contains(id);
  }
  // Of the entries of one account the first whose bill is known; else the first.
  [[nodiscard]] std::size_t first_of(const EntriesOfId& entries) const {
    const auto known =
        std::find_if(entries.owners.begin(), entries.owners.end(),
                     [this](std::size_t owner) { return holds(owner, id_of(owner)); });
    return known == entries.owners.end() ? entries.owners.front() : *known;
  }

  // In the bill of another account of the cloud, or in its own.
  std::size_t find_in_others(std::size_t account) {
    const std::string& id = id_of(account);
    if (id.empty()) return account;
    const EntriesOfId& entries = entries_.at(key_of(accounts_[account].provider, id));
    const auto readers = entries.readers.find(month_);
    if (readers == entries.readers.end()) return account;
    for (const std::size_t reader : readers->second) {
      if (id_of(reader) == id) continue;
      const bool is_mutual = holds(account, id_of(reader));
      if (is_mutual && reader > account) continue;
      if (find(reader) == reader) return reader;  // else that bill does not count either
    }
    return account;
  }

  const std::vector<KnownBills>& accounts_;
  const BillingMonth month_;
  const EntriesById entries_;
  std::vector<std::size_t> first_;  // of the entries of the same account of the cloud
  std::vector<std::optional<std::size_t>> counted_in_;
};

}  // namespace

std::vector<CountedTwice> find_counted_twice(const std::vector<KnownBills>& accounts) {
  Pairs pairs;
  for (const auto& [key, entries] : entries_by_id(accounts)) {
    if (entries.owners.size() > kMostPairedWithEach) {
      pairs.add_first(entries);
    } else {
      pairs.add_all(entries);
    }
  }
  return std::move(pairs).take();
}

bool has_same_bills(const AccountResults& before, const AccountResults& after) {
  return before.account_id == after.account_id &&
         std::equal(before.months.begin(), before.months.end(), after.months.begin(),
                    after.months.end(), [](const auto& a, const auto& b) {
                      return a.first == b.first &&
                             (a.second.value == b.second.value ||
                              a.second.value->account_ids == b.second.value->account_ids);
                    });
}

std::vector<std::size_t> count_once(const std::vector<KnownBills>& accounts, BillingMonth month) {
  OnceCounter counter(accounts, month);
  std::vector<std::size_t> counted_in;
  for (std::size_t i = 0; i < accounts.size(); ++i) counted_in.push_back(counter.find(i));
  return counted_in;
}

}  // namespace cloud_billing
