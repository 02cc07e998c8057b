#include <charconv>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "accounts/account_record.h"

namespace cloud_billing {
namespace {

using Json = nlohmann::json;

// Readers throw if something is not as it was written: a Json::exception, or this.
struct NotAsWritten : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string read_text(const Json& in, const char* name) { return in.at(name).get<std::string>(); }

UtcSeconds read_time(const Json& in) {
  return UtcSeconds(std::chrono::seconds(in.get<std::int64_t>()));
}

Amount read_amount(const Json& in) {
  const auto amount = Amount::parse(in.get_ref<const std::string&>());
  if (!amount) throw NotAsWritten("an amount");
  return *amount;
}

template <typename Function>
auto read_known(const Json& in, const char* name, Function read) {
  const auto found = in.find(name);
  return found == in.end() ? std::nullopt : std::optional(read(*found));
}

// "2026-11" or "2026-11-23"; the parts.
std::vector<int> read_date(std::string_view text) {
  std::vector<int> parts;
  while (true) {
    const std::size_t end = std::min(text.find('-'), text.size());
    int part = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + end, part);
    if (error != std::errc() || rest != text.data() + end) throw NotAsWritten("a date");
    parts.push_back(part);
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

BillingMonth read_month(std::string_view text) {
  const std::vector<int> parts = read_date(text);
  const std::chrono::year_month month{std::chrono::year(parts.at(0)),
                                      std::chrono::month(static_cast<unsigned>(parts.at(1)))};
  if (!month.ok()) throw NotAsWritten("a month");
  return BillingMonth(month);
}

BillingDay read_day(std::string_view text) {
  const std::vector<int> parts = read_date(text);
  const BillingDay day{std::chrono::year(parts.at(0)),
                       std::chrono::month(static_cast<unsigned>(parts.at(1))),
                       std::chrono::day(static_cast<unsigned>(parts.at(2)))};
  if (!day.ok()) throw NotAsWritten("a day");
  return day;
}

Reason read_reason(const Json& in) {
  for (const Reason reason : kAllReasons) {
    if (reason_name(reason) == in.get_ref<const std::string&>()) return reason;
  }
  throw NotAsWritten("a reason");
}

MeasureAmounts read_amounts(const Json& in) {
  MeasureAmounts amounts{};
  for (const auto& [name, amount] : in.items()) {
    const auto measure = measure_from_name(name);
    if (!measure) throw NotAsWritten("a measure");
    amounts[index_of(*measure)] = read_amount(amount);
  }
  return amounts;
}

CollectorRecord read_collector(const Json& in) {
  CollectorRecord collector;
  const auto which = collector_from_name(in.at("collector").get_ref<const std::string&>());
  if (!which) throw NotAsWritten("a collector");
  collector.status.collector = *which;
  collector.status.up = read_known(in, "up", [](const Json& up) { return up.get<bool>(); });
  collector.status.last_success = read_known(in, "last_success", read_time);
  collector.status.duration_seconds = in.at("duration_seconds").get<double>();
  collector.started = read_known(in, "started", read_time);
  collector.due = read_time(in.at("due"));
  collector.failures_in_a_row = in.at("failures_in_a_row").get<int>();
  collector.failed_for = read_known(in, "failed_for", read_reason);
  return collector;
}

Balance read_balance(const Json& in) {
  Balance balance;
  balance.currency = read_text(in, "currency");
  balance.available = read_amount(in.at("available"));
  balance.cash = read_amount(in.at("cash"));
  balance.credit_limit = read_known(in, "credit_limit", read_amount);
  balance.frozen = read_known(in, "frozen", read_amount);
  balance.arrears = read_known(in, "arrears", read_amount);
  balance.account_id = read_text(in, "account_id");
  return balance;
}

GroupLines read_groups(const Json& in) {
  GroupLines groups;
  groups.folded_groups = in.at("folded_groups").get<std::size_t>();
  for (const Json& line : in.at("lines")) {
    groups.lines.push_back(
        {line.at("values").get<std::vector<std::string>>(), read_amounts(line.at("amounts"))});
  }
  return groups;
}

MonthCosts read_costs(const Json& in) {
  MonthCosts month;
  month.rows = in.at("rows").get<std::size_t>();
  month.grouped = in.at("grouped").get<bool>();
  month.groups = read_groups(in.at("groups"));
  for (const Json& groups : in.at("tag_groups")) month.tag_groups.push_back(read_groups(groups));
  for (const Json& total : in.at("totals")) {
    month.totals.emplace(ModeKey{read_text(total, "currency"), read_text(total, "billing_mode")},
                         read_amounts(total.at("amounts")));
  }
  // Older records have no services: the next poll brings them.
  for (const Json& service : in.value("services", Json::array())) {
    month.services.emplace(
        ServiceKey{read_text(service, "currency"), read_text(service, "service_type")},
        read_amount(service.at("billed_cost")));
  }
  for (const auto& [type, name] : in.at("service_names").items()) {
    month.service_names.emplace(type, name.get<std::string>());
  }
  for (const Json& total : in.at("provider_totals")) {
    month.provider_totals.push_back({read_text(total, "currency"),
                                     read_amount(total.at("billed_cost")),
                                     read_amount(total.at("difference"))});
  }
  month.data_through = read_known(in, "data_through", read_time);
  month.account_id = read_text(in, "account_id");
  for (const Json& id : in.at("account_ids")) month.account_ids.insert(id.get<std::string>());
  return month;
}

DayCosts read_day_costs(const Json& in) {
  DayCosts costs;
  costs.day = read_day(in.at("day").get_ref<const std::string&>());
  for (const Json& cost : in.at("billed_costs")) {
    costs.billed_costs.emplace(
        DayCostKey{read_text(cost, "currency"), read_text(cost, "service_type"),
                   read_text(cost, "billing_mode")},
        read_amount(cost.at("billed_cost")));
  }
  return costs;
}

Orders read_orders(const Json& in) {
  std::map<OrderKey, OrderSums> groups;
  for (const Json& group : in.at("groups")) {
    OrderSums& sums = groups[{read_text(group, "status"), read_text(group, "type"),
                              read_text(group, "service_type")}];
    sums.count = group.at("count").get<std::size_t>();
    for (const auto& [currency, amount] : group.at("payable").items()) {
      sums.payable.emplace(currency, read_amount(amount));
    }
  }
  return Orders(std::move(groups), read_known(in, "oldest_unpaid", read_time));
}

// A result with when it was read.
template <typename T>
auto with_time(T (*read)(const Json&)) {
  return [read](const Json& in) {
    return Read<T>{std::make_shared<const T>(read(in)), read_time(in.at("read_at"))};
  };
}

AccountRecord read_record(const Json& in) {
  AccountRecord record;
  record.account = read_text(in, "account");
  record.identity = read_text(in, "identity");
  record.grouping = read_text(in, "grouping");
  record.orders_window = std::chrono::seconds(in.at("orders_window_seconds").get<std::int64_t>());
  record.results.account_id = read_text(in, "account_id");
  for (const Json& collector : in.at("collectors")) {
    record.collectors.push_back(read_collector(collector));
  }
  for (const auto& [month, costs] : in.at("months").items()) {
    record.results.months.emplace(read_month(month), with_time(read_costs)(costs));
  }
  record.results.balance = read_known(in, "balance", with_time(read_balance));
  record.results.day = read_known(in, "day", with_time(read_day_costs));
  record.results.orders = read_known(in, "orders", with_time(read_orders));
  return record;
}

}  // namespace

Result<AccountRecord, std::string> account_record_from_json(std::string_view text) {
  try {
    return read_record(Json::parse(text));
  } catch (const std::exception&) {  // Json's own, NotAsWritten, a date without its parts
    return std::string("it is not the record of an account");
  }
}

}  // namespace cloud_billing
