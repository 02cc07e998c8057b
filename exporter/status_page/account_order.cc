#include "status_page/account_order.h"

#include <algorithm>
#include <compare>
#include <optional>

namespace cloud_billing {
namespace {

std::string_view sort_key_name(SortKey key) {
  switch (key) {
    case SortKey::kName:
      return "name";
    case SortKey::kCost:
      return "cost";
    case SortKey::kForecast:
      return "forecast";
    case SortKey::kBalance:
      return "balance";
    case SortKey::kRunway:
      break;
  }
  return "runway";
}

struct Money {
  std::string_view currency;
  Amount amount;
};

std::optional<Money> money_of(const AccountSummary& account, SortKey key) {
  const CurrencyCosts& costs = account.main_costs();
  const auto in = [](std::string_view currency, std::optional<Amount> amount) {
    return amount ? std::optional(Money{currency, *amount}) : std::nullopt;
  };
  if (key == SortKey::kCost) return in(costs.currency, costs.current);
  if (key == SortKey::kForecast) return in(costs.currency, costs.trend.forecast);
  if (account.balance == nullptr) return std::nullopt;
  return in(account.balance->currency, account.balance->available);
}

// Less: the first comes before the second. `compare` is of two values that are known.
template <typename Value, typename Compare>
std::weak_ordering compare_known(const std::optional<Value>& one, const std::optional<Value>& other,
                                 const Compare& compare) {
  if (one && other) return compare(*one, *other);
  return other.has_value() <=> one.has_value();
}

std::weak_ordering compare_money(const Money& one, const Money& other, bool descending) {
  if (one.currency != other.currency) return one.currency <=> other.currency;
  return descending ? other.amount <=> one.amount : one.amount <=> other.amount;
}

std::weak_ordering compare_runways(const Runway& one, const Runway& other, bool descending) {
  const double first = descending ? other.seconds : one.seconds;
  const double second = descending ? one.seconds : other.seconds;
  if (first == second) return std::weak_ordering::equivalent;
  return first < second ? std::weak_ordering::less : std::weak_ordering::greater;
}

std::weak_ordering compare_accounts(const AccountSummary& one, const AccountSummary& other,
                                    AccountOrder order) {
  switch (order.key) {
    case SortKey::kName:
      return order.descending ? other.config().name <=> one.config().name
                              : one.config().name <=> other.config().name;
    case SortKey::kRunway:
      return compare_known(one.trend.runway, other.trend.runway,
                           [&](const Runway& first, const Runway& second) {
                             return compare_runways(first, second, order.descending);
                           });
    case SortKey::kCost:
    case SortKey::kForecast:
    case SortKey::kBalance:
      break;
  }
  return compare_known(money_of(one, order.key), money_of(other, order.key),
                       [&](const Money& first, const Money& second) {
                         return compare_money(first, second, order.descending);
                       });
}

}  // namespace

AccountOrder read_account_order(std::string_view text) {
  const bool descending = text.starts_with('-');
  if (descending) text.remove_prefix(1);
  for (const SortKey key : kAllSortKeys) {
    if (sort_key_name(key) == text) return {key, descending};
  }
  return {};
}

std::string to_text(AccountOrder order) {
  return (order.descending ? "-" : "") + std::string(sort_key_name(order.key));
}

void order_accounts(std::vector<AccountSummary>& accounts, AccountOrder order) {
  std::ranges::sort(accounts, [order](const AccountSummary& one, const AccountSummary& other) {
    const std::weak_ordering compared = compare_accounts(one, other, order);
    return std::is_eq(compared) ? one.config().name < other.config().name : std::is_lt(compared);
  });
}

}  // namespace cloud_billing
