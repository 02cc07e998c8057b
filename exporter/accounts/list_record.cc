#include "accounts/list_record.h"

#include <cstddef>
#include <map>
#include <utility>

namespace cloud_billing {

static Json write(const std::map<std::string, Amount, std::less<>>& amounts) {
  Json out = Json::object();
  for (const auto& [currency, amount] : amounts) out[currency] = write(amount);
  return out;
}

static std::map<std::string, Amount, std::less<>> read_currency_amounts(const Json& in) {
  std::map<std::string, Amount, std::less<>> amounts;
  for (const auto& [currency, amount] : in.items()) amounts.emplace(currency, read_amount(amount));
  return amounts;
}

static Json write(const FirstExpiry& first) {
  Json out{{"undated", first.undated()}};
  write_known(out, "earliest", first.earliest());
  return out;
}

static FirstExpiry read_first_expiry(const Json& in) {
  return {read_known(in, "earliest", read_time), in.at("undated").get<std::size_t>()};
}

Json write(const Orders& orders) {
  Json groups = Json::array();
  for (const auto& [key, sums] : orders.groups()) {
    groups.push_back({{"status", key.status},
                      {"type", key.type},
                      {"service_type", key.service_type},
                      {"count", sums.count},
                      {"payable", write(sums.payable)}});
  }
  Json out{{"groups", std::move(groups)}};
  write_known(out, "oldest_unpaid", orders.oldest_unpaid());
  return out;
}

Orders read_orders(const Json& in) {
  std::map<OrderKey, OrderSums> groups;
  for (const Json& group : in.at("groups")) {
    OrderSums& sums = groups[{read_text(group, "status"), read_text(group, "type"),
                              read_text(group, "service_type")}];
    sums.count = group.at("count").get<std::size_t>();
    sums.payable = read_currency_amounts(group.at("payable"));
  }
  return Orders(std::move(groups), read_known(in, "oldest_unpaid", read_time));
}

Json write(const Coupons& coupons) {
  return {{"count", coupons.count},
          {"balances", write(coupons.balances)},
          {"first_expiry", write(coupons.first_expiry)}};
}

Coupons read_coupons(const Json& in) {
  return {in.at("count").get<std::size_t>(), read_currency_amounts(in.at("balances")),
          read_first_expiry(in.at("first_expiry"))};
}

}  // namespace cloud_billing
