#include "order_book.h"

#include <algorithm>
#include <span>

#include "catalogue.h"
#include "deterministic.h"

namespace simulator {
namespace {

enum Purpose : std::uint64_t { kWhen = 801, kIsUsual, kStatus, kType, kService, kPrice, kCoupon };

// The last of each are words that no document knows.
constexpr OrderWord kBaiduStatuses[]{{"CREATED", "paid"},
                                     {"NEED_PURCHASE", "unpaid"},
                                     {"NEED_CONFIRM", "unpaid"},
                                     {"CONFIRMED", "paid"},
                                     {"DEFERRED_CREATE", "paid"},
                                     {"READY_FOR_CREATE", "paid"},
                                     {"CREATING", "paid"},
                                     {"CANCELLED", "cancelled"},
                                     {"EXPIRED", "voided"},
                                     {"REFUND_SUCC", "refunded"},
                                     {"CREATE_FAILED", "failed"},
                                     {"REFUND_FAILED", "failed"},
                                     {"UNDER_REVIEW", "under_review"}};
constexpr OrderWord kBaiduTypes[]{{"NEW", "purchase"},
                                  {"RENEW", "renewal"},
                                  {"DILATATION", "upgrade"},
                                  {"SHRINKAGE", "downgrade"},
                                  {"RESIZE", "configuration_change"},
                                  {"SHIFT_CHARGE", "configuration_change"},
                                  {"TO_PREPAY", "configuration_change"},
                                  {"TO_POSTPAY", "configuration_change"},
                                  {"TIME_EXPAND", "configuration_change"},
                                  {"COMPENSATE_TIME", "compensation"},
                                  {"REFUND", "refund"},
                                  {"TRANSFER_IN", "transfer"},
                                  {"GIFT", "gift"}};
constexpr OrderWord kVolcengineStatuses[]{{"Paid", "paid"},         {"UnPaid", "unpaid"},
                                          {"Paying", "unpaid"},     {"Closed", "cancelled"},
                                          {"Refunded", "refunded"}, {"UnderReview", "underreview"}};
constexpr OrderWord kVolcengineTypes[]{{"Purchase", "purchase"},
                                       {"Renew", "renewal"},
                                       {"Modify", "configuration_change"},
                                       {"Unsubscribed", "refund"},
                                       {"Formalize", "formalize"}};

OrderWord pick_word(std::span<const OrderWord> words, std::uint64_t hash, std::uint64_t purpose) {
  const bool is_usual = draw(mix(hash, purpose), kIsUsual, 2) == 0;
  return words[is_usual ? 0 : draw(hash, purpose, words.size())];
}

Order make_order(const Account& account, std::int64_t slot, std::int64_t slot_seconds) {
  Order order;
  order.hash = mix(mix(account.seed, 21), static_cast<std::uint64_t>(slot));
  const auto late =
      static_cast<std::int64_t>(draw(order.hash, kWhen, static_cast<std::uint64_t>(slot_seconds)));
  order.created = Moment{std::chrono::seconds{slot * slot_seconds + late}};
  const bool is_baidu = account.cloud == Cloud::kBaidu;
  const auto statuses = is_baidu ? std::span<const OrderWord>(kBaiduStatuses) : kVolcengineStatuses;
  const auto types = is_baidu ? std::span<const OrderWord>(kBaiduTypes) : kVolcengineTypes;
  order.status = pick_word(statuses, order.hash, kStatus);
  order.type = pick_word(types, order.hash, kType);
  if (is_baidu) {
    const std::size_t count =
        account.invented_services > 0 ? account.invented_services : services().size();
    order.service_type = service_code(draw(order.hash, kService, count), account.invented_services);
  }
  const auto level = static_cast<std::int64_t>(draw(order.hash, kPrice, 1000));
  constexpr Money kFen{kUnitsPerYuan / 100};
  order.list_price =
      level < 60 ? Money{} : kFen * (level * level * account.price_percent / 500 + 1);
  order.coupon = draw(order.hash, kCoupon, 8) == 0
                     ? Money{order.list_price.units / 10 / kFen.units * kFen.units}
                     : Money{};
  order.payable = order.list_price - order.coupon;
  return order;
}

}  // namespace

std::vector<Order> list_orders(const Account& account, Moment start, Moment end) {
  std::vector<Order> orders;
  if (account.orders == 0 || start >= end) {
    return orders;
  }
  constexpr std::int64_t kThirtyDays = std::chrono::seconds{std::chrono::days{30}}.count();
  const std::int64_t slot_seconds =
      std::max<std::int64_t>(kThirtyDays / static_cast<std::int64_t>(account.orders), 1);
  const std::int64_t first = start.time_since_epoch().count() / slot_seconds;
  for (std::int64_t slot = end.time_since_epoch().count() / slot_seconds; slot >= first; --slot) {
    Order order = make_order(account, slot, slot_seconds);
    if (start <= order.created && order.created < end) {
      orders.push_back(std::move(order));
    }
  }
  return orders;
}

void OrderTotals::add(const Order& order) {
  auto& [count, amount] = groups[{std::string(order.status.normalised),
                                  std::string(order.type.normalised), order.service_type}];
  ++count;
  amount += order.payable;
  if (order.status.normalised == "unpaid") {
    oldest_unpaid = std::min(oldest_unpaid.value_or(order.created), order.created);
  }
}

}  // namespace simulator
