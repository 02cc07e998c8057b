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
    Operation{"supervisor_balance", "POST", "/v1/finance/supervisor/cash/balance"},
    Operation{"order_list", "POST", "/v1/order/list"},
    Operation{"share_bill", "GET", "/v1/bill/share/bill"},
    Operation{"renew_resource_list", "POST", "/v1/renew/resource/list"},
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

// What a master's operations tell of any account, up to the comment.
std::string write_member(const Account& account) {
  std::string out = R"({"accountId":)";
  append_json_string(out, account.id);
  out += R"(,"accountType":)";
  append_json_string(out, account.master_id.empty() ? "MASTER_ACCOUNT" : "SUB_ACCOUNT");
  out += R"(,"loginName":)";
  append_json_string(out, account.login_name);
  out += R"(,"ouName":)";
  append_json_string(out, account.unit_name);
  out += R"(,"comment":"")";
  return out;
}

std::string write_quota(const Account& account, const Fault* fault) {
  std::string out = write_member(account);
  out += R"(,"quota":)" + account.quota + R"(,"remainQuota":)" +
         (is_unreadable(fault) ? R"("abc")" : account.remaining_quota) +
         R"(,"beginTime":"2022-12-14T16:00:00Z","expireTime":"2099-12-31T15:59:59Z"})";
  return out;
}

// The accounts that the request names, all of which the asking account may see.
struct NamedAccounts {
  std::vector<const Account*> accounts;
  std::optional<Refusal> refusal;
};

NamedAccounts find_named(const OperationRequest& request) {
  const Account& asking = request.account;
  const nlohmann::json body = nlohmann::json::parse(request.wire.body, nullptr, false);
  if (body.is_discarded()) {
    return {{}, Refusal{400, "MalformedJSON", "The JSON you provided was not well-formed."}};
  }
  const auto ids = body.is_object() ? body.find("accountIds") : body.end();
  if (ids == body.end() || !ids->is_array() || ids->empty() || ids->size() > 1000) {
    return {{}, refuse_parameter("accountIds must hold 1 to 1000 account ids.")};
  }
  NamedAccounts named;
  for (const nlohmann::json& id : *ids) {
    const Account* account =
        id.is_string() ? request.company.find_by_id(id.get<std::string>()) : nullptr;
    const bool is_visible =
        account != nullptr &&
        (account == &asking || std::find(asking.member_ids.begin(), asking.member_ids.end(),
                                         account->id) != asking.member_ids.end());
    if (!is_visible) {
      return {{}, refuse_access()};
    }
    named.accounts.push_back(account);
  }
  return named;
}

OperationResult prepare_credit_quota(const OperationRequest& request) {
  if (request.account.quota_access == QuotaAccess::kForbidden) {
    return refuse_access();
  }
  NamedAccounts named = find_named(request);
  if (named.refusal) {
    return *named.refusal;
  }
  std::erase_if(named.accounts, [](const Account* account) {
    return account->quota_access != QuotaAccess::kGranted;
  });
  return Prepared{{}, [granted = named.accounts](const Fault* fault) {
                    std::string out = R"({"result":[)";
                    for (const Account* account : granted) {
                      out += (account == granted.front() ? "" : ",") + write_quota(*account, fault);
                    }
                    return out + "]}";
                  }};
}

// A fault spoils the first account's amount only.
OperationResult prepare_supervisor_balance(const OperationRequest& request) {
  if (!request.account.master_id.empty()) {
    return refuse_access();
  }
  const NamedAccounts named = find_named(request);
  if (named.refusal) {
    return *named.refusal;
  }
  return Prepared{
      {}, [accounts = named.accounts](const Fault* fault) {
        std::string out = R"({"result":[)";
        for (const Account* account : accounts) {
          const bool is_first = account == accounts.front();
          out += (is_first ? "" : ",") + write_member(*account) + R"(,"cashBalance":)" +
                 (is_first && is_unreadable(fault) ? R"("abc")" : account->cash_balance) + "}";
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
      prepare_resource_month_bill, prepare_month_summary,      prepare_cash_balance,
      prepare_credit_quota,        prepare_supervisor_balance, prepare_order_list,
      prepare_share_bill,          prepare_renewal_list};
  return kPrepare[static_cast<std::size_t>(&operation - kOperations.data())](request);
}

}  // namespace simulator
