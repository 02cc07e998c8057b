#include "control_totals.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <tuple>

#include "bill_tags.h"
#include "bill_totals.h"
#include "budget_book.h"
#include "coupon_book.h"
#include "order_book.h"
#include "package_book.h"
#include "resource_book.h"
#include "volcengine_tags.h"

namespace simulator {
namespace {

using nlohmann::json;

std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> items;
  std::size_t from = 0;
  while (from < text.size()) {
    const std::size_t end = std::min(text.find(',', from), text.size());
    items.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return items;
}

json write_measures(const MeasureTotals& totals) {
  return {{"billed_cost", write_decimal(totals.billed_cost)},
          {"list_cost", write_decimal(totals.list_cost)},
          {"discount_amount", write_decimal(totals.discount_amount)},
          {"coupon_amount", write_decimal(totals.coupon_amount)},
          {"paid_amount", write_decimal(totals.paid_amount)},
          {"unpaid_amount", write_decimal(totals.unpaid_amount)},
          {"rows", totals.rows}};
}

// A list of objects, each with its dimensions and its measures.
json write_breakdown(const std::vector<std::string>& dimensions, const Breakdown& breakdown) {
  json list = json::array();
  for (const auto& [key, totals] : breakdown) {
    json item = write_measures(totals);
    for (std::size_t i = 0; i < dimensions.size(); ++i) {
      item[dimensions[i]] = key[i];
    }
    list.push_back(std::move(item));
  }
  return list;
}

// Which days the totals cover: those asked for, else what the month bill covers at `billing_time`.
std::optional<DayRange> read_days(const Parameters& parameters, const Account& account, Month month,
                                  Moment billing_time) {
  const auto start = parse_date(parameter(parameters, "start_day"));
  const auto end = parse_date(parameter(parameters, "end_day"));
  if (start && end) {
    return DayRange{static_cast<int>(static_cast<unsigned>(start->day())),
                    static_cast<int>(static_cast<unsigned>(end->day()))};
  }
  return parameter(parameters, "bill") == "amortized"
             ? days_until(month, newest_complete_day(account, billing_time))
             : covered_days(account, month, billing_time);
}

std::string home_currency(const Account& account) { return account.is_overseas ? "USD" : "CNY"; }

// The asking account and the sub-accounts named; empty when one is unknown.
std::vector<const Account*> find_accounts(const Parameters& query, const Company& company) {
  std::vector<const Account*> accounts{company.find_by_key(parameter(query, "access_key_id"))};
  for (const std::string& id : split_list(parameter(query, "sub_accounts"))) {
    accounts.push_back(company.find_by_id(id));
  }
  const bool all_known = std::find(accounts.begin(), accounts.end(), nullptr) == accounts.end();
  return all_known ? accounts : std::vector<const Account*>{};
}

json write_by_mode(Breakdown sums) {
  json by_mode = {{"prepaid", write_measures(sums[{"prepaid"}])},
                  {"postpaid", write_measures(sums[{"postpaid"}])}};
  for (const auto& [key, measures] : sums) {
    by_mode[key[0]] = write_measures(measures);
  }
  return by_mode;
}

}  // namespace

std::optional<json> write_bill_totals(const Parameters& query, const Company& company,
                                      const Growth& growth, Moment billing_time) {
  TotalsQuery totals;
  totals.accounts = find_accounts(query, company);
  const auto month = parse_month(parameter(query, "month"));
  if (totals.accounts.empty() || !month) {
    return std::nullopt;
  }
  const Account& asking = *totals.accounts.front();
  totals.month = *month;
  totals.appended = growth.rows(asking, *month);
  totals.amortized = parameter(query, "bill") == "amortized";
  std::vector<std::string> group_by = split_list(parameter(query, "group_by"));
  if (group_by.empty()) {
    group_by = {"service_type", "region_id", "billing_mode"};
  }
  const std::span<const std::string_view> keys =
      asking.cloud == Cloud::kBaidu ? tag_keys() : volcengine_tag_keys();
  totals.breakdowns = {{}, {"billing_mode"}, {"sub_account_id"}, group_by, {"currency"}};
  for (const std::string_view key : keys) {
    totals.breakdowns.push_back({"tag:" + std::string(key), "service_type"});
  }

  const auto days = read_days(query, asking, *month, billing_time);
  std::vector<Breakdown> sums(totals.breakdowns.size());
  json covered;
  if (days) {
    totals.days = *days;
    const std::string currency = parameter(query, "currency");
    totals.currency = currency.empty() ? home_currency(asking) : currency;
    sums = add_up(totals);
    covered = {days->first, days->last};
  }
  json by_tag = json::array();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    for (const auto& [key, measures] : sums[5 + i]) {
      json item = write_measures(measures);
      item["tag_key"] = keys[i];
      item["tag_value"] = key[0];
      item["service_type"] = key[1];
      by_tag.push_back(std::move(item));
    }
  }
  // What no row of the bill tells.
  json lacked = json::array();
  if (asking.cloud == Cloud::kVolcengine && !asking.tells_paid && sums[0][{}].rows > 0) {
    lacked = {"paid_amount", "unpaid_amount"};
  }
  if (totals.amortized) {
    lacked = {"discount_amount", "coupon_amount", "paid_amount", "unpaid_amount"};
  }
  return json{{"access_key_id", asking.access_key_id},
              {"account_id", asking.id},
              {"lacked", lacked},
              {"month", write_month(*month)},
              {"covered_days", covered},
              {"total", write_measures(sums[0][{}])},
              {"by_currency", write_breakdown({"currency"}, sums[4])},
              {"by_billing_mode", write_by_mode(sums[1])},
              {"by_account", write_breakdown({"sub_account_id"}, sums[2])},
              {"by_group", write_breakdown(group_by, sums[3])},
              {"by_tag", by_tag}};
}

std::optional<json> write_day_totals(const Parameters& query, const Company& company,
                                     const Growth& growth, Moment billing_time) {
  TotalsQuery totals;
  totals.accounts = find_accounts(query, company);
  if (totals.accounts.empty()) {
    return std::nullopt;
  }
  const Account& asking = *totals.accounts.front();
  const Date day = newest_complete_day(asking, billing_time);
  const int number = static_cast<int>(static_cast<unsigned>(day.day()));
  totals.month = day.year() / day.month();
  totals.days = {number, number};
  totals.appended = growth.rows(asking, totals.month);
  const std::vector<std::string> dimensions{"currency", "service_type", "billing_mode"};
  totals.breakdowns = {dimensions};
  return json{{"day", write_date(day)},
              {"start_timestamp", asking.start_of(day).time_since_epoch().count()},
              {"costs", write_breakdown(dimensions, add_up(totals).front())}};
}

std::optional<json> write_order_totals(const Parameters& query, const Company& company) {
  const auto accounts = find_accounts(query, company);
  const auto start = parse_utc(parameter(query, "start"));
  const auto end = parse_utc(parameter(query, "end"));
  if (accounts.empty() || !start || !end) {
    return std::nullopt;
  }
  OrderTotals totals;
  for (const Account* account : accounts) {
    for (const Order& order : list_orders(*account, *start, *end)) {
      totals.add(order);
    }
  }
  json groups = json::array();
  for (const auto& [key, sum] : totals.groups) {
    const auto& [status, type, service] = key;
    groups.push_back({{"order_status", status},
                      {"order_type", type},
                      {"service_type", service},
                      {"currency", home_currency(*accounts.front())},
                      {"orders", sum.first},
                      {"amount", write_decimal(sum.second)}});
  }
  json oldest;
  if (totals.oldest_unpaid) {
    oldest = totals.oldest_unpaid->time_since_epoch().count();
  }
  return json{{"orders", groups}, {"oldest_unpaid_timestamp", oldest}};
}

std::optional<json> write_coupon_totals(const Parameters& query, const Company& company,
                                        Moment billing_time) {
  const auto accounts = find_accounts(query, company);
  if (accounts.empty()) {
    return std::nullopt;
  }
  Money balance;
  std::optional<Moment> first;
  int count = 0;
  for (const Coupon& coupon : list_coupons(*accounts.front(), date_in_china(billing_time))) {
    if (!coupon.counts()) {
      continue;
    }
    ++count;
    balance += coupon.remaining;
    first = std::min(first.value_or(coupon.expires), coupon.expires);
  }
  json next;
  if (first) {
    next = first->time_since_epoch().count();
  }
  return json{{"count", count}, {"balance", write_decimal(balance)}, {"next_expiry", next}};
}

std::optional<json> write_package_totals(const Parameters& query, const Company& company,
                                         Moment billing_time) {
  const auto accounts = find_accounts(query, company);
  if (accounts.empty()) {
    return std::nullopt;
  }
  std::map<std::pair<std::string, std::string>, std::pair<Money, Money>> sums;
  std::map<std::string, Moment> ends;
  for (const Package& package : list_packages(*accounts.front(), date_in_china(billing_time))) {
    if (package.status != "Effective") {
      continue;
    }
    const auto end = ends.try_emplace(package.product, package.expires).first;
    end->second = std::min(end->second, package.expires);
    if (package.total) {
      auto& [total, available] = sums[{package.product, package.unit}];
      total += *package.total;
      available += *package.available;
    }
  }
  json groups = json::array();
  for (const auto& [key, sum] : sums) {
    groups.push_back({{"service_type", key.first},
                      {"unit", key.second},
                      {"total", write_decimal(sum.first)},
                      {"available", write_decimal(sum.second)}});
  }
  json next = json::object();
  for (const auto& [product, end] : ends) {
    next[product] = end.time_since_epoch().count();
  }
  return json{{"packages", groups}, {"next_expiry", next}};
}

std::optional<json> write_renewal_totals(const Parameters& query, const Company& company,
                                         Moment billing_time) {
  const auto accounts = find_accounts(query, company);
  if (accounts.empty()) {
    return std::nullopt;
  }
  std::map<std::tuple<std::string, std::string, bool, int>, int> counts;
  std::map<std::pair<std::string, bool>, Moment> ends;
  for (const Account* account : accounts) {
    const bool tells_region = account->cloud == Cloud::kBaidu;
    for (const Resource& resource : list_resources(*account, date_in_china(billing_time))) {
      const auto left = resource.expires - billing_time;
      if (left <= left.zero() || left > std::chrono::days{90}) {
        continue;
      }
      const std::string region = tells_region ? resource.region : "";
      for (const int days : {7, 30, 90}) {
        if (left <= std::chrono::days{days}) {
          ++counts[{resource.service, region, resource.auto_renew, days}];
        }
      }
      const auto end =
          ends.try_emplace({resource.service, resource.auto_renew}, resource.expires).first;
      end->second = std::min(end->second, resource.expires);
    }
  }
  json expiring = json::array();
  for (const auto& [key, count] : counts) {
    const auto& [service, region, auto_renew, days] = key;
    expiring.push_back({{"service_type", service},
                        {"region_id", region},
                        {"auto_renew", auto_renew},
                        {"within", std::to_string(days) + "d"},
                        {"resources", count}});
  }
  json next = json::array();
  for (const auto& [key, end] : ends) {
    next.push_back({{"service_type", key.first},
                    {"auto_renew", key.second},
                    {"timestamp", end.time_since_epoch().count()}});
  }
  return json{{"expiring", expiring}, {"next_expiry", next}};
}

std::optional<json> write_budget_totals(const Parameters& query, const Company& company) {
  const auto accounts = find_accounts(query, company);
  if (accounts.empty()) {
    return std::nullopt;
  }
  std::map<std::pair<std::string, std::string>, std::pair<Money, Money>> sums;
  for (const Budget& budget : list_budgets(*accounts.front())) {
    auto& [amount, actual] = sums[{
        budget.name, budget.currency.empty() ? home_currency(*accounts.front()) : budget.currency}];
    amount += budget.amount;
    actual += budget.actual;
  }
  json budgets = json::array();
  for (const auto& [key, sum] : sums) {
    budgets.push_back({{"budget", key.first},
                       {"currency", key.second},
                       {"amount", write_decimal(sum.first)},
                       {"used", write_decimal(sum.second)}});
  }
  return json{{"budgets", budgets}};
}

}  // namespace simulator
