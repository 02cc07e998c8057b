#include "publishing/counted_accounts.h"

#include <algorithm>

#include "exposition/exposition.h"

namespace cloud_billing {

CountedAccounts::CountedAccounts(const ProviderTable& providers, const Config& config,
                                 const CountedAccounts* before)
    : accounts_(config.accounts.size()),
      places_(shown_places(config)),
      is_changed_(config.accounts.size()) {
  const StaticLabelNames names = static_label_names(config);
  for (std::size_t i = 0; i < config.accounts.size(); ++i) {
    const AccountConfig& account = config.accounts[i];
    const Provider& provider = providers.named(account.provider->name);
    Account& counted = accounts_[places_[i]];
    counted.provider = &provider;
    counted.labels = account_labels(names, account);
    std::sort(counted.labels.begin(), counted.labels.end());
    counted.collectors = account.collectors;
    const auto operations = provider.operations();
    for (std::size_t row = 0; row < operations.size(); ++row) {
      if (!operations[row].is_sent_for(account.collectors, account.settings)) continue;
      counted.operations.emplace(operations[row].label, row);
    }
    const Key key(account.provider->name, account.name);
    known_.emplace(key, places_[i]);
    if (before != nullptr && before->known_.contains(key)) {
      counted.counts = before->accounts_[before->known_.at(key)].counts;
    } else {
      counted.counts = std::make_shared<Counts>(operations.size());
    }
  }
}

void CountedAccounts::note_change(std::size_t account) {
  const std::size_t place = places_[account];
  const MutexLock lock(mutex_);
  if (is_changed_[place]) return;
  is_changed_[place] = true;
  changed_.push_back(place);
}

std::vector<std::size_t> CountedAccounts::take_changed() {
  std::vector<std::size_t> taken;
  const MutexLock lock(mutex_);
  taken.swap(changed_);
  for (const std::size_t place : taken) is_changed_[place] = false;
  return taken;
}

Count& CountedAccounts::count_of(std::size_t account, const Operation& operation) {
  const Account& counted = accounts_[places_.at(account)];
  const auto operations = counted.provider->operations();
  const auto row =
      std::find_if(operations.begin(), operations.end(),
                   [&operation](const Operation& each) { return &each == &operation; });
  return counted.counts->requests.at(static_cast<std::size_t>(row - operations.begin()));
}

void CountedAccounts::record_poll(std::size_t account, Collector collector, bool failed) {
  Count& count = accounts_[places_.at(account)].counts->polls[static_cast<std::size_t>(collector)];
  ++count.all;
  if (failed) ++count.failures;
  note_change(account);
}

void CountedAccounts::record_request(std::size_t account, const Operation& operation) {
  ++count_of(account, operation).all;
  note_change(account);
}

void CountedAccounts::record_request_failure(std::size_t account, const Operation& operation) {
  ++count_of(account, operation).failures;
  note_change(account);
}

void CountedAccounts::write(FamilyWriter& family, const Account& account, Label own,
                            std::uint64_t value) const {
  std::vector<Label> labels;
  bool is_missing = true;
  for (const auto& [name, text] : account.labels) {
    if (is_missing && own.name < name) labels.push_back(own);
    is_missing = is_missing && own.name >= name;
    labels.push_back({name, text});
  }
  if (is_missing) labels.push_back(own);
  family.add({}, labels, static_cast<double>(value));
}

void CountedAccounts::write_polls(FamilyWriter& family, std::size_t place, Counter counter) const {
  const Account& account = accounts_[place];
  for (const Collector collector : account.collectors) {
    const Count& count = account.counts->polls[static_cast<std::size_t>(collector)];
    write(family, account, {"collector", collector_name(collector)}, count.*counter);
  }
}

void CountedAccounts::write_requests(FamilyWriter& family, std::size_t place,
                                     Counter counter) const {
  const Account& account = accounts_[place];
  for (const auto& [name, row] : account.operations) {
    write(family, account, {"operation", name}, account.counts->requests[row].*counter);
  }
}

}  // namespace cloud_billing
