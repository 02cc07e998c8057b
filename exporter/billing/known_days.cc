#include "billing/known_days.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace cloud_billing {
namespace {

// A week before the newest one is compared with it.
constexpr int kDaysWithServices = 8;
// Rows of the newest days still come in.
constexpr int kDaysThatChange = 3;

BillingDay first_of_month_before(BillingDay day) {
  const auto month = day.year() / day.month() - std::chrono::months(1);
  return month / std::chrono::day(1);
}

// Left as it is if a sum overflows.
DayCosts without_services(DayCosts day) {
  std::map<DayCostKey, Amount> merged;
  for (const auto& [key, billed_cost] : day.billed_costs) {
    if (!merged[{key.currency, {}, key.billing_mode}].add(billed_cost)) return day;
  }
  day.billed_costs = std::move(merged);
  return day;
}

}  // namespace

KnownDays::KnownDays(DayCosts day, UtcSeconds read_at) { add_newest(std::move(day), read_at); }

void KnownDays::add_newest(DayCosts day, UtcSeconds read_at) {
  newest_ = std::make_shared<const DayCosts>(std::move(day));
  put(*newest_, read_at);
  while (days_.back().day > newest_->day) erase(place_of(days_.back().day));
  while (days_.front().day < first_kept()) erase({});
  const BillingDay first_with_services = days_before(newest_->day, kDaysWithServices - 1);
  for (const BillingDay known : days()) {
    if (known >= first_with_services) break;
    DayCosts costs = find(known).value();
    put(without_services(std::move(costs)), this->read_at(known).value());
  }
  drop_unused_keys();
}

void KnownDays::add_earlier(DayCosts day, UtcSeconds read_at) {
  const BillingDay newest = newest_->day;
  if (day.day >= newest || day.day < first_kept()) return;
  const bool keeps_services = day.day > days_before(newest, kDaysWithServices);
  put(keeps_services ? day : without_services(std::move(day)), read_at);
}

std::optional<UtcSeconds> KnownDays::read_at(BillingDay day) const {
  const auto known = std::ranges::lower_bound(days_, day, {}, &Known::day);
  if (known == days_.end() || known->day != day) return std::nullopt;
  return known->read_at;
}

std::optional<DayCosts> KnownDays::find(BillingDay day) const {
  const Place place = place_of(day);
  if (place.day == days_.size() || days_[place.day].day != day) return std::nullopt;
  return DayCosts{day, costs_at(place)};
}

std::vector<BillingDay> KnownDays::days() const {
  std::vector<BillingDay> days;
  days.reserve(days_.size());
  for (const Known& known : days_) days.push_back(known.day);
  return days;
}

void KnownDays::visit_costs(
    const std::function<void(BillingDay, std::size_t, Amount)>& visit) const {
  std::size_t cost = 0;
  for (const Known& known : days_) {
    for (const std::size_t end = cost + known.costs; cost < end; ++cost) {
      visit(known.day, key_of_[cost], amounts_[cost]);
    }
  }
}

DaysSum KnownDays::sum(BillingDay first, BillingDay last) const {
  DaysSum sum;
  std::vector<std::optional<Amount>> by_key(keys_.size());
  std::size_t cost = 0;
  for (const Known& known : days_) {
    const std::size_t end = cost + known.costs;
    const bool counts = known.day >= first && known.day <= last;
    if (counts) ++sum.known;
    for (; cost < end; ++cost) {
      if (!counts) continue;
      std::optional<Amount>& of_key = by_key[key_of_[cost]];
      if (!of_key) of_key.emplace();
      sum.fits = of_key->add(amounts_[cost]) && sum.fits;
    }
  }
  for (std::size_t key = 0; key < keys_.size(); ++key) {
    if (!by_key[key]) continue;
    Amount& of_mode = sum.sums[{keys_[key].currency, keys_[key].billing_mode}];
    sum.fits = of_mode.add(*by_key[key]) && sum.fits;
  }
  return sum;
}

// Where the day is, or belongs.
KnownDays::Place KnownDays::place_of(BillingDay day) const {
  Place place;
  while (place.day < days_.size() && days_[place.day].day < day) {
    place.cost += days_[place.day].costs;
    ++place.day;
  }
  return place;
}

// In place of what was known of the day.
void KnownDays::put(const DayCosts& day, UtcSeconds read_at) {
  const Place place = place_of(day.day);
  if (place.day < days_.size() && days_[place.day].day == day.day) erase(place);
  learn_keys(day);
  std::vector<std::uint32_t> keys;
  std::vector<Amount> amounts;
  for (const auto& [key, amount] : day.billed_costs) {
    keys.push_back(place_of(key));
    amounts.push_back(amount);
  }
  // No more room than is needed: it would be kept for as long as the day is.
  key_of_.reserve(key_of_.size() + keys.size());
  amounts_.reserve(amounts_.size() + amounts.size());
  days_.reserve(days_.size() + 1);
  const auto offset = static_cast<std::ptrdiff_t>(place.cost);
  key_of_.insert(key_of_.begin() + offset, keys.begin(), keys.end());
  amounts_.insert(amounts_.begin() + offset, amounts.begin(), amounts.end());
  days_.insert(days_.begin() + static_cast<std::ptrdiff_t>(place.day),
               {day.day, static_cast<std::uint32_t>(keys.size()), read_at});
}

void KnownDays::erase(Place place) {
  const auto day = days_.begin() + static_cast<std::ptrdiff_t>(place.day);
  const auto first = static_cast<std::ptrdiff_t>(place.cost);
  const auto last = first + static_cast<std::ptrdiff_t>(day->costs);
  key_of_.erase(key_of_.begin() + first, key_of_.begin() + last);
  amounts_.erase(amounts_.begin() + first, amounts_.begin() + last);
  days_.erase(day);
}

std::uint32_t KnownDays::place_of(const DayCostKey& key) const {
  return static_cast<std::uint32_t>(std::ranges::lower_bound(keys_, key) - keys_.begin());
}

// A cloud may tell any number of services, so nothing is looked for one by one.
void KnownDays::learn_keys(const DayCosts& day) {
  std::vector<DayCostKey> all = keys_;
  for (const auto& [key, amount] : day.billed_costs) {
    if (!std::ranges::binary_search(keys_, key)) all.push_back(key);
  }
  if (all.size() == keys_.size()) return;
  std::ranges::inplace_merge(all, all.begin() + static_cast<std::ptrdiff_t>(keys_.size()));
  keys_.swap(all);
  for (std::uint32_t& key : key_of_) key = place_of(all[key]);
}

std::map<DayCostKey, Amount> KnownDays::costs_at(Place place) const {
  std::map<DayCostKey, Amount> costs;
  const std::size_t end = place.cost + days_[place.day].costs;
  for (std::size_t cost = place.cost; cost < end; ++cost) {
    costs.emplace_hint(costs.end(), keys_[key_of_[cost]], amounts_[cost]);  // in order
  }
  return costs;
}

BillingDay KnownDays::first_kept() const {
  return std::min(first_of_month_before(newest_->day), days_before(newest_->day, kTrendDays - 1));
}

void KnownDays::drop_unused_keys() {
  std::vector<bool> is_used(keys_.size());
  for (const std::uint32_t key : key_of_) is_used[key] = true;
  std::vector<DayCostKey> used;
  std::vector<std::uint32_t> new_place(keys_.size());
  for (std::size_t key = 0; key < keys_.size(); ++key) {
    new_place[key] = static_cast<std::uint32_t>(used.size());
    if (is_used[key]) used.push_back(std::move(keys_[key]));
  }
  for (std::uint32_t& key : key_of_) key = new_place[key];
  used.shrink_to_fit();
  keys_ = std::move(used);
}

bool tells_services(const DayCosts& day) {
  return std::ranges::none_of(day.billed_costs,
                              [](const auto& cost) { return cost.first.service_type.empty(); });
}

namespace {

// Up to the newest one that is known, all that a trend of this time looks at, the newest first.
std::vector<BillingDay> days_of_trend(const KnownDays& known, UtcSeconds now, BillingZone zone) {
  const BillingDay newest = known.newest().day;
  const BillingDay previous_month = zone.month_at(now).previous().first_day();
  const BillingDay first =
      std::max(std::min(previous_month, days_before(newest, kTrendDays - 1)), known.first_kept());
  std::vector<BillingDay> days;
  for (BillingDay day = newest; day >= first; day = days_before(day, 1)) days.push_back(day);
  return days;
}

}  // namespace

std::vector<DayRange> missing_days(const KnownDays& known, UtcSeconds now, BillingZone zone) {
  std::vector<DayRange> missing;
  const std::vector<BillingDay> days = days_of_trend(known, now, zone);
  const auto is_known = [&known](BillingDay day) { return known.knows(day); };
  for (auto day = days.rbegin(); day != days.rend();) {
    day = std::find_if_not(day, days.rend(), is_known);
    if (day == days.rend()) break;
    const auto end = std::find_if(day, days.rend(), is_known);
    missing.push_back({*day, *(end - 1)});
    day = end;
  }
  return missing;
}

std::string missing_days_text(const KnownDays& known, UtcSeconds now, BillingZone zone) {
  std::string text;
  for (const DayRange& range : missing_days(known, now, zone)) {
    text += (text.empty() ? "" : ", ") + day_text(range.first);
    if (range.last != range.first) text += " to " + day_text(range.last);
  }
  return text;
}

std::optional<BillingDay> next_day_to_read(const KnownDays& known, UtcSeconds now,
                                           BillingZone zone) {
  const BillingDay first_that_changes = days_before(known.newest().day, kDaysThatChange - 1);
  for (const BillingDay day : days_of_trend(known, now, zone)) {
    const std::optional<UtcSeconds> read_at = known.read_at(day);
    if (!read_at) return day;
    if (day >= first_that_changes && zone.day_at(*read_at) != zone.day_at(now)) return day;
  }
  return std::nullopt;
}

}  // namespace cloud_billing
