#pragma once

// What an account's days and months say about what comes, currency by currency: the numbers that
// /metrics shows. Pure, any thread.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/amount.h"
#include "exposition/shown_account.h"

namespace cloud_billing {

// From one amount to another.
struct Change {
  Amount before;
  Amount after;
  Amount difference;            // after minus before
  std::optional<double> share;  // the difference, of `before`; nothing unless that is positive
};

// Nothing on overflow.
[[nodiscard]] std::optional<Change> change_between(Amount before, Amount after);

// What a service cost, postpaid, on the newest complete day and 7 days before it.
struct ServiceChange {
  std::string provider;
  std::string service_type;
  std::string name;  // for people; empty if not delivered
  Amount before;
  Amount after;
  Amount growth;
};

// The largest growth first.
void sort_changes(std::vector<ServiceChange>& changes);

struct CurrencyTrend {
  std::optional<Amount> forecast;  // of the whole current month
  // From what as many days of the previous month had cost as the current month's bill covers, to
  // what the current month has cost; nothing while it covers no whole day.
  std::optional<Change> month_change;
  std::optional<Amount> newest_day;  // what the newest complete day cost
  // Of all services, the largest growth first; it may be below zero. Nothing while what the
  // services cost on one of the two days is not known, or if neither day cost anything.
  std::optional<std::vector<ServiceChange>> changes;
};

// For people; empty if it was not delivered.
[[nodiscard]] std::string find_service_name(const ShownAccount& account,
                                            std::string_view service_type);

// By currency: each of `current`, which is what the current month has cost, and no other.
[[nodiscard]] std::map<std::string, CurrencyTrend> find_trends(
    const ShownAccount& account, const std::map<std::string, std::optional<Amount>>& current);

}  // namespace cloud_billing
