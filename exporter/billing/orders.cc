#include "billing/orders.h"

#include "core/ascii.h"

namespace cloud_billing {
namespace {

// False on overflow.
bool add_payable(OrderSums& sums, std::string_view currency, const OptionalAmount& amount) {
  auto found = sums.payable.find(currency);
  if (found == sums.payable.end()) found = sums.payable.emplace(currency, Amount{}).first;
  OptionalAmount& sum = found->second;
  if (!amount) sum.reset();
  return !sum || sum->add(*amount);
}

}  // namespace

std::string order_word(std::span<const OrderWord> table, std::string_view delivered) {
  for (const OrderWord& row : table) {
    if (row.delivered == delivered) return std::string(row.word);
  }
  return to_lower_case(delivered);
}

bool Orders::add(const Order& order) {
  OrderSums& sums = groups_[{std::string(order.status), std::string(order.type),
                             std::string(order.service_type)}];
  ++sums.count;
  if (order.status == kUnpaidOrder) {
    note_unpaid(order.created);
    if (!order.created) ++undated_unpaid_;
  }
  if (!order.payable) ++unpriced_;
  return add_payable(sums, order.currency, order.payable);
}

bool Orders::merge(const Orders& from) {
  for (const auto& [key, sums] : from.groups_) {
    OrderSums& merged = groups_[key];
    merged.count += sums.count;
    for (const auto& [currency, amount] : sums.payable) {
      if (!add_payable(merged, currency, amount)) return false;
    }
  }
  note_unpaid(from.oldest_unpaid_);
  undated_unpaid_ += from.undated_unpaid_;
  unpriced_ += from.unpriced_;
  return true;
}

void Orders::note_unpaid(const std::optional<UtcSeconds>& created) {
  if (created && (!oldest_unpaid_ || *created < *oldest_unpaid_)) oldest_unpaid_ = created;
}

}  // namespace cloud_billing
