// ListBudget.

#include <memory>
#include <vector>

#include "budget_book.h"
#include "entry_page.h"
#include "field_writer.h"
#include "volcengine_actions.h"

namespace simulator {
namespace {

// Amounts are texts.
std::string write_budget(const Budget& budget, Spoiled spoiled) {
  std::string out = "{";
  FieldWriter fields(out);
  fields.text("BudgetID", spoiled == Spoiled::kWithoutId ? "" : budget.id);
  fields.text("BudgetName", budget.name);
  fields.text("BudgetType", "cost_budget");
  fields.text("Period", budget.period);
  fields.text("BudgetStartTime", "2026-01");
  fields.text("BudgetEndTime", "2099-12");
  fields.text("BudgetAmount", write_padded(budget.amount, 2));
  if (spoiled != Spoiled::kWithoutAmount) {
    fields.text("ActualAmount",
                spoiled == Spoiled::kUnreadable ? "abc" : write_padded(budget.actual, 2));
  }
  fields.raw("Status", "1");
  fields.text("AmountType", "post_tax_payable");
  if (!budget.currency.empty()) {
    fields.text("CurrencySettlement", budget.currency);
  }
  out.back() = '}';
  return out;
}

}  // namespace

OperationResult prepare_list_budgets(const OperationRequest& request,
                                     const ActionParameters& parameters) {
  auto budgets = std::make_shared<std::vector<Budget>>(list_budgets(request.account));
  EntryList list;
  list.name = "BudgetList";
  list.size = budgets->size();
  list.most_on_page = 100;
  list.write = [budgets](std::size_t i, Spoiled spoiled) {
    return write_budget((*budgets)[i], spoiled);
  };
  return prepare_page_by_offset(parameters, std::move(list));
}

}  // namespace simulator
