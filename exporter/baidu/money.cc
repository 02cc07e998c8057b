#include "baidu/money.h"

#include <string>

#include "baidu/field_reader.h"
#include "baidu/response.h"
#include "json/json_walk.h"

namespace cloud_billing::baidu {
namespace {

constexpr int kDeepestItems = 8;

// Adds the part, if there is one; the sum of none is nothing.
JsonProblem add_part(OptionalAmount& sum, const OptionalAmount& part) {
  if (!part) return {};
  if (!sum) sum.emplace();
  return sum->add(*part) ? JsonProblem{} : describe(AmountError::kOverflow);
}

// The documents do not say how deep `items` nests: an object's own total counts, else that of its
// items.
JsonProblem sum_summary(JsonValue value, OptionalAmount& total, int depth = 0) {
  if (depth > kDeepestItems) return "nested too deep";
  if (is_of_type(value, JsonType::null)) return {};
  OptionalAmount own;
  OptionalAmount items;
  const auto add_item = [&items, depth](JsonValue item) {
    OptionalAmount part;
    const JsonProblem problem = sum_summary(item, part, depth + 1);
    return problem.empty() ? add_part(items, part) : problem;
  };
  if (is_of_type(value, JsonType::array)) {
    const JsonProblem problem = visit_elements(value, add_item);
    total = items;
    return problem;
  }
  const JsonProblem problem = visit_fields(value, [&](std::string_view name, JsonValue inner) {
    if (name == "financePrice") return kFieldReader.read_amount(inner, own);
    if (name == "items" && is_of_type(inner, JsonType::array)) {
      return visit_elements(inner, add_item);
    }
    return JsonProblem{};
  });
  total = own ? own : items;
  return problem;
}

}  // namespace

Result<Amount, Failure> read_summary(HttpResponse& response) {
  OptionalAmount total;
  const auto opened = open_response(response, [&total](std::string_view name, JsonValue value) {
    return name == "data" ? sum_summary(value, total) : JsonProblem{};
  });
  if (!opened) return opened.error();
  if (opened->is_error() || !total) return opened->explain_missing(response.status, "financePrice");
  return *total;
}

Result<Amount, Failure> read_cash(HttpResponse& response) {
  OptionalAmount cash;
  const auto opened = open_response(response, [&cash](std::string_view name, JsonValue value) {
    return name == "cashBalance" ? kFieldReader.read_amount(value, cash) : JsonProblem{};
  });
  if (!opened) return opened.error();
  if (opened->is_error() || !cash) return opened->explain_missing(response.status, "cashBalance");
  return *cash;
}

Result<std::optional<CreditQuota>, Failure> read_credit(HttpResponse& response,
                                                        std::string_view account_id) {
  bool has_result = false;
  OptionalAmount quota_sum;
  OptionalAmount remaining_sum;
  const auto add_row = [&](JsonValue row) {
    std::string_view id;
    OptionalAmount quota;
    OptionalAmount remaining;
    const JsonProblem problem = visit_fields(row, [&](std::string_view name, JsonValue value) {
      if (name == "accountId") return kFieldReader.read_text(value, id);
      if (name == "quota") return kFieldReader.read_amount(value, quota);
      if (name == "remainQuota") return kFieldReader.read_amount(value, remaining);
      return JsonProblem{};
    });
    if (!problem.empty()) return problem;
    if (!id.empty() && id != account_id) return JsonProblem{};
    if (!quota && !remaining) return JsonProblem{};
    if (!quota || !remaining) return JsonProblem("a row without quota or remainQuota");
    const JsonProblem overflow = add_part(quota_sum, quota);
    return overflow.empty() ? add_part(remaining_sum, remaining) : overflow;
  };
  const auto opened = open_response(response, [&](std::string_view name, JsonValue value) {
    if (name != "result") return JsonProblem{};
    has_result = true;
    return visit_list(value, add_row);
  });
  if (!opened) return opened.error();
  if (opened->is_error() || !has_result) return opened->explain_missing(response.status, "result");
  if (!quota_sum) return std::optional<CreditQuota>{};
  return std::optional<CreditQuota>(CreditQuota{*quota_sum, *remaining_sum});
}

}  // namespace cloud_billing::baidu
