#include "volcengine/budgets.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/currency.h"
#include "providers/mapped_conversation.h"
#include "volcengine/operations.h"

namespace cloud_billing::volcengine {
namespace {

// How many the API holds on a page is documented nowhere; few accounts have more.
constexpr std::int64_t kBudgetPageSize = 20;

// Another type counts no money.
constexpr std::string_view kCostBudget = "cost_budget";

enum BudgetText : std::size_t {
  kBudgetId,
  kBudgetName,
  kBudgetType,
  kBudgetCurrency,
  kBudgetEnd,
  kBudgetTexts
};
enum BudgetAmount : std::size_t { kBudgeted, kActual, kBudgetAmounts };

std::optional<RowProblem> fill_budget(const RowFields<kBudgetTexts, kBudgetAmounts>& fields,
                                      ListedBudget& budget) {
  budget.is_of_cost = fields.texts[kBudgetType] == kCostBudget;
  if (fields.texts[kBudgetType].empty()) return RowProblem{{}, "no BudgetType"};
  budget.name =
      fields.texts[kBudgetName].empty() ? fields.texts[kBudgetId] : fields.texts[kBudgetName];
  const std::string_view currency = fields.texts[kBudgetCurrency];
  if (!currency.empty()) {
    const auto code = read_currency(currency);
    if (!code) return RowProblem{"CurrencySettlement", kNotACurrency};
    budget.currency = code->text();
  }
  budget.budget = fields.amounts[kBudgeted];
  budget.used = fields.amounts[kActual];
  budget.end = read_expiry(fields.texts[kBudgetEnd]);
  return std::nullopt;
}

constexpr EntryReader<ListedBudget, kBudgetTexts, kBudgetAmounts> kBudgetReader(
    "BudgetList", Paging::kByOffset,
    {{{"BudgetID"},
      {"BudgetName"},
      {"BudgetType"},
      {"CurrencySettlement"},
      {"BudgetEndTime", true}}},
    {"BudgetAmount", "ActualAmount"}, fill_budget);

// Adds a part if it is told; false on overflow.
bool add_part(const OptionalAmount& part, Amount& sum, bool& is_known) {
  if (part) return sum.add(*part);
  is_known = false;
  return true;
}

Result<ProviderBudgets, Failure> sum_budgets(const std::vector<ListedBudget>& listed,
                                             const std::string& account_currency, UtcSeconds now) {
  ProviderBudgets budgets;
  for (const ListedBudget& budget : listed) {
    if (!budget.is_of_cost || has_ended(budget.end, now)) continue;
    ++budgets.count;
    ProviderBudgetSums& sums =
        budgets.sums[{budget.name, budget.currency.empty() ? account_currency : budget.currency}];
    if (!add_part(budget.budget, sums.budget, sums.knows_budget) ||
        !add_part(budget.used, sums.used, sums.knows_used)) {
      return response_not_understood("the sum of all budgets is too large");
    }
  }
  return budgets;
}

}  // namespace

ApiRequest budget_request(std::int64_t offset, std::int64_t limit) {
  ApiRequest request;
  request.operation = &kListBudget;
  request.body = nlohmann::json{{"Limit", limit}, {"Offset", offset}}.dump();
  request.subject = "budgets from number " + std::to_string(offset + 1) + " on";
  return request;
}

Result<EntryPage<ListedBudget>, Failure> read_budget_page(HttpResponse& response) {
  return kBudgetReader.read(response);
}

std::unique_ptr<Conversation<ProviderBudgets>> ask_budgets(const AccountConfig& account,
                                                           UtcSeconds now) {
  EntryPages<ListedBudget> pages;
  pages.paging = Paging::kByOffset;
  pages.request = [](const TokenPages::Page& page) {
    return budget_request(offset_of(page), kBudgetPageSize);
  };
  pages.read = read_budget_page;
  return map_result<ProviderBudgets, std::vector<ListedBudget>>(
      list_entries(std::move(pages)), [&account, now](const std::vector<ListedBudget>& listed) {
        return sum_budgets(listed, account.currency, now);
      });
}

}  // namespace cloud_billing::volcengine
