#include "volcengine_actions.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "field_writer.h"

namespace simulator {
namespace {

using nlohmann::json;
using Prepare = OperationResult (*)(const OperationRequest&, const ActionParameters&);

OperationResult prepare_balance(const OperationRequest& request,
                                const ActionParameters& /*parameters*/) {
  const Account account = request.account;
  return Prepared{
      {}, [account](const Fault* fault) {
        const bool is_unreadable = fault != nullptr && fault->kind == FaultKind::kUnreadableAmount;
        std::string out = "{";
        FieldWriter fields(out);
        fields.raw("AccountID", account.id);
        fields.text("AvailableBalance", is_unreadable ? "abc" : account.balance.available);
        fields.text("CashBalance", account.cash_balance);
        fields.text("FreezeAmount", account.balance.frozen);
        fields.text("CreditLimit", account.balance.credit_limit);
        fields.text("ArrearsBalance", account.balance.arrears);
        if (!account.tells_paid && !account.is_overseas) {
          fields.text("Currency", "CNY");  // since 2026-10
        }
        out.back() = '}';
        return out;
      }};
}

struct Action {
  std::string_view name;
  bool may_get;
  Prepare prepare;
  std::array<std::string_view, 8> texts;
  std::array<std::string_view, 8> numbers;
};

constexpr std::array kActions{
    Action{"QueryBalanceAcct", true, prepare_balance, {}, {}},
    Action{"ListBillDetail",
           false,
           prepare_bill_detail,
           {"BillPeriod", "ExpenseDate"},
           {"Limit", "Offset", "NeedRecordNum", "IgnoreZero", "GroupPeriod", "GroupTerm"}},
    Action{"ListBillOverviewByProd",
           false,
           prepare_bill_overview,
           {"BillPeriod"},
           {"Limit", "Offset", "NeedRecordNum", "IgnoreZero"}},
    Action{"ListAmortizedCostBillMonthly",
           false,
           prepare_amortized_bill,
           {"AmortizedMonth"},
           {"Limit", "Offset", "NeedRecordNum", "IgnoreZero"}},
    Action{"ListCoupons",
           false,
           prepare_list_coupons,
           {"Status", "ProductCode", "CouponID", "ValidBeginTime", "ValidEndTime"},
           {"Limit", "Offset"}},
    Action{"ListResourcePackages",
           false,
           prepare_list_packages,
           {"MaxResults", "NextToken", "ResourceType", "Product", "Status", "EffectiveTimeBegin",
            "EffectiveTimeEnd"},
           {}},
    Action{"ListBudget",
           false,
           prepare_list_budgets,
           {"BudgetName", "BudgetType", "OrderBy", "OrderType"},
           {"Limit", "Offset"}},
    Action{"ListAvailableInstances",
           false,
           prepare_list_instances,
           {"NextToken", "Product", "RenewType", "BeginTimeStart", "BeginTimeEnd",
            "ExpiredTimeStart", "ExpiredTimeEnd"},
           {"MaxResults"}},
    Action{"ListOrders",
           false,
           prepare_list_orders,
           {"CreateTimeStart", "CreateTimeEnd", "NextToken", "OrderType", "Status"},
           {"MaxResults"}},
};

const Action* find_action(const Parameters& query) {
  const std::string name = parameter(query, "Action");
  const auto found = std::find_if(kActions.begin(), kActions.end(),
                                  [&](const Action& action) { return action.name == name; });
  return found == kActions.end() || parameter(query, "Version") != "2022-01-01" ? nullptr : &*found;
}

bool is_one_of(const std::array<std::string_view, 8>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The members of the body; an unknown one, or one of the wrong type, is refused.
std::variant<ActionParameters, Refusal> read_parameters(const Action& action,
                                                        const std::string& body) {
  Parameters values;
  if (body.empty()) {
    return ActionParameters(values);
  }
  const json read = json::parse(body, nullptr, false);
  if (!read.is_object()) {
    return refuse_volcengine_parameter("the body must be a JSON object");
  }
  for (const auto& [name, value] : read.items()) {
    if (is_one_of(action.texts, name) && value.is_string()) {
      values[name] = value.get<std::string>();
    } else if (is_one_of(action.numbers, name) && value.is_number_integer()) {
      values[name] = value.dump();
    } else {
      return refuse_volcengine_parameter(name + " is unknown or has the wrong type");
    }
  }
  return ActionParameters(std::move(values));
}

}  // namespace

std::int64_t ActionParameters::number(const std::string& name, std::int64_t fallback) const {
  const std::string written = text(name);
  return written.empty() ? fallback : std::stoll(written);
}

Refusal refuse_volcengine_parameter(const std::string& message) {
  return {400, "InvalidParam", "The parameters are invalid: " + message + "."};
}

std::variant<BillRange, Refusal> read_bill_range(const ActionParameters& parameters,
                                                 const std::string& month_name) {
  const auto month = parse_month(parameters.text(month_name));
  const std::int64_t limit = parameters.number("Limit", 0);
  const std::int64_t offset = parameters.number("Offset", 0);
  if (!month) {
    return refuse_volcengine_parameter(month_name + " must be YYYY-MM");
  }
  if (limit < 1 || limit > 300 || offset < 0) {
    return refuse_volcengine_parameter("Limit must be 1 to 300 and Offset not negative");
  }
  return BillRange{*month, static_cast<std::size_t>(limit), static_cast<std::size_t>(offset)};
}

bool is_volcengine_action(const Parameters& query) { return find_action(query) != nullptr; }

OperationResult prepare_volcengine_action(const OperationRequest& request) {
  const Action* action = find_action(parse_query(request.wire.query));
  if (action == nullptr) {
    return Refusal{404, "InvalidActionOrVersion", "Could not find the action or its version."};
  }
  const bool is_allowed =
      request.wire.method == "POST" || (action->may_get && request.wire.method == "GET");
  if (!is_allowed) {
    return Refusal{405, "MethodNotAllowed", "The method is not allowed for this action."};
  }
  const auto parameters = read_parameters(*action, request.wire.body);
  if (const auto* refusal = std::get_if<Refusal>(&parameters)) {
    return *refusal;
  }
  return action->prepare(request, std::get<ActionParameters>(parameters));
}

}  // namespace simulator
