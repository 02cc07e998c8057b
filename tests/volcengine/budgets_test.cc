#include "volcengine/budgets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/volcengine/list_cloud.h"
#include "volcengine/operations.h"
#include "volcengine/provider.h"

namespace cloud_billing::volcengine::budgets_test {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr UtcSeconds kAskedNow{std::chrono::seconds(1795406400)};  // 2026-11-23T04:00:00Z

json budget(int number, const json& more = {}) {
  json budget{{"BudgetID", "budget-" + std::to_string(number)},
              {"BudgetName", "team " + std::to_string(number)},
              {"BudgetType", "cost_budget"},
              {"Period", "month"},
              {"BudgetStartTime", "2026-01"},
              {"BudgetEndTime", "2026-12"},
              {"BudgetAmount", "1000.00"},
              {"ActualAmount", "830.10"},
              {"Ratio", "83%"},
              {"Status", 1}};
  if (!more.is_null()) budget.update(more);
  return budget;
}

// "name currency: used of budget", or the failure.
std::vector<std::string> tell_budgets(
    const std::function<std::string(const ApiRequest&)>& respond) {
  AccountConfig account;
  account.currency = "CNY";
  const auto talk = provider().ask_budgets(account, kAskedNow);
  if (const auto failure = hold<ProviderBudgets>(*talk, respond)) return {*failure};
  std::vector<std::string> lines;
  for (const auto& [key, sums] : talk->take_result().sums) {
    lines.push_back(key.budget + " " + key.currency + ": " +
                    (sums.knows_used ? sums.used.to_decimal() : "?") + " of " +
                    (sums.knows_budget ? sums.budget.to_decimal() : "?"));
  }
  return lines;
}

std::vector<std::string> tell_budgets(std::vector<json> budgets) {
  ListCloud cloud{kListBudget, "BudgetList", std::move(budgets)};
  return tell_budgets([&](const ApiRequest& request) { return cloud.response(request); });
}

std::vector<std::string> tell_result(const json& result) {
  return tell_budgets([&](const ApiRequest&) { return respond_with(result); });
}

TEST(VolcengineBudgets, AreToldByNameInTheirOwnCurrencyOrTheAccounts) {
  ListCloud cloud{
      kListBudget, "BudgetList", {budget(1), budget(2, {{"CurrencySettlement", "USD"}})}};
  EXPECT_THAT(tell_budgets([&](const ApiRequest& request) { return cloud.response(request); }),
              ElementsAre("team 1 CNY: 830.1 of 1000", "team 2 USD: 830.1 of 1000"));
  EXPECT_THAT(cloud.asked, ElementsAre(json{{"Limit", 20}, {"Offset", 0}}));
}

TEST(VolcengineBudgets, OfOneNameAreAddedButNeverAcrossCurrencies) {
  const json same{{"BudgetName", "team 1"}};
  json other_currency = same;
  other_currency["CurrencySettlement"] = "USD";
  EXPECT_THAT(tell_budgets({budget(1), budget(2, same), budget(3, other_currency)}),
              ElementsAre("team 1 CNY: 1660.2 of 2000", "team 1 USD: 830.1 of 1000"));
}

TEST(VolcengineBudgets, WithoutANameAreToldByTheirId) {
  EXPECT_THAT(tell_budgets({budget(7, {{"BudgetName", ""}})}),
              ElementsAre("budget-7 CNY: 830.1 of 1000"));
}

TEST(VolcengineBudgets, LackWhatOneOfThemDoesNotTell) {
  EXPECT_THAT(
      tell_budgets({budget(1), budget(2, {{"BudgetName", "team 1"}, {"ActualAmount", nullptr}}),
                    budget(3, {{"BudgetAmount", ""}})}),
      ElementsAre("team 1 CNY: ? of 2000", "team 3 CNY: 830.1 of ?"));
}

TEST(VolcengineBudgets, ThatHaveEndedOrCountNoMoneyAreLeftOut) {
  EXPECT_THAT(tell_budgets({budget(1), budget(2, {{"BudgetEndTime", "2026-10-31T23:59:59+08:00"}}),
                            budget(3, {{"BudgetType", "usage_budget"}}),
                            budget(4, {{"BudgetEndTime", "2027-12-31T23:59:59+08:00"}})}),
              ElementsAre("team 1 CNY: 830.1 of 1000", "team 4 CNY: 830.1 of 1000"));
}

TEST(VolcengineBudgets, MayBeNone) {
  EXPECT_THAT(tell_result(json{{"BudgetList", nullptr}, {"Total", 0}}), SizeIs(0));
  EXPECT_THAT(tell_result(json{{"BudgetList", json::array()}}), SizeIs(0));
}

TEST(VolcengineBudgets, AreReadPageByPage) {
  for (const std::size_t on_page : {1U, 20U}) {
    ListCloud cloud{kListBudget, "BudgetList"};
    const int count = on_page == 1 ? 30 : 2500;
    for (int i = 0; i < count; ++i) cloud.entries.push_back(budget(i, {{"BudgetName", "all"}}));
    cloud.most_on_page = on_page;
    EXPECT_THAT(
        tell_budgets([&](const ApiRequest& request) { return cloud.response(request); }),
        ElementsAre(on_page == 1 ? "all CNY: 24903 of 30000" : "all CNY: 2075250 of 2500000"));
  }
}

TEST(VolcengineBudgets, ThatCannotBeReadAreNotShown) {
  const std::map<std::string, json> spoiled{
      {"BudgetAmount: ", {{"BudgetAmount", "abc"}}},
      {"ActualAmount: ", {{"ActualAmount", "83%"}}},
      {"CurrencySettlement: not a currency", {{"CurrencySettlement", "¥¥¥¥"}}},
      {"no BudgetType", {{"BudgetType", nullptr}}},
      {"no id", {{"BudgetID", nullptr}}},
  };
  for (const auto& [problem, more] : spoiled) {
    EXPECT_THAT(tell_budgets({budget(1), budget(2, more)}), ElementsAre(HasSubstr(problem)));
  }
  EXPECT_THAT(tell_result(json::object()), ElementsAre(HasSubstr("no BudgetList")));
  EXPECT_THAT(tell_result(json{{"BudgetList", {budget(1)}}, {"Total", 2}}),
              ElementsAre(HasSubstr("inconsistent")));
}

}  // namespace
}  // namespace cloud_billing::volcengine::budgets_test
