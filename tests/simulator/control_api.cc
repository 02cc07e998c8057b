#include "control_api.h"

#include <nlohmann/json.hpp>

#include "control_totals.h"

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

Answer write_result(const std::optional<json>& result) {
  return result ? write_answer(200, *result)
                : refuse(400,
                         "access_key_id, month, start, end or sub_accounts is missing or unknown");
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
    return write_result(write_bill_totals(parse_query(request.query), company_, service_.growth(),
                                          service_.billing_time(now)));
  }
  if (what == "GET day") {
    return write_result(write_day_totals(parse_query(request.query), company_, service_.growth(),
                                         service_.billing_time(now)));
  }
  if (what == "GET orders") {
    return write_result(write_order_totals(parse_query(request.query), company_));
  }
  if (what == "GET coupons") {
    return write_result(
        write_coupon_totals(parse_query(request.query), company_, service_.billing_time(now)));
  }
  if (what == "GET packages") {
    return write_result(
        write_package_totals(parse_query(request.query), company_, service_.billing_time(now)));
  }
  if (what == "GET budgets") {
    return write_result(write_budget_totals(parse_query(request.query), company_));
  }
  if (what == "GET renewals") {
    return write_result(
        write_renewal_totals(parse_query(request.query), company_, service_.billing_time(now)));
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

Answer ControlApi::write_accounts() const {
  json list = json::array();
  for (const Account& account : company_.accounts()) {
    json item = {{"account_id", account.id},
                 {"provider", account.cloud == Cloud::kBaidu ? "baidu" : "volcengine"},
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
    if (account.cloud == Cloud::kVolcengine) {
      item["available_balance"] = account.balance.available;
      item["frozen_balance"] = account.balance.frozen;
      item["credit_limit"] = account.balance.credit_limit;
      item["arrears"] = account.balance.arrears;
    }
    list.push_back(std::move(item));
  }
  return write_answer(200, list);
}

}  // namespace simulator
