#include "accounts/account_record.h"

#include <utility>

#include "accounts/list_record.h"
#include "accounts/month_record.h"
#include "accounts/record_json.h"

namespace cloud_billing {

// These are static instead of nameless: templates over a result find them in its namespace.

static BillingMonth read_month(std::string_view text) {
  const auto month = BillingMonth::parse(text);
  if (!month) throw NotAsWritten("a month");
  return *month;
}

static BillingDay read_day(std::string_view text) {
  const auto day = parse_day(text);
  if (!day) throw NotAsWritten("a day");
  return *day;
}

static Reason read_reason(const Json& in) {
  for (const Reason reason : kAllReasons) {
    if (reason_name(reason) == in.get_ref<const std::string&>()) return reason;
  }
  throw NotAsWritten("a reason");
}

static Json write(const PollFailure& failure) {
  return {{"reason", reason_name(failure.reason)},
          {"message", failure.message},
          {"at", write(failure.at)}};
}

static PollFailure read_failure(const Json& in) {
  return {read_reason(in.at("reason")), read_text(in, "message"), read_time(in.at("at"))};
}

static Json write(const CollectorRecord& collector) {
  Json out{{"collector", collector_name(collector.status.collector)},
           {"duration_seconds", collector.status.duration_seconds},
           {"due", write(collector.due)},
           {"failures_in_a_row", collector.failures_in_a_row}};
  if (collector.status.up) out["up"] = *collector.status.up;
  if (collector.failed_for) out["failed_for"] = reason_name(*collector.failed_for);
  write_known(out, "last_success", collector.status.last_success);
  write_known(out, "last_failure", collector.status.last_failure);
  write_known(out, "started", collector.started);
  write_known(out, "not_before", collector.not_before);
  return out;
}

static CollectorRecord read_collector(const Json& in) {
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
  // Records of before have neither.
  collector.status.last_failure = read_known(in, "last_failure", read_failure);
  collector.not_before = read_known(in, "not_before", read_time);
  return collector;
}

static Json write(const Balance& balance) {
  Json out{{"currency", balance.currency},
           {"cash", write(balance.cash)},
           {"account_id", balance.account_id}};
  write_known(out, "available", balance.available);
  write_known(out, "available_at", balance.available_at);
  write_known(out, "credit_limit", balance.credit_limit);
  write_known(out, "frozen", balance.frozen);
  write_known(out, "arrears", balance.arrears);
  return out;
}

static Balance read_balance(const Json& in) {
  Balance balance;
  balance.currency = read_text(in, "currency");
  balance.available = read_known(in, "available", read_amount);
  balance.available_at = read_known(in, "available_at", read_time);
  balance.cash = read_amount(in.at("cash"));
  balance.credit_limit = read_known(in, "credit_limit", read_amount);
  balance.frozen = read_known(in, "frozen", read_amount);
  balance.arrears = read_known(in, "arrears", read_amount);
  balance.account_id = read_text(in, "account_id");
  return balance;
}

static Json write(const std::map<DayCostKey, Amount>& billed_costs) {
  Json costs = Json::array();
  for (const auto& [key, amount] : billed_costs) {
    Json& cost = costs.emplace_back(Json{{"currency", key.currency},
                                         {"billing_mode", key.billing_mode},
                                         {"billed_cost", write(amount)}});
    if (!key.service_type.empty()) cost["service_type"] = key.service_type;
  }
  return costs;
}

static std::map<DayCostKey, Amount> read_billed_costs(const Json& in) {
  std::map<DayCostKey, Amount> costs;
  for (const Json& cost : in) {
    costs.emplace(DayCostKey{read_text(cost, "currency"), cost.value("service_type", ""),
                             read_text(cost, "billing_mode")},
                  read_amount(cost.at("billed_cost")));
  }
  return costs;
}

static Json write(const DayCosts& day) {
  return {{"day", day_text(day.day)}, {"billed_costs", write(day.billed_costs)}};
}

static DayCosts read_day_costs(const Json& in) {
  return {read_day(in.at("day").get_ref<const std::string&>()),
          read_billed_costs(in.at("billed_costs"))};
}

static Json write(const KnownDays& days) {
  Json known = Json::array();
  for (const BillingDay day : days.days()) {
    known.push_back(write(*days.find(day)));
    known.back()["read_at"] = write(*days.read_at(day));
  }
  return {{"known", std::move(known)}};
}

// Records of before do not say when; it was long ago then.
static UtcSeconds read_day_time(const Json& in) {
  return read_known(in, "read_at", read_time).value_or(UtcSeconds());
}

static KnownDays read_known_days(const Json& in) {
  const Json& known = in.at("known");
  if (known.empty()) throw NotAsWritten("days");
  KnownDays days(read_day_costs(known.back()), read_day_time(known.back()));
  for (const Json& day : known) {
    days.add_earlier(read_day_costs(day), read_day_time(day));
  }
  return days;
}

// As records of before have it.
static KnownDays read_newest_day(const Json& in) { return {read_day_costs(in), UtcSeconds()}; }

static Json write(const ClosedMonth& month) {
  return {{"billed_costs", write(month.costs().billed_costs)},
          {"account_id", month.costs().account_id}};
}

static ClosedMonth read_closed_month(const Json& in) {
  return ClosedMonth(
      ServiceCosts{read_billed_costs(in.at("billed_costs")), read_text(in, "account_id")});
}

static Json write(const EffectiveCosts& month) { return write(month.shares); }

static EffectiveCosts read_effective_costs(const Json& in) { return {read_costs(in)}; }

template <typename T>
static Json write(const Read<T>& read) {
  Json out = write(*read.value);
  out["read_at"] = write(read.at);
  return out;
}

// A result with when it was read.
template <typename T>
static auto with_time(T (*read)(const Json&)) {
  return [read](const Json& in) {
    return Read<T>{std::make_shared<const T>(read(in)), read_time(in.at("read_at"))};
  };
}

static Json write(const AccountRecord& record) {
  // All of them: a new one must be named.
  const auto& [account_id, balance, months, days, orders, closed_months, effective_months, coupons,
               packages, budgets, sub_account_cash, renewals] = record.results;
  Json out{{"account", record.account},   {"identity", record.identity},
           {"grouping", record.grouping}, {"orders_window_seconds", record.orders_window.count()},
           {"account_id", account_id},    {"collectors", Json::array()},
           {"months", Json::object()},    {"closed_months", Json::object()}};
  for (const CollectorRecord& collector : record.collectors) {
    out["collectors"].push_back(write(collector));
  }
  for (const auto& [month, read] : months) out["months"][month.text()] = write(read);
  for (const auto& [month, read] : closed_months) {
    out["closed_months"][month.text()] = write(read);
  }
  for (const auto& [month, read] : effective_months) {
    out["effective_months"][month.text()] = write(read);
  }
  write_known(out, "balance", balance);
  write_known(out, "days", days);
  write_known(out, "orders", orders);
  write_known(out, "coupons", coupons);
  write_known(out, "packages", packages);
  write_known(out, "budgets", budgets);
  write_known(out, "sub_account_cash", sub_account_cash);
  write_known(out, "renewals", renewals);
  return out;
}

static AccountRecord read_record(const Json& in) {
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
  record.results.days = read_known(in, "days", with_time(read_known_days));
  if (!record.results.days) {
    record.results.days = read_known(in, "day", with_time(read_newest_day));
  }
  record.results.orders = read_known(in, "orders", with_time(read_orders));
  record.results.coupons = read_known(in, "coupons", with_time(read_coupons));
  record.results.packages = read_known(in, "packages", with_time(read_packages));
  record.results.budgets = read_known(in, "budgets", with_time(read_budgets));
  record.results.sub_account_cash =
      read_known(in, "sub_account_cash", with_time(read_sub_account_cash));
  record.results.renewals = read_known(in, "renewals", with_time(read_renewals));
  const Json closed_months = in.value("closed_months", Json::object());  // none of before
  for (const auto& [month, costs] : closed_months.items()) {
    record.results.closed_months.emplace(read_month(month), with_time(read_closed_month)(costs));
  }
  const Json effective_months = in.value("effective_months", Json::object());  // none of before
  for (const auto& [month, costs] : effective_months.items()) {
    record.results.effective_months.emplace(read_month(month),
                                            with_time(read_effective_costs)(costs));
  }
  return record;
}

std::string grouping_text(const AggregationConfig& aggregation) {
  nlohmann::json out{{"group_by", nlohmann::json::array()},
                     {"tag_keys", aggregation.tag_keys},
                     {"max_series", aggregation.max_series}};
  for (const GroupDimension& dimension : aggregation.group_by) {
    out["group_by"].push_back({{"label", dimension.label}, {"tag_key", dimension.tag_key}});
  }
  return out.dump();
}

std::string to_json(const AccountRecord& record) {
  return write(record).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<AccountRecord> account_record_from_json(std::string_view text) {
  try {
    return read_record(nlohmann::json::parse(text));
  } catch (const std::exception&) {  // Json's own, NotAsWritten
    return Error{"it is not the record of an account"};
  }
}

}  // namespace cloud_billing
