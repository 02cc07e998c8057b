#pragma once

// KnownDays: what the days of an account cost, those of them that are known. Many accounts have
// many days, so they stand in few blocks of memory, and what a day's services cost is kept of the
// newest ones only. Immutable once shared; amounts are exact. Pure values, any thread.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "billing/costs.h"
#include "core/amount.h"
#include "core/calendar.h"

namespace cloud_billing {

// How many days back a trend looks.
inline constexpr int kTrendDays = 30;

// Some days' costs together.
struct DaysSum {
  int known = 0;  // how many of the days are
  std::map<ModeKey, Amount> sums;
  bool fits = true;  // false: overflow, and the sums must not be used
};

// At least one day. What is not known is not there; a day without cost is.
class KnownDays {
 public:
  KnownDays(DayCosts day, UtcSeconds read_at);

  // Adds the newest complete day, or what is known of it now. Days after it, which a clock set
  // wrong has brought, are forgotten, and those that no answer needs any more: all of this month
  // and the one before stay, and the last 30. Of days more than a week before it the services are
  // not told apart any more: their service_type is empty.
  void add_newest(DayCosts day, UtcSeconds read_at);
  // Adds an earlier day. One that would be forgotten is.
  void add_earlier(DayCosts day, UtcSeconds read_at);

  // Stays where it is while earlier days are added.
  [[nodiscard]] const DayCosts& newest() const { return *newest_; }
  [[nodiscard]] bool knows(BillingDay day) const { return read_at(day).has_value(); }
  // When it was; nothing if it is not known.
  [[nodiscard]] std::optional<UtcSeconds> read_at(BillingDay day) const;
  [[nodiscard]] std::optional<DayCosts> find(BillingDay day) const;
  // In order.
  [[nodiscard]] std::vector<BillingDay> days() const;
  // What is earlier is forgotten.
  [[nodiscard]] BillingDay first_kept() const;
  // Of all costs, each once, in order.
  [[nodiscard]] const std::vector<DayCostKey>& keys() const { return keys_; }
  // Calls with each cost, in the order of the days: its day, its key's place in keys().
  void visit_costs(const std::function<void(BillingDay, std::size_t, Amount)>& visit) const;
  // From the first to the last one; none if the first is later.
  [[nodiscard]] DaysSum sum(BillingDay first, BillingDay last) const;

 private:
  struct Known {
    BillingDay day;
    std::uint32_t costs = 0;  // how many are its
    UtcSeconds read_at;
  };
  struct Place {
    std::size_t day = 0;   // in days_
    std::size_t cost = 0;  // its first one
  };

  [[nodiscard]] Place place_of(BillingDay day) const;
  void put(const DayCosts& day, UtcSeconds read_at);
  void erase(Place place);
  [[nodiscard]] std::uint32_t place_of(const DayCostKey& key) const;
  void learn_keys(const DayCosts& day);
  [[nodiscard]] std::map<DayCostKey, Amount> costs_at(Place place) const;
  void drop_unused_keys();

  std::shared_ptr<const DayCosts> newest_;
  std::vector<Known> days_;            // in order, the newest one too
  std::vector<DayCostKey> keys_;       // each once, in order
  std::vector<std::uint32_t> key_of_;  // of each cost, in the order of the days: in keys_
  std::vector<Amount> amounts_;        // of each cost
};

// Whether what the day cost is told service by service.
[[nodiscard]] bool tells_services(const DayCosts& day);

struct DayRange {
  BillingDay first;
  BillingDay last;
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

// Of the days that a trend of this time looks at, those not known; the earliest first.
[[nodiscard]] std::vector<DayRange> missing_days(const KnownDays& known, UtcSeconds now,
                                                 BillingZone zone);
// The same in words: "2026-10-01 to 2026-10-14, 2026-11-03";
// empty: none.
[[nodiscard]] std::string missing_days_text(const KnownDays& known, UtcSeconds now,
                                            BillingZone zone);

// The newest of those days that is not known, or may have changed: one of the newest 3 that was not
// read on the billing day of `now`. Nothing: all that is to be read was.
[[nodiscard]] std::optional<BillingDay> next_day_to_read(const KnownDays& known, UtcSeconds now,
                                                         BillingZone zone);

}  // namespace cloud_billing
