#include "exposition/incremental_exposition.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "exposition/family_writer.h"
#include "exposition/metric_table.h"

namespace cloud_billing {

IncrementalExposition::IncrementalExposition(std::span<const ProviderFacts> providers) {
  for (const MetricRow& row : metric_table()) families_.emplace_back(head_of(row, providers));
}

void IncrementalExposition::show_config(std::shared_ptr<const Config> config) {
  config_ = std::move(config);
  label_names_ = static_label_names(*config_);
  max_age_of_ = config_->polling.max_age_of();
  providers_ = providers_of(*config_);
  places_ = shown_places(*config_);
  const std::size_t accounts = places_.size();
  known_accounts_ = 0;
  views_.assign(accounts, nullptr);
  accounts_.assign(accounts, {});
  next_changes_.assign(accounts, UtcSeconds::max());
  groups_.assign(count_groups(accounts), {});
  for (std::size_t row = 0; row < families_.size(); ++row) {
    const bool of_accounts = std::holds_alternative<AccountSeries>(metric_table()[row].series);
    families_[row].set_groups(of_accounts ? groups_.size() : 1);
  }
  knows_names_ = false;
  knows_twice_ = false;
}

void IncrementalExposition::update(const Program& program, const std::vector<NewView>& views,
                                   UtcSeconds now) {
  for (const NewView& view : views) {
    if (!view.view) continue;
    const std::size_t place = places_.at(view.account);
    if (!views_[place]) ++known_accounts_;
    views_[place] = view.view;
    groups_[place / kGroupAccounts].has_new_views = true;
  }
  const bool all = now < now_;  // what was too old, or over, may not be so any more
  now_ = now;
  for (std::size_t group = 0; group < groups_.size(); ++group) {
    const Group& known = groups_[group];
    const bool time_has_come = all || known.next_change <= now;
    if (time_has_come || known.has_new_views) update_group(group, now, time_has_come);
  }
  if (!knows_names_) service_names_.read_all(accounts_);
  if (!knows_twice_) {
    counted_twice_ = list_counted_twice(accounts_);
    ++counted_twice_revision_;
  }
  knows_names_ = true;
  knows_twice_ = true;
  write_overall(program);
}

void IncrementalExposition::update_group(std::size_t group, UtcSeconds now, bool time_has_come) {
  Subjects changed;
  UtcSeconds next_change = UtcSeconds::max();
  const std::size_t begin = group * kGroupAccounts;
  const std::size_t end = std::min(begin + kGroupAccounts, views_.size());
  for (std::size_t place = begin; place < end; ++place) {
    if (!views_[place]) continue;
    if (time_has_come || accounts_[place].view != views_[place]) {
      changed |= update_account(place, now);
      next_changes_[place] = next_change_of(*views_[place], now);
    }
    next_change = std::min(next_change, next_changes_[place]);
  }
  if (!groups_[group].is_written) changed.set();
  if (changed.any()) write_group(group, changed);
  groups_[group] = {true, false, next_change};
}

// The end of its month, or when one of its values becomes too old.
UtcSeconds IncrementalExposition::next_change_of(const AccountView& view, UtcSeconds now) const {
  const BillingZone zone = view.config->provider->billing_zone;
  const UtcSeconds month_end = zone.end_of(zone.month_at(now));
  return std::min(month_end, view.results.next_expiry(now, max_age_of_).value_or(month_end));
}

Subjects IncrementalExposition::update_account(std::size_t place, UtcSeconds now) {
  ShownAccount& known = accounts_[place];
  const AccountView& view = *views_[place];
  const bool has_labels = known.view && known.view->config == view.config;
  std::string labels =
      has_labels ? known.labels : render_account_labels(label_names_, *view.config);
  ShownAccount shown = select_shown(views_[place], std::move(labels), now, max_age_of_);
  const Subjects changed = changed_subjects(known, shown);
  knows_names_ = knows_names_ && service_names_.replace(known.view.get(), view);
  knows_twice_ = knows_twice_ && !cover_differs(known, shown);
  known = std::move(shown);
  return changed;
}

void IncrementalExposition::write_group(std::size_t group, const Subjects& changed) {
  const std::size_t begin = group * kGroupAccounts;
  const std::size_t end = std::min(begin + kGroupAccounts, accounts_.size());
  std::string text;
  for (std::size_t row = 0; row < families_.size(); ++row) {
    const auto* series = std::get_if<AccountSeries>(&metric_table()[row].series);
    if (series == nullptr || !changed[index_of(series->subject)]) continue;
    text.clear();
    FamilyWriter family(text, metric_table()[row].head.name);
    for (std::size_t place = begin; place < end; ++place) {
      const ShownAccount& account = accounts_[place];
      if (account.view) series->write(family, config_->aggregation, account);
    }
    families_[row].put(group, text);
  }
}

bool IncrementalExposition::has_changed(OverallSubject subject) const {
  switch (subject) {
    case OverallSubject::kProgram:
      return true;  // a few lines, and the time is in them
    case OverallSubject::kServiceNames:
      return written_names_ != service_names_.revision();
    case OverallSubject::kCountedTwice:
      return written_twice_ != counted_twice_revision_;
  }
  return true;
}

void IncrementalExposition::write_overall(const Program& program) {
  const Overall overall{now_,           &program, &providers_, known_accounts_, &counted_twice_,
                        &service_names_};
  for (std::size_t row = 0; row < families_.size(); ++row) {
    const auto* series = std::get_if<OverallSeries>(&metric_table()[row].series);
    if (series == nullptr || !has_changed(series->subject)) continue;
    std::string text;
    FamilyWriter family(text, metric_table()[row].head.name);
    series->write(family, overall);
    families_[row].put(0, text);
  }
  written_names_ = service_names_.revision();
  written_twice_ = counted_twice_revision_;
}

void IncrementalExposition::keep_text(bool kept) {
  for (FamilyParts& family : families_) family.keep_text(kept);
}

Families IncrementalExposition::share() {
  Families shared;
  for (FamilyParts& family : families_) shared.push_back(family.share());
  return shared;
}

Snapshot IncrementalExposition::snapshot(const Program& program) const {
  Snapshot all;
  static_cast<Program&>(all) = program;
  all.now = now_;
  all.accounts = views_;
  std::erase(all.accounts, nullptr);
  return all;
}

UtcSeconds IncrementalExposition::next_change() const {
  UtcSeconds next = next_month_change(providers_, now_);
  for (const Group& group : groups_) next = std::min(next, group.next_change);
  return next;
}

}  // namespace cloud_billing
