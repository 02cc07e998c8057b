#pragma once

// The actions of Volcengine's billing API: each reads its parameters, and either refuses them or
// prepares a Result that a fault may still spoil. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "operations.h"

namespace simulator {

// Whether there is such an action in the version that the query names.
[[nodiscard]] bool is_volcengine_action(const Parameters& query);

[[nodiscard]] OperationResult prepare_volcengine_action(const OperationRequest& request);

[[nodiscard]] Refusal refuse_volcengine_parameter(const std::string& message);

// What the body of a request says, with the types and names already checked. Whole numbers are kept
// as their text.
class ActionParameters {
 public:
  explicit ActionParameters(Parameters values) : values_(std::move(values)) {}

  [[nodiscard]] std::string text(const std::string& name) const { return parameter(values_, name); }
  [[nodiscard]] std::int64_t number(const std::string& name, std::int64_t fallback) const;

 private:
  Parameters values_;
};

[[nodiscard]] OperationResult prepare_bill_detail(const OperationRequest& request,
                                                  const ActionParameters& parameters);
[[nodiscard]] OperationResult prepare_amortized_bill(const OperationRequest& request,
                                                     const ActionParameters& parameters);
[[nodiscard]] OperationResult prepare_bill_overview(const OperationRequest& request,
                                                    const ActionParameters& parameters);

[[nodiscard]] OperationResult prepare_list_orders(const OperationRequest& request,
                                                  const ActionParameters& parameters);

[[nodiscard]] OperationResult prepare_list_coupons(const OperationRequest& request,
                                                   const ActionParameters& parameters);

[[nodiscard]] OperationResult prepare_list_packages(const OperationRequest& request,
                                                    const ActionParameters& parameters);
[[nodiscard]] OperationResult prepare_list_budgets(const OperationRequest& request,
                                                   const ActionParameters& parameters);
[[nodiscard]] OperationResult prepare_list_instances(const OperationRequest& request,
                                                     const ActionParameters& parameters);

// The month of BillPeriod or AmortizedMonth, and Limit and Offset where they are right.
struct BillRange {
  Month month;
  std::size_t limit = 0;
  std::size_t offset = 0;
};
[[nodiscard]] std::variant<BillRange, Refusal> read_bill_range(
    const ActionParameters& parameters, const std::string& month_name = "BillPeriod");

}  // namespace simulator
