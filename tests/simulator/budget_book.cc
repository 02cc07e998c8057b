#include "budget_book.h"

#include <array>

#include "deterministic.h"

namespace simulator {

std::vector<Budget> list_budgets(const Account& account) {
  constexpr std::array kPeriods{"month", "quarter", "year"};
  constexpr std::int64_t kCents = kUnitsPerYuan / 100;
  std::vector<Budget> budgets;
  for (std::size_t i = 0; i < account.budgets; ++i) {
    const std::uint64_t hash = mix(account.seed, 0xb0'0000 + i);
    Budget budget;
    budget.id = "budget-" + std::to_string(hash);
    budget.name = i % 5 == 4 ? budgets.back().name : "预算" + std::to_string(i + 1);
    budget.period = kPeriods[i % kPeriods.size()];
    budget.currency = i % 7 == 6 ? "USD" : i % 2 == 0 ? "CNY" : "";
    budget.amount =
        Money{kUnitsPerYuan} * static_cast<std::int64_t>(1000 * (1 + draw(hash, 1, 200)));
    budget.actual = Money{kCents} * static_cast<std::int64_t>(draw(hash, 2, 99'000));
    if (account.runs_out && i == 0) {
      budget.actual = Money{budget.amount.units / 100} * 104;
    }
    budgets.push_back(budget);
  }
  return budgets;
}

}  // namespace simulator
