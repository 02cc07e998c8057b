#include "publishing/counter_exposition.h"

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

#include "exposition/family_writer.h"

namespace cloud_billing {
namespace {

bool is_of_accounts(const CounterRow& row) {
  return std::holds_alternative<WriteOfAccount>(row.series);
}

}  // namespace

CounterExposition::CounterExposition(const SelfMetrics& counters) : counters_(counters) {
  for (const CounterRow& row : counter_table()) {
    families_.emplace_back(row.head);
    families_.back().set_groups(1);
  }
}

void CounterExposition::update() {
  std::set<std::size_t> groups;
  SelfMetrics::Counted counted = counters_.counted();
  for (const std::size_t place : counted.accounts->take_changed()) {
    groups.insert(place / kGroupAccounts);
  }
  if (counted.accounts != shown_.accounts) {
    const std::size_t all = count_groups(counted.accounts->size());
    for (std::size_t group = 0; group < all; ++group) groups.insert(group);
    for (std::size_t row = 0; row < families_.size(); ++row) {
      if (is_of_accounts(counter_table()[row])) families_[row].set_groups(all);
    }
  }
  shown_ = std::move(counted);
  for (const std::size_t group : groups) write_group(group);
  for (std::size_t row = 0; row < families_.size(); ++row) {
    if (is_of_accounts(counter_table()[row])) continue;
    std::string text;
    FamilyWriter family(text, counter_table()[row].head.name);
    write_counter_row(family, counter_table()[row], shown_);
    families_[row].put(0, text);
  }
}

void CounterExposition::write_group(std::size_t group) {
  const std::size_t begin = group * kGroupAccounts;
  const std::size_t end = std::min(begin + kGroupAccounts, shown_.accounts->size());
  std::string text;
  for (std::size_t row = 0; row < families_.size(); ++row) {
    const auto* write = std::get_if<WriteOfAccount>(&counter_table()[row].series);
    if (write == nullptr) continue;
    text.clear();
    FamilyWriter family(text, counter_table()[row].head.name);
    for (std::size_t place = begin; place < end; ++place) {
      (*write)(family, *shown_.accounts, place);
    }
    families_[row].put(group, text);
  }
}

void CounterExposition::keep_text(bool kept) {
  for (FamilyParts& family : families_) family.keep_text(kept);
}

Families CounterExposition::share() {
  Families shared;
  for (FamilyParts& family : families_) shared.push_back(family.share());
  return shared;
}

void write_counter_row(FamilyWriter& family, const CounterRow& row,
                       const SelfMetrics::Counted& counted) {
  if (const auto* write = std::get_if<WriteOfAccount>(&row.series)) {
    for (std::size_t place = 0; place < counted.accounts->size(); ++place) {
      (*write)(family, *counted.accounts, place);
    }
    return;
  }
  std::get<WriteTogether>(row.series)(family, *counted.together);
}

std::string render_counters(const SelfMetrics& counters) {
  const SelfMetrics::Counted shown = counters.counted();
  std::string text;
  for (const CounterRow& row : counter_table()) {
    if (row.head.type != MetricType::kCounter) continue;
    std::string series;
    FamilyWriter family(series, row.head.name);
    write_counter_row(family, row, shown);
    append_family(text, row.head, series, ExpositionFormat::kText);
  }
  return text;
}

}  // namespace cloud_billing
