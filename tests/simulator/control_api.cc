#include "control_api.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "bill_tags.h"
#include "bill_totals.h"
#include "billed_account.h"

namespace simulator {
namespace {

using nlohmann::json;

Answer write_answer(int status, const json& body) {
  Answer answer;
  answer.status = status;
  answer.body = body.dump(1) + "\n";
  return answer;
}

Answer refuse(int status, const std::string& message) {
  return write_answer(status, {{"error", message}});
}

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
std::optional<DayRange> read_days(const Parameters& parameters, Month month, Moment billing_time) {
  const auto start = parse_date(parameter(parameters, "start_day"));
  const auto end = parse_date(parameter(parameters, "end_day"));
  if (start && end) {
    return DayRange{static_cast<int>(static_cast<unsigned>(start->day())),
                    static_cast<int>(static_cast<unsigned>(end->day()))};
  }
  return days_until(month, newest_complete_day(billing_time));
}

}  // namespace

Answer ControlApi::answer(const WireRequest& request, Moment now) {
  const std::string what = request.method + " " + request.path.substr(kControlPrefix.size());
  if (what == "POST fault") {
    return add_fault(request.body);
  }
  if (what == "DELETE fault") {
    faults_.clear();
    return write_answer(200, json::object());
  }
  if (what == "GET totals") {
    return write_totals(request.query, now);
  }
  if (what == "GET requests") {
    return write_answer(200, log_.write_json());
  }
  if (what == "DELETE requests") {
    log_.clear();
    return write_answer(200, json::object());
  }
  if (what == "GET accounts") {
    return write_accounts();
  }
  return refuse(404, "no such control: " + what);
}

Answer ControlApi::add_fault(const std::string& body) {
  const json order = json::parse(body, nullptr, false);
  if (!order.is_object()) {
    return refuse(400, "a JSON object is expected");
  }
  Fault fault;
  bool has_kind = false;
  try {
    for (const auto& [name, value] : order.items()) {
      if (name == "kind") {
        const auto kind = find_fault_kind(value.get<std::string>());
        if (!kind) {
          return refuse(400, "unknown kind; known are " + list_fault_kinds());
        }
        fault.kind = *kind;
        has_kind = true;
      } else if (name == "access_key_id") {
        fault.access_key_id = value.get<std::string>();
      } else if (name == "operation") {
        fault.operation = value.get<std::string>();
      } else if (name == "count") {
        fault.left = value.get<int>();
      } else if (name == "after") {
        fault.skip = value.get<int>();
      } else if (name == "retry_after") {
        fault.retry_after = value.get<int>();
      } else if (name == "depth") {
        fault.depth = value.get<int>();
      } else if (name == "rows") {
        fault.rows = value.get<int>();
      } else {
        return refuse(400, "unknown key " + name);
      }
    }
  } catch (const json::exception&) {
    return refuse(400, "a value has the wrong type");
  }
  if (!has_kind) {
    return refuse(400, "kind is missing; known are " + list_fault_kinds());
  }
  faults_.add(fault);
  return write_answer(200, json::object());
}

Answer ControlApi::write_totals(const std::string& query, Moment now) const {
  const Parameters parameters = parse_query(query);
  const Account* asking = company_.find_by_key(parameter(parameters, "access_key_id"));
  const auto month = parse_month(parameter(parameters, "month"));
  if (asking == nullptr || !month) {
    return refuse(400, "access_key_id or month is missing or unknown");
  }
  TotalsQuery totals;
  totals.month = *month;
  totals.accounts = {asking};
  for (const std::string& id : split_list(parameter(parameters, "sub_accounts"))) {
    totals.accounts.push_back(company_.find_by_id(id));
    if (totals.accounts.back() == nullptr) {
      return refuse(400, "unknown sub-account " + id);
    }
  }
  std::vector<std::string> group_by = split_list(parameter(parameters, "group_by"));
  if (group_by.empty()) {
    group_by = {"service_type", "region_id", "billing_mode"};
  }
  totals.breakdowns = {{}, {"billing_mode"}, {"sub_account_id"}, group_by};
  for (const std::string_view key : tag_keys()) {
    totals.breakdowns.push_back({"tag:" + std::string(key), "service_type"});
  }

  const auto days = read_days(parameters, *month, service_.billing_time(now));
  std::vector<Breakdown> sums(totals.breakdowns.size());
  json covered;
  if (days) {
    totals.days = *days;
    sums = add_up(totals);
    covered = {days->first, days->last};
  }
  json by_mode = {{"prepaid", write_measures(sums[1][{"prepaid"}])},
                  {"postpaid", write_measures(sums[1][{"postpaid"}])}};
  json by_tag = json::array();
  for (std::size_t i = 0; i < tag_keys().size(); ++i) {
    for (const auto& [key, measures] : sums[4 + i]) {
      json item = write_measures(measures);
      item["tag_key"] = tag_keys()[i];
      item["tag_value"] = key[0];
      item["service_type"] = key[1];
      by_tag.push_back(std::move(item));
    }
  }
  return write_answer(200, {{"access_key_id", asking->access_key_id},
                            {"account_id", asking->id},
                            {"month", write_month(*month)},
                            {"covered_days", covered},
                            {"total", write_measures(sums[0][{}])},
                            {"by_billing_mode", by_mode},
                            {"by_account", write_breakdown({"sub_account_id"}, sums[2])},
                            {"by_group", write_breakdown(group_by, sums[3])},
                            {"by_tag", by_tag}});
}

Answer ControlApi::write_accounts() const {
  json list = json::array();
  for (const Account& account : company_.accounts()) {
    json item = {{"account_id", account.id},
                 {"access_key_id", account.access_key_id},
                 {"login_name", account.login_name},
                 {"has_session_token", !account.session_token.empty()},
                 {"master_id", account.master_id},
                 {"members", account.member_ids},
                 {"cash_balance", account.cash_balance},
                 {"may_read_quota", account.quota_access != QuotaAccess::kForbidden}};
    if (account.quota_access == QuotaAccess::kGranted) {
      item["quota"] = account.quota;
      item["remaining_quota"] = account.remaining_quota;
    }
    list.push_back(std::move(item));
  }
  return write_answer(200, list);
}

}  // namespace simulator
