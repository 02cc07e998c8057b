#include "accounts/list_record.h"

#include <cstddef>
#include <map>
#include <utility>

namespace cloud_billing {

// By currency or account id.
static Json write(const std::map<std::string, Amount, std::less<>>& amounts) {
  Json out = Json::object();
  for (const auto& [name, amount] : amounts) out[name] = write(amount);
  return out;
}

static std::map<std::string, Amount, std::less<>> read_named_amounts(const Json& in) {
  std::map<std::string, Amount, std::less<>> amounts;
  for (const auto& [name, amount] : in.items()) amounts.emplace(name, read_amount(amount));
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

// A sum that is not known stands beside the others, where a program of before does not look.
Json write(const Orders& orders) {
  Json groups = Json::array();
  for (const auto& [key, sums] : orders.groups()) {
    Json& group = groups.emplace_back(Json{{"status", key.status},
                                           {"type", key.type},
                                           {"service_type", key.service_type},
                                           {"count", sums.count},
                                           {"payable", Json::object()}});
    for (const auto& [currency, amount] : sums.payable) {
      if (amount) group["payable"][currency] = write(*amount);
      if (!amount) group["payable_not_known"].push_back(currency);
    }
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
    for (const auto& [currency, amount] : read_named_amounts(group.at("payable"))) {
      sums.payable.emplace(currency, amount);
    }
    for (const Json& currency : group.value("payable_not_known", Json::array())) {
      sums.payable.insert_or_assign(currency.get<std::string>(), std::nullopt);
    }
  }
  return Orders(std::move(groups), read_known(in, "oldest_unpaid", read_time));
}

Json write(const Coupons& coupons) {
  return {{"count", coupons.count},
          {"balances", write(coupons.balances)},
          {"first_expiry", write(coupons.first_expiry)}};
}

Coupons read_coupons(const Json& in) {
  return {in.at("count").get<std::size_t>(), read_named_amounts(in.at("balances")),
          read_first_expiry(in.at("first_expiry"))};
}

Json write(const Packages& packages) {
  Json out{{"count", packages.count}, {"sums", Json::array()}, {"first_expiries", Json::object()}};
  for (const auto& [key, sums] : packages.sums) {
    out["sums"].push_back({{"service_type", key.service_type},
                           {"unit", key.unit},
                           {"total", write(sums.total)},
                           {"available", write(sums.available)},
                           {"is_known", sums.is_known}});
  }
  for (const auto& [service, first] : packages.first_expiries) {
    out["first_expiries"][service] = write(first);
  }
  return out;
}

Packages read_packages(const Json& in) {
  Packages packages;
  packages.count = in.at("count").get<std::size_t>();
  for (const Json& sums : in.at("sums")) {
    packages.sums.emplace(
        PackageKey{read_text(sums, "service_type"), read_text(sums, "unit")},
        PackageSums{read_amount(sums.at("total")), read_amount(sums.at("available")),
                    sums.at("is_known").get<bool>()});
  }
  for (const auto& [service, first] : in.at("first_expiries").items()) {
    packages.first_expiries.emplace(service, read_first_expiry(first));
  }
  return packages;
}

Json write(const ProviderBudgets& budgets) {
  Json out{{"count", budgets.count}, {"sums", Json::array()}};
  for (const auto& [key, sums] : budgets.sums) {
    Json& written =
        out["sums"].emplace_back(Json{{"budget", key.budget}, {"currency", key.currency}});
    if (sums.knows_budget) written["amount"] = write(sums.budget);
    if (sums.knows_used) written["used"] = write(sums.used);
  }
  return out;
}

ProviderBudgets read_budgets(const Json& in) {
  ProviderBudgets budgets;
  budgets.count = in.at("count").get<std::size_t>();
  for (const Json& written : in.at("sums")) {
    const auto amount = read_known(written, "amount", read_amount);
    const auto used = read_known(written, "used", read_amount);
    budgets.sums.emplace(
        ProviderBudgetKey{read_text(written, "budget"), read_text(written, "currency")},
        ProviderBudgetSums{amount.value_or(Amount()), used.value_or(Amount()), amount.has_value(),
                           used.has_value()});
  }
  return budgets;
}

Json write(const SubAccountCash& cash) {
  return {{"currency", cash.currency}, {"balances", write(cash.balances)}};
}

SubAccountCash read_sub_account_cash(const Json& in) {
  return {read_text(in, "currency"), read_named_amounts(in.at("balances"))};
}

Json write(const Renewals& renewals) {
  Json out{{"configured_services", renewals.configured_services}, {"resources", Json::array()}};
  for (const auto& [key, group] : renewals.resources) {
    out["resources"].push_back({{"service_type", key.service_type},
                                {"region_id", key.region_id},
                                {"auto_renew", key.auto_renew},
                                {"within", group.within},
                                {"first_expiry", write(group.first_expiry)}});
  }
  return out;
}

Renewals read_renewals(const Json& in) {
  Renewals renewals;
  renewals.configured_services =
      in.at("configured_services").get<decltype(renewals.configured_services)>();
  for (const Json& written : in.at("resources")) {
    ExpiringResources group;
    if (written.at("within").size() != group.within.size()) throw NotAsWritten("windows");
    group.within = written.at("within").get<decltype(group.within)>();
    group.first_expiry = read_first_expiry(written.at("first_expiry"));
    renewals.resources.emplace(
        RenewalKey{read_text(written, "service_type"), read_text(written, "region_id"),
                   written.at("auto_renew").get<bool>()},
        group);
  }
  return renewals;
}

}  // namespace cloud_billing
