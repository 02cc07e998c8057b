#pragma once

// The exposition of render_exposition(), brought about piece by piece: accounts stand in groups,
// and of a group only the families are written anew that show what has changed in one of its
// accounts. Cost follows what changed, not what there is. Owned by one thread; what it shares is
// immutable.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "exposition/exposition.h"
#include "exposition/family_parts.h"
#include "exposition/metric_row.h"
#include "exposition/overall.h"
#include "exposition/service_names.h"
#include "exposition/shown_account.h"

namespace cloud_billing {

// An account's newest view; the account is the index in the configuration.
struct NewView {
  std::size_t account = 0;
  std::shared_ptr<const AccountView> view;  // null: none
};

class IncrementalExposition {
 public:
  // Heads name what these providers tell.
  explicit IncrementalExposition(std::span<const ProviderFacts> providers);

  // Another configuration, of whose accounts nothing is known yet.
  void show_config(std::shared_ptr<const Config> config);

  // The program's configuration must be the one that is shown.
  void update(const Program& program, const std::vector<NewView>& views, UtcSeconds now);

  void keep_text(bool kept);

  [[nodiscard]] Families share();

  // As next_change_after() of what update() was given.
  [[nodiscard]] UtcSeconds next_change() const;

  // What it shows, for rendering everything at once.
  [[nodiscard]] Snapshot snapshot(const Program& program) const;

  // Whether there is a view of every account.
  [[nodiscard]] bool knows_all() const { return known_accounts_ == views_.size(); }

  // In the order in which they are shown; another number whenever they may be others than before.
  [[nodiscard]] const std::vector<TwiceShown>& counted_twice() const { return counted_twice_; }
  [[nodiscard]] std::uint64_t counted_twice_revision() const { return counted_twice_revision_; }

 private:
  struct Group {
    bool is_written = false;  // with this configuration
    bool has_new_views = true;
    UtcSeconds next_change{};  // of what it shows, without a new view
  };

  // If time alone has changed what it shows, all of its accounts are looked at.
  void update_group(std::size_t group, UtcSeconds now, bool time_has_come);
  [[nodiscard]] UtcSeconds next_change_of(const AccountView& view, UtcSeconds now) const;
  [[nodiscard]] Subjects update_account(std::size_t place, UtcSeconds now);
  [[nodiscard]] std::span<const ShownAccount> accounts_of(std::size_t group) const;
  void write_group(std::size_t group, const Subjects& changed);
  // Whether what the series show may have changed since they were written.
  [[nodiscard]] bool has_changed(OverallSubject subject) const;
  void write_overall(const Program& program);

  std::shared_ptr<const Config> config_;
  StaticLabelNames label_names_;
  MaxAgeOf max_age_of_;
  ProviderZones providers_;
  std::vector<std::size_t> places_;  // in accounts_, by the index in the configuration

  std::vector<std::shared_ptr<const AccountView>> views_;  // by place; null: not known yet
  std::vector<ShownAccount> accounts_;    // by place, as written; without a view: not yet
  std::vector<UtcSeconds> next_changes_;  // by place, of what is written, without a new view
  std::vector<Group> groups_;
  std::size_t known_accounts_ = 0;
  UtcSeconds now_{};

  ServiceNames service_names_;
  bool knows_names_ = false;  // false: all accounts have to be read
  std::vector<TwiceShown> counted_twice_;
  std::uint64_t counted_twice_revision_ = 0;
  bool knows_twice_ = false;  // likewise
  // As written.
  std::uint64_t written_names_ = 0;
  std::uint64_t written_twice_ = 0;

  std::vector<FamilyParts> families_;  // by row of the metric table
};

}  // namespace cloud_billing
