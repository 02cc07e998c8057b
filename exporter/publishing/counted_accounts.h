#pragma once

// What is counted of each account of a configuration: polls and requests. Plain numbers, which the
// poller's thread raises and any thread reads; which accounts changed is kept, so that nothing is
// done for the others.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/config.h"
#include "core/collector.h"
#include "exposition/family_writer.h"
#include "providers/operation.h"
#include "providers/provider_table.h"
#include "system/mutex.h"

namespace cloud_billing {

// All polls of a collector, or all requests of an operation, and those that failed.
struct Count {
  std::atomic<std::uint64_t> all{0};
  std::atomic<std::uint64_t> failures{0};
};

class CountedAccounts {
 public:
  // Accounts of the same provider and name go on counting what was counted `before`, which may be
  // null. The providers must outlive this; the configuration need not.
  CountedAccounts(const ProviderTable& providers, const Config& config,
                  const CountedAccounts* before);

  // The account is the index in the configuration. On the poller's thread.
  void record_poll(std::size_t account, Collector collector, bool failed);
  void record_request(std::size_t account, const Operation& operation);
  void record_request_failure(std::size_t account, const Operation& operation);

  // The rest on any thread; accounts by their places in the order in which they are shown.
  [[nodiscard]] std::size_t size() const { return accounts_.size(); }
  [[nodiscard]] std::vector<std::size_t> take_changed();

  // One series for each collector, or each operation that its polls may send, by name; and its
  // labels by theirs.
  using Counter = std::atomic<std::uint64_t> Count::*;
  void write_polls(FamilyWriter& family, std::size_t place, Counter counter) const;
  void write_requests(FamilyWriter& family, std::size_t place, Counter counter) const;

 private:
  // Of all that may ever be counted of an account, in the order of enum and operations.
  struct Counts {
    explicit Counts(std::size_t operations) : requests(operations) {}
    std::array<Count, kAllCollectors.size()> polls;
    std::vector<Count> requests;
  };
  struct Account {
    const Provider* provider = nullptr;
    std::vector<std::pair<std::string, std::string>> labels;  // by name
    std::vector<Collector> collectors;
    std::map<std::string_view, std::size_t> operations;  // that it may send, by name: which it is
    std::shared_ptr<Counts> counts;
  };
  using Key = std::pair<std::string, std::string>;  // provider, name

  void write(FamilyWriter& family, const Account& account, Label own, std::uint64_t value) const;
  [[nodiscard]] Count& count_of(std::size_t account, const Operation& operation);
  void note_change(std::size_t account);

  std::vector<Account> accounts_;    // by place
  std::vector<std::size_t> places_;  // by the index in the configuration
  std::map<Key, std::size_t> known_;

  Mutex mutex_;
  std::vector<std::size_t> changed_ GUARDED_BY(mutex_);
  std::vector<bool> is_changed_ GUARDED_BY(mutex_);
};

}  // namespace cloud_billing
