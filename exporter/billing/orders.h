#pragma once

// Orders of an account, counted and summed exactly by status, type and service. A provider adds the
// orders of each listing as they are read and merges the listings; from then on the value is
// immutable and belongs to the account's view. Memory grows with groups, not with orders. Pure
// values: one thread at a time.

#include <compare>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/amount.h"
#include "core/calendar.h"

namespace cloud_billing {

// The status of an order that waits for its payment. Statuses and types are this program's words,
// the same for every provider; one that a provider's table does not know is shown in lower case.
inline constexpr std::string_view kUnpaidOrder = "unpaid";

// A provider's own status or type and the word for it; a table of them per provider.
struct OrderWord {
  std::string_view delivered;
  std::string_view word;
};

[[nodiscard]] std::string order_word(std::span<const OrderWord> table, std::string_view delivered);

// One order; the texts are views into the response being decoded.
struct Order {
  std::string_view status;
  std::string_view type;
  std::string_view service_type;  // empty if the list does not say
  std::string_view currency;
  OptionalAmount payable;             // nothing if the list does not tell it, which is no 0
  std::optional<UtcSeconds> created;  // if it could be read
};

struct OrderKey {
  std::string status;
  std::string type;
  std::string service_type;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a null pointer in it
  friend auto operator<=>(const OrderKey&, const OrderKey&) = default;
};

struct OrderSums {
  std::size_t count = 0;
  // By currency, never added across. Nothing if an order tells no amount: a sum of the others would
  // be too small.
  std::map<std::string, OptionalAmount, std::less<>> payable;
};

class Orders {
 public:
  Orders() = default;
  // As they were before.
  Orders(std::map<OrderKey, OrderSums> groups, std::optional<UtcSeconds> oldest_unpaid)
      : groups_(std::move(groups)), oldest_unpaid_(oldest_unpaid) {}

  // False on overflow: then the orders must be thrown away.
  [[nodiscard]] bool add(const Order& order);
  [[nodiscard]] bool merge(const Orders& from);

  [[nodiscard]] const std::map<OrderKey, OrderSums>& groups() const { return groups_; }
  // When the oldest unpaid order was created, of those whose time is known; nothing without one.
  [[nodiscard]] const std::optional<UtcSeconds>& oldest_unpaid() const { return oldest_unpaid_; }
  // Unpaid orders that were read without a time; nothing is known of it for orders of before.
  [[nodiscard]] std::size_t undated_unpaid() const { return undated_unpaid_; }
  // Orders that were read without an amount; nothing is known of it for orders of before.
  [[nodiscard]] std::size_t unpriced() const { return unpriced_; }

 private:
  void note_unpaid(const std::optional<UtcSeconds>& created);

  std::map<OrderKey, OrderSums> groups_;
  std::optional<UtcSeconds> oldest_unpaid_;
  std::size_t undated_unpaid_ = 0;
  std::size_t unpriced_ = 0;
};

}  // namespace cloud_billing
