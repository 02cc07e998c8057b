#include "operations.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "billed_account.h"
#include "field_writer.h"

namespace simulator {
namespace {

constexpr std::array kOperations{
    Operation{"resource_month_bill", "GET", "/v1/bill/resource/month"},
    Operation{"month_summary", "GET", "/v1/bill/month/summary"},
    Operation{"cash_balance", "POST", "/v1/finance/cash/balance"},
    Operation{"credit_quota", "POST", "/v1/finance/supervisor/credit/quota"},
    Operation{"order_list", "POST", "/v1/order/list"},
    Operation{"share_bill", "GET", "/v1/bill/share/bill"},
};

bool is_unreadable(const Fault* fault) {
  return fault != nullptr && fault->kind == FaultKind::kUnreadableAmount;
}

OperationResult prepare_cash_balance(const OperationRequest& request) {
  const std::string balance = request.account.cash_balance;
  return Prepared{{}, [balance](const Fault* fault) {
                    return R"({"cashBalance":)" + (is_unreadable(fault) ? R"("abc")" : balance) +
                           "}";
                  }};
}

std::string write_quota(const Account& account, const Fault* fault) {
  std::string out = R"({"accountId":)";
  append_json_string(out, account.id);
  out += R"(,"accountType":)";
  append_json_string(out, account.master_id.empty() ? "MASTER_ACCOUNT" : "SUB_ACCOUNT");
  out += R"(,"loginName":)";
  append_json_string(out, account.login_name);
  out += R"(,"ouName":)";
  append_json_string(out, account.unit_name);
  out += R"(,"comment":"","quota":)" + account.quota + R"(,"remainQuota":)" +
         (is_unreadable(fault) ? R"("abc")" : account.remaining_quota) +
         R"(,"beginTime":"2022-12-14T16:00:00Z","expireTime":"2099-12-31T15:59:59Z"})";
  return out;
}

OperationResult prepare_credit_quota(const OperationRequest& request) {
  const Account& asking = request.account;
  if (asking.quota_access == QuotaAccess::kForbidden) {
    return refuse_access();
  }
  const nlohmann::json body = nlohmann::json::parse(request.wire.body, nullptr, false);
  if (body.is_discarded()) {
    return Refusal{400, "MalformedJSON", "The JSON you provided was not well-formed."};
  }
  const auto ids = body.is_object() ? body.find("accountIds") : body.end();
  if (ids == body.end() || !ids->is_array() || ids->empty() || ids->size() > 1000) {
    return refuse_parameter("accountIds must hold 1 to 1000 account ids.");
  }
  std::vector<const Account*> granted;
  for (const nlohmann::json& id : *ids) {
    const Account* account =
        id.is_string() ? request.company.find_by_id(id.get<std::string>()) : nullptr;
    const bool is_visible =
        account != nullptr &&
        (account == &asking || std::find(asking.member_ids.begin(), asking.member_ids.end(),
                                         account->id) != asking.member_ids.end());
    if (!is_visible) {
      return refuse_access();
    }
    if (account->quota_access == QuotaAccess::kGranted) {
      granted.push_back(account);
    }
  }
  return Prepared{{}, [granted](const Fault* fault) {
                    std::string out = R"({"result":[)";
                    for (const Account* account : granted) {
                      out += (account == granted.front() ? "" : ",") + write_quota(*account, fault);
                    }
                    return out + "]}";
                  }};
}

}  // namespace

const Operation* find_operation(std::string_view path) {
  const auto found =
      std::find_if(kOperations.begin(), kOperations.end(),
                   [&](const Operation& operation) { return operation.path == path; });
  return found == kOperations.end() ? nullptr : &*found;
}

OperationResult prepare_answer(const Operation& operation, const OperationRequest& request) {
  using Prepare = OperationResult (*)(const OperationRequest&);
  constexpr std::array<Prepare, kOperations.size()> kPrepare{
      prepare_resource_month_bill, prepare_month_summary, prepare_cash_balance,
      prepare_credit_quota,        prepare_order_list,    prepare_share_bill};
  return kPrepare[static_cast<std::size_t>(&operation - kOperations.data())](request);
}

}  // namespace simulator
