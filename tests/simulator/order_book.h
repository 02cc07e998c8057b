#pragma once

// The orders of an account, on either cloud: one in each equal slot of time, computed on demand, so
// that any window has its share. And what a correct reader makes of them: the normalised words and
// exact totals. Pure and deterministic.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "calendar.h"
#include "company.h"
#include "money.h"

namespace simulator {

// A word of the wire and the one that it counts under.
struct OrderWord {
  std::string_view raw;
  std::string_view normalised;
};

struct Order {
  std::uint64_t hash = 0;
  Moment created;
  OrderWord status;
  OrderWord type;
  std::string service_type;  // "" on Volcengine, whose list does not say
  Money list_price;
  Money coupon;
  Money payable;
};

// From `start` to before `end`; the newest first.
[[nodiscard]] std::vector<Order> list_orders(const Account& account, Moment start, Moment end);

struct OrderTotals {
  // (order_status, order_type, service_type) to number and amount.
  std::map<std::tuple<std::string, std::string, std::string>, std::pair<std::size_t, Money>> groups;
  std::optional<Moment> oldest_unpaid;

  void add(const Order& order);
};

}  // namespace simulator
